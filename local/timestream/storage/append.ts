import { type DuckDBConnection, DuckDBDataChunk, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api';
import type { ScalarType } from '../requests.ts';
import type { Table } from './catalog.ts';
import type { StoredRow } from './ledger.ts';
import { deleteKeys } from './sorted-runs.ts';

/** DuckDB's vectors hold so many values. */
const CHUNK_ROWS = 2048;

const toValue = (type: ScalarType, text: string): DuckDBValue => {
  switch (type) {
    case 'DOUBLE':
      return Number(text);
    case 'BIGINT':
      return BigInt(text);
    case 'BOOLEAN':
      return text === 'true';
    case 'TIMESTAMP':
      return new DuckDBTimestampValue(BigInt(text));
    case 'VARCHAR':
      return text;
  }
};

const appendChunks = async (
  connection: DuckDBConnection,
  target: { readonly table: string; readonly schema?: string },
  columns: readonly (readonly DuckDBValue[])[],
): Promise<void> => {
  const appender = await connection.createAppender(target.table, target.schema ?? null);
  const types = columns.map((_, index) => appender.columnType(index));
  const count = columns[0]?.length ?? 0;
  for (let from = 0; from < count; from += CHUNK_ROWS) {
    const slice = columns.map((values) => values.slice(from, from + CHUNK_ROWS));
    const chunk = DuckDBDataChunk.create(types, slice[0]?.length ?? 0);
    chunk.setColumns(slice);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
};

const series = (rows: readonly StoredRow[]): readonly DuckDBValue[] => rows.map((row) => BigInt(row[0]));
const times = (rows: readonly StoredRow[]): readonly DuckDBValue[] =>
  rows.map((row) => new DuckDBTimestampValue(BigInt(row[1])));

/** Appends to the table of series, whose key is the hash (`keys: 1`), or to that of recent records, whose key has the time too. */
export const appendColumns = async (
  connection: DuckDBConnection,
  table: Table,
  { name, rows, keys }: { readonly name: string; readonly rows: readonly StoredRow[]; readonly keys: 1 | 2 },
): Promise<void> => {
  if (rows.length === 0) return;
  const columns = await connection.runAndReadAll(
    `SELECT column_name FROM duckdb_columns() WHERE schema_name = 'stored' AND table_name = '${name}' ORDER BY column_index`,
  );
  const names = columns
    .getRows()
    .slice(keys)
    .map((row) => String(row[0]));
  const cells = names.map((column) => {
    const cell = column.toLowerCase();
    const type = table.columns.get(cell)?.type ?? 'VARCHAR';
    return rows.map((row) => {
      const text = row[3][cell];
      return text === undefined ? null : toValue(type, text);
    });
  });
  const key = [series, times].slice(0, keys).map((of) => of(rows));
  await appendChunks(connection, { table: name, schema: 'stored' }, [...key, ...cells]);
};

/** Appends rows whose keys are not in the table. */
export const appendRows = (connection: DuckDBConnection, table: Table, rows: readonly StoredRow[]): Promise<void> =>
  appendColumns(connection, table, { name: `t${table.id}`, rows, keys: 2 });

/**
 * Deletes the earlier versions that some rows replace, and answers the rows to append: of several with one key, the last.
 * A row is only known to be new when the first of its key in this batch is.
 */
export const replaceRows = async (
  connection: DuckDBConnection,
  table: Table,
  rows: readonly StoredRow[],
): Promise<readonly StoredRow[]> => {
  const current = new Map<string, StoredRow>();
  const earlier: StoredRow[] = [];
  for (const row of rows) {
    const key = `${row[1]} ${row[0]}`;
    if (row[2] === 1 && !current.has(key)) earlier.push(row);
    current.set(key, row);
  }
  if (earlier.length > 0) {
    await connection.run('CREATE OR REPLACE TEMP TABLE replaced (series BIGINT, time TIMESTAMP)');
    await appendChunks(connection, { table: 'replaced' }, [series(earlier), times(earlier)]);
    const instants = earlier.map((row) => row[1]);
    await deleteKeys(connection, table, 'replaced', [Math.min(...instants), Math.max(...instants)]);
  }
  return [...current.values()];
};
