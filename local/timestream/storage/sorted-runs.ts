import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from './catalog.ts';
import { DAY_MICROS, dayOf, recentTable, recordColumns, SERIES, sortedTable, tallyTable } from './layout.ts';

/**
 * Eight of DuckDB's row groups. Records come in the order of time, so that one series is spread over all of them; sorted by series, a
 * run keeps each in a row group or two, and the others are left out by what DuckDB knows of their least and greatest hash.
 */
export const RUN_ROWS = 983_040;

const tallied = (rows: string): string =>
  `SELECT ${SERIES}, ${dayOf('time')} AS day, count(*) AS records, min(time) AS earliest, max(time) AS latest
   FROM ${rows} GROUP BY ALL`;

/** Moves the recent records into a sorted run; to be called inside a transaction. */
export const sortRecent = async (connection: DuckDBConnection, table: Table): Promise<void> => {
  const columns = recordColumns(table).join(', ');
  const recent = recentTable(table);
  await connection.run(`INSERT INTO ${tallyTable(table)} BY NAME ${tallied(recent)}`);
  await connection.run(
    `INSERT INTO ${sortedTable(table)} BY NAME SELECT ${columns} FROM ${recent} ORDER BY ${SERIES}, time`,
  );
  await connection.run(`DELETE FROM ${recent}`);
};

/**
 * Deletes the records whose keys are in `keys` (a table with the columns of a key, between two instants) and takes them out of the
 * tally. First and last instants stay: whoever deletes a key puts another record there.
 */
export const deleteKeys = async (
  connection: DuckDBConnection,
  table: Table,
  keys: string,
  [from, to]: readonly [fromMicros: number, toMicros: number],
): Promise<void> => {
  const within = `r.time BETWEEN make_timestamp(${from}) AND make_timestamp(${to})`;
  const same = `r.time = d.time AND r.${SERIES} = d.series AND ${within}`;
  await connection.run(
    `INSERT INTO ${tallyTable(table)} BY NAME
     SELECT r.${SERIES}, ${dayOf('r.time')} AS day, -count(*) AS records, min(r.time) AS earliest, max(r.time) AS latest
     FROM ${sortedTable(table)} AS r JOIN ${keys} AS d ON ${same} GROUP BY ALL`,
  );
  for (const name of [sortedTable(table), recentTable(table)]) {
    await connection.run(`DELETE FROM ${name} AS r USING ${keys} AS d WHERE ${same}`);
  }
};

/** Deletes what is older than an instant; to be called inside a transaction. */
export const deleteBefore = async (connection: DuckDBConnection, table: Table, micros: number): Promise<void> => {
  const before = `time < make_timestamp(${micros})`;
  for (const name of [sortedTable(table), recentTable(table)])
    await connection.run(`DELETE FROM ${name} WHERE ${before}`);
  const day = Math.floor(micros / DAY_MICROS);
  const tally = tallyTable(table);
  await connection.run(`DELETE FROM ${tally} WHERE day <= ${day}`);
  const rest = `(SELECT ${SERIES}, time FROM ${sortedTable(table)} WHERE time < make_timestamp(${(day + 1) * DAY_MICROS}))`;
  await connection.run(`INSERT INTO ${tally} BY NAME ${tallied(rest)}`);
};
