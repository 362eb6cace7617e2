import { writeFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { parquetReadObjects } from 'hyparquet';

const isoOf = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** A file's rows as hyparquet reads them, times as ISO 8601. */
export const readWithHyparquet = async (bytes: Uint8Array): Promise<readonly Record<string, unknown>[]> => {
  const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isoOf(value)])));
};

/** Answers SQL as DuckDB does, as JSON. */
export const askDuckDb = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

/** Puts bytes into a file and answers SQL in which `FILE` stands for it. */
export const askDuckDbOf = async (file: string, bytes: Uint8Array, sql: string) => {
  await writeFile(file, bytes);
  return askDuckDb(sql.replaceAll('FILE', `'${file}'`));
};
