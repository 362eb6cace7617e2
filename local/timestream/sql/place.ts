import type { DuckDBConnection } from '@duckdb/node-api';
import { type DayCounts, dayCountsOf } from './day-counts.ts';
import type { Find } from './tally.ts';

/**
 * A query for the records from one place of their series to another, in the shape in which the reading store asks. DuckDB would sort
 * all of the series; the tally knows on which days the records are, and only those days need be sorted.
 */
const SHAPE =
  /^SELECT (\w+)\s+FROM \(SELECT (.+?), row_number\(\) OVER \(ORDER BY time (ASC|DESC)\) AS place\s+FROM (.+?)\s+WHERE (.+)\)\s+WHERE place > (\d+) AND place <= (\d+)\s+ORDER BY place$/s;

const DAY_MS = 86_400_000;
/** The last day of which make_timestamp can tell the end in whole numbers of JavaScript. */
const LAST_DAY = 104_249;
/** More series than these are left to DuckDB. */
const FEW = 64;

/** Records by day, in the order of places. */
type Days = readonly (readonly [day: number, records: number])[];

/** The days that some places are on, and how many places are on the days before. */
type Found = { readonly first: number; readonly last: number; readonly before: number };

type Places = { readonly from: number; readonly to: number; readonly descending: boolean };

const numbers = async (connection: DuckDBConnection, sql: string): Promise<readonly (readonly string[])[]> =>
  (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String));

/** The days of the places behind `from` up to `to`, as far as there are any; `whole`: all of them are there. */
const daysOf = (days: Days, { from, to }: Places): (Found & { readonly whole: boolean }) | undefined => {
  const found: number[] = [];
  let [place, before] = [0, 0];
  for (const [day, records] of days) {
    if (place >= to) break;
    if (found.length === 0 && place + records <= from) before = place + records;
    else found.push(day);
    place += records;
  }
  if (found.length === 0) return undefined;
  return { first: Math.min(...found), last: Math.max(...found), before, whole: place >= to };
};

const inOrder = (days: ReadonlyMap<number, number>, { descending }: Places): Days =>
  [...days].sort(([a], [b]) => (descending ? b - a : a - b));

/** Sorted and recent records as of one moment: between two, some may go from one to the other. */
const atOnce = async <T>(connection: DuckDBConnection, read: () => Promise<T>): Promise<T> => {
  await connection.run('BEGIN');
  try {
    return await read();
  } finally {
    await connection.run('ROLLBACK');
  }
};

const lookUp = async (connection: DuckDBConnection, counts: DayCounts, places: Places): Promise<Found | undefined> => {
  const hashes = (await numbers(connection, `${counts.series} LIMIT ${FEW + 1}`)).flat();
  if (hashes.length === 0 || hashes.length > FEW) return undefined;
  const days = new Map<number, number>();
  const add = (rows: readonly (readonly string[])[]): void => {
    for (const [day, records] of rows) days.set(Number(day), (days.get(Number(day)) ?? 0) + Number(records));
  };
  add(await numbers(connection, counts.sorted(hashes)));
  const among = daysOf(inOrder(days, places), places);
  // Recent records can only move the places towards the beginning, so that those of days beyond need not be counted.
  const known = among?.whole === true ? among : undefined;
  const [first, last] = places.descending ? [known?.first ?? 0, LAST_DAY] : [0, known?.last ?? LAST_DAY];
  add(await numbers(connection, counts.recent(hashes, first, last)));
  return daysOf(inOrder(days, places), places);
};

/** The same query of those days alone, in Timestream's words; `undefined` for any other query, or when there is no such place. */
export const placesWithinDays = async (
  connection: DuckDBConnection,
  queryString: string,
  find: Find,
): Promise<string | undefined> => {
  const [, name, columns, order, table, conditions, from, to] = SHAPE.exec(queryString) ?? [];
  if (conditions === undefined) return undefined;
  const counts = dayCountsOf(`SELECT count(*) FROM ${table} WHERE ${conditions}`, find);
  const places = { from: Number(from), to: Number(to), descending: order === 'DESC' };
  const found = counts && (await atOnce(connection, () => lookUp(connection, counts, places)));
  if (found === undefined) return undefined;
  const { first, last, before } = found;
  const within = `time >= from_milliseconds(${first * DAY_MS}) AND time < from_milliseconds(${(last + 1) * DAY_MS})`;
  return `SELECT ${name} FROM (SELECT ${columns}, row_number() OVER (ORDER BY time ${order}) AS place
FROM ${table} WHERE ${conditions} AND ${within}) WHERE place > ${places.from - before} AND place <= ${places.to - before} ORDER BY place`;
};
