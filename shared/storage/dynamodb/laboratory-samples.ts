import * as z from 'zod';
import {
  type LaboratorySample,
  type LaboratorySampleStore,
  laboratorySampleSchema,
} from '../../environment/laboratory/sample.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import { type Item, ifFree, putItem, queryItems, queryPages, type TableOptions } from './items.ts';

const MAX_PAGE = 1_000;
const KEY = /^\d{15}#\d{6}$/;

const partition = (stationId: string): string => `laboratory#${stationId}`;
const versionKey = (version: number): string => String(version).padStart(6, '0');
const sortKey = ({ sampledAt, version }: Pick<LaboratorySample, 'sampledAt' | 'version'>): string =>
  `${sortableInstant(sampledAt)}#${versionKey(version)}`;

const itemSchema = z.object({ sample: laboratorySampleSchema });
const sampleOf = (item: Item): LaboratorySample => itemSchema.parse(item).sample;

/** Laboratory samples in the city's table, every version an item that nobody writes twice. */
export const dynamodbLaboratorySamples = (options: TableOptions): LaboratorySampleStore => ({
  put: async (sample) => {
    const valid = laboratorySampleSchema.parse(sample);
    const item = { pk: partition(valid.stationId), sk: sortKey(valid), sample: valid };
    return putItem(options, item, ifFree);
  },
  versions: async (stationId, sampledAt) => {
    const at = sortableInstant(sampledAt);
    return (await queryItems(options, partition(stationId), [`${at}#`, `${at}#999999`])).map(sampleOf);
  },
  list: async ({ stationId, from, to, limit, cursor }) => {
    const wanted = Math.min(MAX_PAGE, Math.max(1, limit));
    // A cursor ends with version 000000, before all versions of the sample that was shown last.
    const before = cursor === undefined ? sortableInstant(Math.max(0, to)) : sortKeyOf(cursor, KEY);
    const found: LaboratorySample[] = [];
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
      ExpressionAttributeValues: {
        ':pk': partition(stationId),
        ':first': sortableInstant(Math.max(0, from)),
        ':before': before,
      },
      ScanIndexForward: false,
    });
    for await (const items of pages) {
      for (const sample of items.map(sampleOf)) if (found.at(-1)?.sampledAt !== sample.sampledAt) found.push(sample);
      if (found.length > wanted) break;
    }
    const last = found[wanted - 1];
    const next = found.length > wanted && last !== undefined;
    return {
      samples: found.slice(0, wanted),
      ...(next && { nextCursor: keysetCursor(sortKey({ sampledAt: last.sampledAt, version: 0 })) }),
    };
  },
});
