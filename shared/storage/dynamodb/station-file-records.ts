import * as z from 'zod';
import { STATION_FILE_RETENTION_DAYS } from '../../../events/station-file-event.ts';
import {
  type StationFileRecord,
  type StationFileRecords,
  stationFileRecordSchema,
} from '../../telemetry/station-files/station-file-record.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import { putItem, queryPages, type TableOptions } from './items.ts';
import { TIME_TO_LIVE_ATTRIBUTE } from './tables.ts';

const MAX_PAGE = 1_000;
const KEY = /^\d{15}#.+$/;
const DAY_SECONDS = 86_400;

const partition = (fileCode: string): string => `station-files#${fileCode}`;
const sortKey = ({ receivedAt, file }: StationFileRecord): string => `${sortableInstant(receivedAt)}#${file}`;

const itemSchema = z.object({ record: stationFileRecordSchema });

/** Records of how station files were taken, in the city's table. They expire with the files. */
export const dynamodbStationFileRecords = (options: TableOptions): StationFileRecords => ({
  put: async (record) => {
    const valid = stationFileRecordSchema.parse(record);
    await putItem(options, {
      pk: partition(valid.fileCode),
      sk: sortKey(valid),
      record: valid,
      [TIME_TO_LIVE_ATTRIBUTE]: Math.ceil(valid.receivedAt / 1_000) + STATION_FILE_RETENTION_DAYS * DAY_SECONDS,
    });
  },
  list: async ({ fileCode, limit, cursor }) => {
    const wanted = Math.min(MAX_PAGE, Math.max(1, limit));
    const pages = queryPages(options, {
      KeyConditionExpression: cursor === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: {
        ':pk': partition(fileCode),
        ...(cursor !== undefined && { ':before': sortKeyOf(cursor, KEY) }),
      },
      ScanIndexForward: false,
      Limit: wanted + 1,
    });
    const records: StationFileRecord[] = [];
    for await (const items of pages) {
      records.push(...items.map((item) => itemSchema.parse(item).record));
      if (records.length > wanted) break;
    }
    const last = records[wanted - 1];
    const nextCursor = records.length > wanted && last !== undefined ? { nextCursor: keysetCursor(sortKey(last)) } : {};
    return { records: records.slice(0, wanted), ...nextCursor };
  },
});
