import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import type { Reading } from '../../telemetry/reading.ts';
import type { EdgeQuery, RangeQuery } from '../../telemetry/reading-store.ts';
import { chunk } from '../parallel.ts';
import { queryRows, recordOf } from './reader.ts';
import { countSql, edgesSql, type TableName } from './sql.ts';

/** Keeps a query's text far below Timestream's limit of 256 KB. */
const SENSORS_PER_QUERY = 500;

const nameOf = ({ sensorId, quantity }: Pick<Reading, 'sensorId' | 'quantity'>): string => `${sensorId}|${quantity}`;

/** The ends of many series: one query for every 500 sensors. */
export const readEdges = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: EdgeQuery,
): Promise<readonly Reading[]> => {
  if (query.from >= query.to) return [];
  const bySensor = [...Map.groupBy(query.series, ({ sensorId }) => sensorId).values()];
  const wanted = new Set(query.series.map(nameOf));
  const found: Reading[] = [];
  for (const some of chunk(bySensor, SENSORS_PER_QUERY)) {
    const rows = await queryRows(client, edgesSql(table, { ...query, series: some.flat() }));
    found.push(...rows.map((row) => recordOf(row).reading).filter((reading) => wanted.has(nameOf(reading))));
  }
  return found;
};

export const readCount = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: RangeQuery,
): Promise<number> => {
  if (query.from >= query.to) return 0;
  const [row] = await queryRows(client, countSql(table, query));
  return Number(row?.[0] ?? 0);
};
