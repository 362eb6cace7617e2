import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import type { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { byBucketOrder } from '../../telemetry/bucket-arithmetic.ts';
import type { Bucket, ReadingStore } from '../../telemetry/reading-store.ts';
import { arrangeVersions } from '../../telemetry/reading-versions.ts';
import { pageRange, seriesCursor, seriesLimit } from '../../telemetry/series-cursor.ts';
import { chunk } from '../parallel.ts';
import { timestreamAppender } from './appender.ts';
import { readAcross, readCounts, readEdges, readExtents, readTotal } from './edges.ts';
import { bucketsOf, pointsOf, queryRows, recordOf, seriesReading } from './reader.ts';
import { bucketsSql, pointsSql, seriesSql, versionsSql } from './sql.ts';
import { timestreamWriter } from './writer.ts';

/** Keeps a query's text far below Timestream's limit of 256 KB. */
const SENSORS_PER_QUERY = 500;

export type TimestreamReadingStoreOptions = {
  readonly write: TimestreamWriteClient;
  readonly query: TimestreamQueryClient;
  readonly database: string;
  readonly table: string;
};

/**
 * Readings in Amazon Timestream for LiveAnalytics. The table must take magnetic-store writes, or late readings are rejected.
 * Timestream accepts an exact repeat of a record (same `receivedAt` too) without saying so: `append` then answers `stored`.
 */
export const timestreamReadingStore = (options: TimestreamReadingStoreOptions): ReadingStore => {
  const { write, query, database, table } = options;
  const name = { database, table };
  return {
    append: timestreamAppender({ query, table: name, write: timestreamWriter(write, database, table) }),

    series: async (seriesQuery) => {
      const range = pageRange(seriesQuery);
      const limit = seriesLimit(seriesQuery);
      if (range.from >= range.to) return { readings: [] };
      const found = await queryRows(query, seriesSql(name, seriesQuery, range, limit + 1));
      const readings = found.slice(0, limit).map((row) => seriesReading(seriesQuery, row));
      const last = readings.at(-1);
      if (found.length <= limit || last === undefined) return { readings };
      return { readings, nextCursor: seriesCursor(seriesQuery, last.measuredAt) };
    },

    points: async (pointsQuery) => {
      const range = pageRange(pointsQuery);
      if (range.from >= range.to) return [];
      const rows = await queryRows(query, pointsSql(name, pointsQuery, range, seriesLimit(pointsQuery)));
      return pointsOf(rows, range);
    },

    edges: (edgeQuery) => readEdges(query, name, edgeQuery),
    counts: (countQuery) => readCounts(query, name, countQuery),
    total: (countQuery) => readTotal(query, name, countQuery),
    extents: (countQuery) => readExtents(query, name, countQuery),
    across: (acrossQuery) => readAcross(query, name, acrossQuery),

    buckets: async (bucketQuery) => {
      if (bucketQuery.from >= bucketQuery.to || bucketQuery.flags.every((flag) => flag === 9)) return [];
      const buckets: Bucket[] = [];
      for (const sensorIds of chunk([...new Set(bucketQuery.sensorIds)], SENSORS_PER_QUERY)) {
        const rows = await queryRows(query, bucketsSql(name, bucketQuery, sensorIds));
        buckets.push(...rows.flatMap((row) => bucketsOf(bucketQuery, row)));
      }
      return buckets.sort(byBucketOrder);
    },

    versions: async (identity) => {
      const records = (await queryRows(query, versionsSql(name, identity))).map(recordOf);
      const current = records.find(({ superseded }) => !superseded);
      const history = records.filter(({ superseded }) => superseded);
      return current === undefined
        ? []
        : arrangeVersions(
            current.reading,
            history.map(({ reading }) => reading),
          );
    },
  };
};
