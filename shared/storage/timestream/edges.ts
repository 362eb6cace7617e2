import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import type { Reading } from '../../telemetry/reading.ts';
import type { CountQuery, EdgeQuery, InstantQuery, SeriesCount } from '../../telemetry/reading-store.ts';
import { chunk } from '../parallel.ts';
import { queryRows, recordOf } from './reader.ts';
import { countSql, edgesSql, instantSql, type TableName } from './sql.ts';

/** Keeps a query's text far below Timestream's limit of 256 KB. */
const SENSORS_PER_QUERY = 500;

const nameOf = ({ sensorId, quantity }: Pick<Reading, 'sensorId' | 'quantity'>): string => `${sensorId}|${quantity}`;

const bySensor = (series: CountQuery['series']): readonly (readonly CountQuery['series'][])[] =>
  chunk([...Map.groupBy(series, ({ sensorId }) => sensorId).values()], SENSORS_PER_QUERY);

/** The ends of many series: one query for every 500 sensors. */
export const readEdges = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: EdgeQuery,
): Promise<readonly Reading[]> => {
  if (query.from >= query.to) return [];
  const wanted = new Set(query.series.map(nameOf));
  const found: Reading[] = [];
  for (const some of bySensor(query.series)) {
    const rows = await queryRows(client, edgesSql(table, { ...query, series: some.flat() }));
    found.push(...rows.map((row) => recordOf(row).reading).filter((reading) => wanted.has(nameOf(reading))));
  }
  return found;
};

/** How many readings each of many series has: one query for every 500 sensors. */
export const readCounts = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: CountQuery,
): Promise<readonly SeriesCount[]> => {
  if (query.from >= query.to) return [];
  const wanted = new Map(query.series.map((each) => [nameOf(each), each]));
  const counts: SeriesCount[] = [];
  for (const some of bySensor(query.series)) {
    const rows = await queryRows(client, countSql(table, { ...query, series: some.flat() }));
    for (const [sensorId, quantity, readings] of rows) {
      const found = wanted.get(`${sensorId}|${quantity}`);
      if (found !== undefined) {
        counts.push({ sensorId: found.sensorId, quantity: found.quantity, count: Number(readings) });
      }
    }
  }
  return counts;
};

/** The instant of the reading at a place of its series. */
export const readInstantAt = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: InstantQuery,
): Promise<number | undefined> => {
  if (query.from >= query.to) return undefined;
  const [row] = await queryRows(client, instantSql(table, query));
  return row?.[0] === undefined ? undefined : Number(row[0]);
};
