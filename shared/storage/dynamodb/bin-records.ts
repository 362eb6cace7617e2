import type { BinRecord } from '../../waste/outlook/bin-record.ts';
import type { BinRecordStore, VersionedRecord } from '../../waste/outlook/outlook-book.ts';
import { mapInParallel } from '../parallel.ts';
import { batchGet, type Item, ifAtVersion, type Key, putItem, type TableOptions } from './items.ts';
import { packed, unpacked } from './packed-json.ts';
import { BIN_RECORD_PREFIX } from './tables.ts';

const WRITES_IN_FLIGHT = 16;

/** A partition of its own for each bin: nobody lists them. */
const keyOf = (binId: string): Key => ({ pk: `${BIN_RECORD_PREFIX}${binId}`, sk: 'record' });

const recordOf = (item: Item): VersionedRecord => ({
  version: Number(item.version),
  // What is read here was written below, by this code or an older one of it: `format` says which.
  record: unpacked(item.record) as BinRecord,
});

/** Raised when a record of before cannot be read on: it is then made anew from the readings. */
const FORMAT = 1;

/** What is kept of each bin's filling, in DynamoDB: one item a bin, written on condition that nobody wrote since. */
export const dynamodbBinRecords = (options: TableOptions): BinRecordStore => ({
  get: async (binIds) => {
    const items = await batchGet(options, binIds.map(keyOf));
    return items.filter(({ format }) => format === FORMAT).map(recordOf);
  },
  put: async (records) => {
    const written = await mapInParallel(records, WRITES_IN_FLIGHT, ({ record, version }) =>
      putItem(
        options,
        { ...keyOf(record.binId), record: packed(record), version: version + 1, format: FORMAT },
        version === 0
          ? {
              ConditionExpression: 'attribute_not_exists(pk) OR #format <> :format',
              ExpressionAttributeNames: { '#format': 'format' },
              ExpressionAttributeValues: { ':format': FORMAT },
            }
          : ifAtVersion(version),
      ),
    );
    return records.flatMap(({ record }, index) => (written[index] ? [] : [record.binId]));
  },
});
