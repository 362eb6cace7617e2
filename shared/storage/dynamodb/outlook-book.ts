import * as z from 'zod';
import type { BookedBin, OutlookBook, OutlookBookStore } from '../../waste/outlook/outlook-book.ts';
import { chunk } from '../parallel.ts';
import { batchGet, batchWrite, getItem, type Key, putItem, type TableOptions } from './items.ts';
import { packed, unpacked } from './packed.ts';
import { OUTLOOK_BOOK_PARTITION as PARTITION } from './tables.ts';

const FORMAT = 1;
/** A part is some 100 kB of an item's 400. */
const BINS_A_PART = 2_000;

const headKey: Key = { pk: PARTITION, sk: 'head' };
const partKey = (at: number, part: number): Key => ({
  pk: PARTITION,
  sk: `part#${at}#${String(part).padStart(3, '0')}`,
});
const partKeys = (at: number, parts: number): readonly Key[] =>
  Array.from({ length: parts }, (_, part) => partKey(at, part));

const headSchema = z.object({ at: z.int(), parts: z.int().min(0), format: z.literal(FORMAT), shared: z.unknown() });
type Shared = Pick<OutlookBook, 'groups' | 'calibrations'>;

/**
 * The book of the last update in DynamoDB: parts with the bins, then a head that names them. Who reads while a new one is written finds the
 * old parts, or reads again.
 */
export const dynamodbOutlookBook = (options: TableOptions): OutlookBookStore => {
  const readHead = async () => {
    const parsed = headSchema.safeParse(await getItem(options, headKey));
    return parsed.success ? parsed.data : undefined;
  };
  const readOnce = async (): Promise<OutlookBook | undefined | 'changed'> => {
    const head = await readHead();
    if (head === undefined) return undefined;
    const items = await batchGet(options, partKeys(head.at, head.parts));
    if (items.length < head.parts) return 'changed';
    const bins = items.flatMap((item) => unpacked(item.bins) as readonly BookedBin[]);
    return {
      at: head.at,
      ...(unpacked(head.shared) as Shared),
      bins: bins.sort((a, b) => (a.binId < b.binId ? -1 : 1)),
    };
  };
  return {
    read: async () => {
      const found = await readOnce();
      if (found !== 'changed') return found;
      const again = await readOnce();
      return again === 'changed' ? undefined : again;
    },
    write: async ({ at, groups, calibrations, bins }) => {
      const before = await readHead();
      if (before !== undefined && before.at >= at) return false;
      const parts = chunk(bins, BINS_A_PART);
      await batchWrite(options, { put: parts.map((part, index) => ({ ...partKey(at, index), bins: packed(part) })) });
      const shared: Shared = { groups, calibrations };
      const put = await putItem(
        options,
        { ...headKey, at, parts: parts.length, format: FORMAT, shared: packed(shared) },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR #at < :at',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
        },
      );
      if (put && before !== undefined) await batchWrite(options, { remove: partKeys(before.at, before.parts) });
      return put;
    },
  };
};
