import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore, SeriesPage, SeriesQuery } from '../../telemetry/reading-store.ts';
import { arrangeVersions } from '../../telemetry/reading-versions.ts';
import { seriesCursor, seriesLimit, seriesStart } from '../../telemetry/series-cursor.ts';
import { chunk, mapInParallel } from '../parallel.ts';
import { type DayItem, listDays } from './day-items.ts';
import { getItem, queryItems, queryPages, type TableOptions } from './items.ts';
import { dynamodbAppender } from './reading-appender.ts';
import { dynamodbBuckets } from './reading-buckets.ts';
import {
  currentKey,
  currentSortKey,
  DAY_MS,
  dayOf,
  readingOf,
  seriesPartition,
  supersededRange,
} from './reading-items.ts';

/** Days read at once for a page of a series. */
const DAYS_IN_FLIGHT = 8;

export type DynamodbReadingStoreOptions = TableOptions & {
  /** How long readings are kept; older ones are rejected, and DynamoDB deletes them by `expiresAt`. Absent = for ever. */
  readonly retentionDays?: number;
  /** UTC epoch milliseconds. */
  readonly clock?: () => number;
};

/** Readings in DynamoDB, for cities whose AWS account has no Timestream. Keys: see `tables.ts`. */
export const dynamodbReadingStore = (options: DynamodbReadingStoreOptions): ReadingStore => {
  const { client, tableName, retentionDays, clock = Date.now } = options;
  const table = { client, tableName };
  return {
    append: dynamodbAppender({ ...table, retentionDays, clock }),
    series: (query) => seriesPage(table, query),
    buckets: (query) => dynamodbBuckets({ ...table, clock }, query),
    versions: async (identity) => {
      const { measuredAt } = identity;
      const current = await getItem(table, currentKey(identity));
      if (current === undefined) return [];
      const range = supersededRange(measuredAt);
      const superseded = await queryItems(table, seriesPartition(identity, dayOf(measuredAt)), range);
      const history = superseded.map((item) => readingOf(identity, item));
      return arrangeVersions(readingOf(identity, current), history);
    },
  };
};

const seriesPage = async (table: TableOptions, query: SeriesQuery): Promise<SeriesPage> => {
  const start = seriesStart(query);
  const limit = seriesLimit(query);
  if (start >= query.to) return { readings: [] };
  const days = await listDays(table, query, dayOf(start), dayOf(query.to - 1));
  const found: Reading[] = [];
  for (const some of chunk(days, DAYS_IN_FLIGHT)) {
    const wanted = limit + 1 - found.length;
    const pages = await mapInParallel(some, DAYS_IN_FLIGHT, (day) => readSome(table, query, day, start, wanted));
    found.push(...pages.flat());
    if (found.length > limit) break;
  }
  const readings = found.slice(0, limit);
  const last = readings.at(-1);
  return found.length > limit && last ? { readings, nextCursor: seriesCursor(query, last.measuredAt) } : { readings };
};

/** The first readings of a day within the query's range, no more than are wanted. */
const readSome = async (
  table: TableOptions,
  query: SeriesQuery,
  { day }: DayItem,
  start: number,
  wanted: number,
): Promise<readonly Reading[]> => {
  const readings: Reading[] = [];
  const pages = queryPages(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':pk': seriesPartition(query, day),
      ':first': currentSortKey(Math.max(day, start)),
      ':last': currentSortKey(Math.min(day + DAY_MS, query.to) - 1),
    },
    Limit: wanted,
  });
  for await (const page of pages) {
    readings.push(...page.map((item) => readingOf(query, item)));
    if (readings.length >= wanted) break;
  }
  return readings.slice(0, wanted);
};
