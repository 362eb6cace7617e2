import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from '../storage/catalog.ts';
import { dayCountsOf } from './tally.ts';

/**
 * A query for the records from one place of their series to another, in the shape in which the reading store asks. DuckDB would sort
 * all of the series; the tally knows on which days the records are, and only those days need be sorted.
 */
const SHAPE =
  /^SELECT (\w+)\s+FROM \(SELECT (.+?), row_number\(\) OVER \(ORDER BY time (ASC|DESC)\) AS place\s+FROM (.+?)\s+WHERE (.+)\)\s+WHERE place > (\d+) AND place <= (\d+)\s+ORDER BY place$/s;

const DAY_MS = 86_400_000;

type Counted = { readonly day: number; readonly records: number };

/** Days that records lie on, and how many of the earlier places are on days before (of the order asked for). */
type Found = { readonly first: number; readonly last: number; readonly before: number };

const countedDays = async (connection: DuckDBConnection, sql: string): Promise<readonly Counted[]> =>
  (await connection.runAndReadAll(sql)).getRows().map(([day, records]) => ({
    day: Number(day),
    records: Number(records),
  }));

/** The days of the places behind `from` up to `to`; `undefined` when there are none. */
const daysOf = (days: readonly Counted[], from: number, to: number): Found | undefined => {
  const found: number[] = [];
  let [place, before] = [0, 0];
  for (const { day, records } of days) {
    if (place >= to) break;
    if (found.length === 0 && place + records <= from) before = place + records;
    else found.push(day);
    place += records;
  }
  return found.length === 0 ? undefined : { first: Math.min(...found), last: Math.max(...found), before };
};

/** The same query of those days alone, in Timestream's words; `undefined` for any other query, or when there is no such place. */
export const placesWithinDays = async (
  connection: DuckDBConnection,
  queryString: string,
  find: (database: string, table: string) => Table | undefined,
): Promise<string | undefined> => {
  const [, name, columns, order, table, conditions, from, to] = SHAPE.exec(queryString) ?? [];
  if (conditions === undefined) return undefined;
  const sql = dayCountsOf(`SELECT count(*) FROM ${table} WHERE ${conditions}`, find);
  if (sql === undefined) return undefined;
  const counted = await countedDays(connection, sql);
  const found = daysOf(order === 'DESC' ? counted.toReversed() : counted, Number(from), Number(to));
  if (found === undefined) return undefined;
  const { first, last, before } = found;
  const within = `time >= from_milliseconds(${first * DAY_MS}) AND time < from_milliseconds(${(last + 1) * DAY_MS})`;
  return `SELECT ${name} FROM (SELECT ${columns}, row_number() OVER (ORDER BY time ${order}) AS place
FROM ${table} WHERE ${conditions} AND ${within}) WHERE place > ${Number(from) - before} AND place <= ${Number(to) - before} ORDER BY place`;
};
