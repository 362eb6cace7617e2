import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { macros } from '../sql/macros.ts';
import { appendRows, replaceRows } from './append.ts';
import type { Table } from './catalog.ts';
import { dropEarlierColumns, takeOverEarlierLayout } from './earlier-layout.ts';
import { quoted, recentTable, storedNames, tableDefinition, viewDefinition } from './layout.ts';
import type { StoredRow } from './ledger.ts';
import { openKnownSeries } from './series.ts';
import { deleteBefore, RUN_ROWS, sortRecent } from './sorted-runs.ts';

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
  /** A connection for one query, to be given back. */
  readonly connect: () => Promise<DuckDBConnection>;
  readonly release: (connection: DuckDBConnection) => void;
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

/** Making a connection takes as long as a small query. */
const IDLE_CONNECTIONS = 4;

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

/**
 * Opens DuckDB's file: the columns that queries read. One writer; queries run on connections of their own.
 * @param runRows how many recent records make a sorted run
 */
export const openWarehouse = async (directory: string, runRows = RUN_ROWS): Promise<Warehouse> => {
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
  /** Records of each table that are in no sorted run. */
  const recent = new Map<number, number>();
  const known = openKnownSeries();
  const idle: DuckDBConnection[] = [];
  let closed = false;

  const shape = async (table: Table): Promise<void> => {
    if (shaped.get(table.id) === table.columns.size) return;
    await inTransaction(writer, async () => {
      await writer.run(`CREATE SCHEMA IF NOT EXISTS ${quoted(table.database)}; ${tableDefinition(table)}`);
    });
    let earlier = false;
    await inTransaction(writer, async () => {
      earlier = await takeOverEarlierLayout(writer, table);
      await writer.run(viewDefinition(table));
    });
    if (earlier) await dropEarlierColumns(writer, table);
    const rows = await column(writer, `SELECT count(*) FROM ${recentTable(table)}`);
    recent.set(table.id, Number(rows[0]));
    shaped.set(table.id, table.columns.size);
  };

  /** Behind a commit, so that a failure costs nothing but speed: it is tried again with the next records. */
  const sortFull = async (tables: readonly Table[]): Promise<void> => {
    for (const table of tables) {
      if ((recent.get(table.id) ?? 0) < runRows) continue;
      await inTransaction(writer, () => sortRecent(writer, table));
      recent.set(table.id, 0);
    }
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
      if (!tables.some((table) => storedNames(table).includes(String(name))))
        await writer.run(`DROP TABLE stored.${String(name)}`);
  };

  return {
    appliedSeq: () => applied,
    connect: async () => idle.pop() ?? instance.connect(),
    release: (connection) => {
      if (idle.length < IDLE_CONNECTIONS && !closed) idle.push(connection);
      else connection.closeSync();
    },
    reconcile: (tables) =>
      exclusively(async () => {
        shaped.clear();
        known.forget();
        await dropUnknown(tables);
        for (const table of tables) await shape(table);
      }),
    apply: (batches, seq) =>
      exclusively(async () => {
        for (const { table } of batches) await shape(table);
        const committed: (() => void)[] = [];
        await inTransaction(writer, async () => {
          for (const { table, rows } of batches) {
            const current = await replaceRows(writer, table, rows);
            committed.push(await known.enter(writer, table, current));
            await appendRows(writer, table, current);
            committed.push(() => recent.set(table.id, (recent.get(table.id) ?? 0) + current.length));
          }
          await writer.run(`UPDATE stored.applied SET seq = ${seq}`);
        });
        applied = seq;
        for (const remember of committed) remember();
        await sortFull(batches.map(({ table }) => table)).catch((error) =>
          console.error('Timestream endpoint: recent records could not be sorted', error),
        );
      }),
    expire: (table, beforeMicros) =>
      exclusively(async () => {
        await inTransaction(writer, () => deleteBefore(writer, table, beforeMicros));
      }),
    close: () =>
      exclusively(async () => {
        closed = true;
        for (const connection of idle.splice(0)) connection.closeSync();
        // Refused while a query is still running; the write-ahead log is then read at the next start.
        await writer.run('CHECKPOINT').catch(() => undefined);
        writer.closeSync();
        instance.closeSync();
      }),
  };
};
