import type { ReadingStore } from '../../telemetry/reading-store.ts';
import { arrangeVersions } from '../../telemetry/reading-versions.ts';
import { getItem, queryItems, type TableOptions } from './items.ts';
import { dynamodbAppender } from './reading-appender.ts';
import { dynamodbBuckets } from './reading-buckets.ts';
import { currentKey, dayOf, readingOf, seriesPartition, supersededRange } from './reading-items.ts';
import { countReadings, readEdges, readExtents, seriesPage } from './series-reader.ts';

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
    edges: (query) => readEdges(table, query),
    counts: (query) => countReadings(table, query),
    total: async (query) => (await countReadings(table, query)).reduce((sum, { count }) => sum + count, 0),
    extents: (query) => readExtents(table, query),
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
