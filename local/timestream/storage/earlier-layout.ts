import type { DuckDBConnection } from '@duckdb/node-api';
import type { Table } from './catalog.ts';
import { columnsOf, quoted, recentTable, SERIES, seriesTable } from './layout.ts';
import { sortRecent } from './sorted-runs.ts';

/**
 * Stores of before had all columns in one table, names of sensors and measures beside every record. Takes one over: its series into
 * their own table, its records into one sorted run. To be called inside a transaction, when the new tables are there.
 */
export const takeOverEarlierLayout = async (connection: DuckDBConnection, table: Table): Promise<boolean> => {
  const recent = recentTable(table);
  const found = await connection.runAndReadAll(
    `SELECT 1 FROM duckdb_columns() WHERE schema_name = 'stored' AND table_name = 't${table.id}' AND column_name = 'measure_name'`,
  );
  if (found.currentRowCount === 0) return false;
  const named = ['measure_name', ...columnsOf(table, 'dimension').map(({ name }) => quoted(name))];
  await connection.run(
    `INSERT INTO ${seriesTable(table)} BY NAME
     SELECT ${SERIES}, ${named.map((name) => `any_value(${name}) AS ${name}`).join(', ')} FROM ${recent} GROUP BY ${SERIES}`,
  );
  await sortRecent(connection, table);
  return true;
};

/** What the old table still has of names; to be called after the transaction. */
export const dropEarlierColumns = async (connection: DuckDBConnection, table: Table): Promise<void> => {
  for (const name of ['measure_name', ...columnsOf(table, 'dimension').map(({ name }) => quoted(name))]) {
    await connection.run(`ALTER TABLE ${recentTable(table)} DROP COLUMN IF EXISTS ${name}`);
  }
};
