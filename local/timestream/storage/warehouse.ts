import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { macros } from '../sql/macros.ts';
import { appendRows, replaceRows } from './append.ts';
import type { Table } from './catalog.ts';
import { quoted, tableDefinition, viewDefinition } from './layout.ts';
import type { StoredRow } from './ledger.ts';

/** Rows of one table; of several with one key, the last holds. */
export type Batch = { readonly table: Table; readonly rows: readonly StoredRow[] };

export type Warehouse = {
  /** The number of the last write that is in. */
  readonly appliedSeq: () => number;
  /** Puts batches in and moves `appliedSeq`, all in one transaction. */
  readonly apply: (batches: readonly Batch[], seq: number) => Promise<void>;
  /** Makes DuckDB's tables those of the catalogue: after a start, and after tables came or went. */
  readonly reconcile: (tables: readonly Table[]) => Promise<void>;
  readonly expire: (table: Table, beforeMicros: number) => Promise<void>;
  /** A connection for one query; the caller closes it. */
  readonly connect: () => Promise<DuckDBConnection>;
  readonly close: () => Promise<void>;
};

// Small on purpose: the whole city shares one machine. Beyond the limit DuckDB spills to disk: sorting 3 million rows takes 2 s.
const OPTIONS = {
  memory_limit: '48MB',
  threads: '1',
  checkpoint_threshold: '8MB',
  integer_division: 'true',
  // No query may reach files or the network, whatever its text.
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  preserve_insertion_order: 'false',
};

const inTransaction = async (connection: DuckDBConnection, work: () => Promise<void>): Promise<void> => {
  await connection.run('BEGIN');
  try {
    await work();
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

const column = async (connection: DuckDBConnection, sql: string): Promise<readonly unknown[]> =>
  (await connection.runAndReadAll(sql)).getRows().map((row) => row[0]);

/** Opens DuckDB's file: the columns that queries read. One writer; queries run on connections of their own. */
export const openWarehouse = async (directory: string): Promise<Warehouse> => {
  const instance = await DuckDBInstance.create(join(directory, 'readings.duckdb'), OPTIONS);
  const writer = await instance.connect();
  // One transaction, because each one waits for the disk.
  await writer.run(`BEGIN;
    CREATE SCHEMA IF NOT EXISTS stored;
    CREATE TABLE IF NOT EXISTS stored.applied AS SELECT 0::BIGINT AS seq;
    ${macros}
    COMMIT;`);
  let applied = Number((await column(writer, 'SELECT seq FROM stored.applied'))[0]);
  let turn: Promise<unknown> = Promise.resolve();
  /** The writer's connection does one thing at a time. */
  const exclusively = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  /** Number of columns each table had when its view was made. */
  const shaped = new Map<number, number>();

  const shape = async (table: Table): Promise<void> => {
    if (shaped.get(table.id) === table.columns.size) return;
    await writer.run(`BEGIN;
      CREATE SCHEMA IF NOT EXISTS ${quoted(table.database)};
      ${tableDefinition(table)}
      ${viewDefinition(table)};
      COMMIT;`);
    shaped.set(table.id, table.columns.size);
  };

  const dropUnknown = async (tables: readonly Table[]): Promise<void> => {
    const views = await writer.runAndReadAll(
      `SELECT schema_name, view_name FROM duckdb_views() WHERE NOT internal AND database_name = current_database()`,
    );
    for (const [schema, view] of views.getRows())
      if (!tables.some((table) => table.database === schema && table.name === view))
        await writer.run(`DROP VIEW ${quoted(String(schema))}.${quoted(String(view))}`);
    const stored = await column(
      writer,
      `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'stored' AND table_name <> 'applied'`,
    );
    for (const name of stored)
      if (!tables.some((table) => `t${table.id}` === name)) await writer.run(`DROP TABLE stored.${String(name)}`);
  };

  return {
    appliedSeq: () => applied,
    connect: () => instance.connect(),
    reconcile: (tables) =>
      exclusively(async () => {
        shaped.clear();
        await dropUnknown(tables);
        for (const table of tables) await shape(table);
      }),
    apply: (batches, seq) =>
      exclusively(async () => {
        for (const { table } of batches) await shape(table);
        await inTransaction(writer, async () => {
          for (const { table, rows } of batches) {
            const current = await replaceRows(writer, table, rows);
            await appendRows(writer, table, current);
          }
          await writer.run(`UPDATE stored.applied SET seq = ${seq}`);
        });
        applied = seq;
      }),
    expire: (table, beforeMicros) =>
      exclusively(async () => {
        await writer.run(`DELETE FROM stored.t${table.id} WHERE time < make_timestamp(${beforeMicros})`);
      }),
    close: () =>
      exclusively(async () => {
        // Refused while a query is still running; the write-ahead log is then read at the next start.
        await writer.run('CHECKPOINT').catch(() => undefined);
        writer.closeSync();
        instance.closeSync();
      }),
  };
};
