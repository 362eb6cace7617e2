import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { TimestreamRecord } from '../records/record.ts';

/** What the endpoint knows about one identity: the version it holds and the hash of its values. */
export type Held = { readonly version: number; readonly fingerprint: number };

/** A record on its way to DuckDB, as the write-ahead keeps it. */
export type StoredRow = readonly [
  /** The series hash, signed 64-bit, as text. */
  series: string,
  micros: number,
  /** 1 when an earlier version of the record may be in DuckDB already. */
  replaces: 0 | 1,
  cells: Readonly<Record<string, string>>,
];

/** The rows of one write, numbered in the order of acknowledgement. */
export type PendingWrite = { readonly seq: number; readonly tableId: number; readonly rows: readonly StoredRow[] };

export type Ledger = {
  readonly openTable: (tableId: number) => void;
  readonly dropTable: (tableId: number) => void;
  readonly find: (tableId: number, record: TimestreamRecord) => Held | undefined;
  readonly hold: (tableId: number, record: TimestreamRecord) => void;
  /** Adds rows to the write-ahead and answers the number of the write. */
  readonly enqueue: (tableId: number, rows: readonly StoredRow[]) => number;
  /** Forgets writes up to and including `seq`: DuckDB has them. */
  readonly forget: (seq: number) => void;
  /** The oldest writes that wait, at most so many. */
  readonly pending: (limit: number) => readonly PendingWrite[];
  /** How many rows wait, and the number of the last write among them (0 when none does). */
  readonly backlog: () => { readonly rows: number; readonly lastSeq: number };
  /** Forgets identities before an instant, in microseconds. */
  readonly expire: (tableId: number, beforeMicros: number) => void;
};

type IdentityStatements = { readonly find: StatementSync; readonly hold: StatementSync };

const heldRow = z.object({ version: z.number(), fingerprint: z.number() }).optional();
const pendingRow = z.object({ seq: z.number(), table_id: z.number(), rows: z.string() });
const backlogRow = z.object({ rows: z.number(), lastSeq: z.number() });
const storedRows = z.array(
  z.tuple([z.string(), z.number(), z.union([z.literal(0), z.literal(1)]), z.record(z.string(), z.string())]),
);

/**
 * Identities and the write-ahead, in SQLite. An identity takes about 30 bytes: the primary key begins with the time, because
 * readings come roughly in the order of time, so that an insert meets pages that are still in the cache.
 */
export const openLedger = (sqlite: DatabaseSync): Ledger => {
  const statements = new Map<number, IdentityStatements>();
  const insertPending = sqlite.prepare('INSERT INTO pending (table_id, row_count, rows) VALUES (?, ?, ?)');
  const selectPending = sqlite.prepare('SELECT seq, table_id, rows FROM pending ORDER BY seq LIMIT ?');
  const countPending = sqlite.prepare(
    'SELECT coalesce(sum(row_count), 0) AS rows, coalesce(max(seq), 0) AS lastSeq FROM pending',
  );
  const forgetPending = sqlite.prepare('DELETE FROM pending WHERE seq <= ?');
  const openTable = (tableId: number): IdentityStatements => {
    const open = statements.get(tableId);
    if (open !== undefined) return open;
    sqlite.exec(`CREATE TABLE IF NOT EXISTS identity_${tableId} (
      micros INTEGER NOT NULL, series INTEGER NOT NULL, version INTEGER NOT NULL, fingerprint INTEGER NOT NULL,
      PRIMARY KEY (micros, series)) WITHOUT ROWID`);
    const opened = {
      find: sqlite.prepare(`SELECT version, fingerprint FROM identity_${tableId} WHERE micros = ? AND series = ?`),
      hold: sqlite.prepare(`INSERT OR REPLACE INTO identity_${tableId} VALUES (?, ?, ?, ?)`),
    };
    statements.set(tableId, opened);
    return opened;
  };
  return {
    openTable,
    dropTable: (tableId) => {
      statements.delete(tableId);
      sqlite.exec(`DROP TABLE IF EXISTS identity_${tableId}`);
    },
    find: (tableId, { micros, series }) => heldRow.parse(openTable(tableId).find.get(micros, series)),
    hold: (tableId, { micros, series, version, fingerprint }) => {
      openTable(tableId).hold.run(micros, series, version, fingerprint);
    },
    enqueue: (tableId, rows) => {
      const { lastInsertRowid } = insertPending.run(tableId, rows.length, JSON.stringify(rows));
      return Number(lastInsertRowid);
    },
    forget: (seq) => {
      forgetPending.run(seq);
    },
    pending: (limit) =>
      pendingRow
        .array()
        .parse(selectPending.all(limit))
        .map(({ seq, table_id, rows }) => ({ seq, tableId: table_id, rows: storedRows.parse(JSON.parse(rows)) })),
    backlog: () => backlogRow.parse(countPending.get()),
    expire: (tableId, beforeMicros) => {
      openTable(tableId);
      sqlite.prepare(`DELETE FROM identity_${tableId} WHERE micros < ?`).run(beforeMicros);
    },
  };
};
