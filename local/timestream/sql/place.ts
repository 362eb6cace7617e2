import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../storage/catalog.ts';
import { dayCountsOf } from './tally.ts';

/**
 * A query for the record at a place of its series, in the shape in which the reading store asks. DuckDB would sort all of the series;
 * the tally knows on which day the record is, and only that day need be sorted.
 */
const SHAPE =
  /^SELECT (.+?)\s+FROM \(SELECT time, row_number\(\) OVER \(ORDER BY time (ASC|DESC)\) AS place\s+FROM (.+?)\s+WHERE (.+)\)\s+WHERE place = (\d+)$/s;

const DAY_MS = 86_400_000;

type Counted = { readonly day: number; readonly records: number };

const countedDays = async (connection: DuckDBConnection, sql: string): Promise<readonly Counted[]> =>
  (await connection.runAndReadAll(sql)).getRows().map(([day, records]) => ({
    day: Number(day),
    records: Number(records),
  }));

/** The same query of one day alone, in Timestream's words; `undefined` for any other query, or when there is no such place. */
export const placeWithinDay = async (
  connection: DuckDBConnection,
  queryString: string,
  find: (database: string, table: string) => Table | undefined,
): Promise<string | undefined> => {
  const [, select, order, table, conditions, place] = SHAPE.exec(queryString) ?? [];
  if (place === undefined) return undefined;
  const sql = dayCountsOf(`SELECT count(*) FROM ${table} WHERE ${conditions}`, find);
  if (sql === undefined) return undefined;
  const days = await countedDays(connection, sql);
  let rest = Number(place);
  for (const { day, records } of order === 'DESC' ? days.toReversed() : days) {
    if (rest <= records) {
      const within = `time >= from_milliseconds(${day * DAY_MS}) AND time < from_milliseconds(${(day + 1) * DAY_MS})`;
      return `SELECT ${select} FROM (SELECT time, row_number() OVER (ORDER BY time ${order}) AS place
FROM ${table} WHERE ${conditions} AND ${within}) WHERE place = ${rest}`;
    }
    rest -= records;
  }
  return undefined;
};
