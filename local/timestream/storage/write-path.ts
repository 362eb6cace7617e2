import type { DatabaseSync } from 'node:sqlite';
import { throttled } from '../errors.ts';
import { acceptRecords, type WriteOutcome } from '../records/accept.ts';
import type { TimestreamRecord } from '../records/record.ts';
import type { Catalog } from './catalog.ts';
import { transact } from './database.ts';
import type { Ledger, PendingWrite, StoredRow } from './ledger.ts';
import type { Batch, Warehouse } from './warehouse.ts';

export type WriteRequest = {
  readonly database: string;
  readonly table: string;
  readonly records: readonly TimestreamRecord[];
};

/**
 * The way of a record: SQLite takes it in (identity and write-ahead in one transaction, shared by the requests that wait
 * together), the client is told, and DuckDB takes it over in larger batches. DuckDB keeps the number of the last write it
 * took in the same transaction as the rows, so that whatever instant the process dies at, a restart continues exactly there.
 */
export type WritePath = {
  /** Resolves when the accepted records are durable. */
  readonly write: (request: WriteRequest) => Promise<WriteOutcome>;
  /** Resolves when DuckDB has everything that was acknowledged before the call. */
  readonly catchUp: () => Promise<void>;
  /** Leaves out what waits for a table that is gone. */
  readonly discard: (tableId: number) => void;
};

type Waiting = {
  readonly request: WriteRequest;
  readonly resolve: (outcome: WriteOutcome) => void;
  readonly reject: (error: unknown) => void;
};

const APPLY_AT_ROWS = 4096;
const APPLY_AFTER_MS = 500;

const byTable = (writes: readonly PendingWrite[], catalog: Catalog): readonly Batch[] => {
  const rows = new Map<number, StoredRow[]>();
  for (const write of writes) rows.set(write.tableId, [...(rows.get(write.tableId) ?? []), ...write.rows]);
  return [...rows].flatMap(([tableId, tableRows]) => {
    const table = catalog.tableById(tableId);
    return table === undefined ? [] : [{ table, rows: tableRows }];
  });
};

export const openWritePath = (
  stores: {
    readonly sqlite: DatabaseSync;
    readonly catalog: Catalog;
    readonly ledger: Ledger;
    readonly warehouse: Warehouse;
  },
  settings: { readonly clock: () => number; readonly maxUnappliedRecords: number },
): WritePath => {
  const { sqlite, catalog, ledger, warehouse } = stores;
  ledger.forget(warehouse.appliedSeq());
  let unapplied: PendingWrite[] = [...ledger.pending()];
  let unappliedRows = unapplied.reduce((sum, write) => sum + write.rows.length, 0);
  let waiting: Waiting[] = [];
  let applying: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const apply = async (): Promise<void> => {
    const writes = unapplied;
    const last = writes.at(-1);
    if (last === undefined) return;
    await warehouse.apply(byTable(writes, catalog), last.seq);
    unapplied = unapplied.filter((write) => write.seq > last.seq);
    unappliedRows = unapplied.reduce((sum, write) => sum + write.rows.length, 0);
    ledger.forget(last.seq);
  };

  const step = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    applying ??= apply().finally(() => {
      applying = undefined;
      if (unapplied.length > 0) schedule();
    });
    return applying;
  };

  // A failure stays visible to the next query, which applies too; nothing is lost, the rows wait in SQLite.
  const inBackground = (): void => {
    step().catch(() => undefined);
  };

  const schedule = (): void => {
    if (applying !== undefined) return;
    if (unappliedRows >= APPLY_AT_ROWS) inBackground();
    else timer ??= setTimeout(inBackground, APPLY_AFTER_MS);
  };

  const accept = ({ request }: Waiting): WriteOutcome | Error => {
    try {
      const table = catalog.table(request.database, request.table);
      return acceptRecords(stores, { table, records: request.records, now: settings.clock() });
    } catch (error) {
      if (sqlite.isTransaction && error instanceof Error && error.name === 'TimestreamError') return error;
      throw error;
    }
  };

  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      const outcomes = transact(sqlite, () => group.map((one) => accept(one)));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome instanceof Error) {
          group[index]?.reject(outcome);
          continue;
        }
        if (outcome.write !== undefined) {
          unapplied.push(outcome.write);
          unappliedRows += outcome.write.rows.length;
        }
        group[index]?.resolve(outcome);
      }
    } catch (error) {
      catalog.reload();
      for (const one of group) one.reject(error);
    }
    schedule();
  };

  return {
    write: (request) =>
      new Promise((resolve, reject) => {
        if (unappliedRows >= settings.maxUnappliedRecords) {
          inBackground();
          reject(throttled('The rate of records is higher than the local endpoint stores now.'));
          return;
        }
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ request, resolve, reject });
      }),
    catchUp: async () => {
      const target = unapplied.at(-1)?.seq ?? 0;
      while (warehouse.appliedSeq() < target) await step();
    },
    discard: (tableId) => {
      unapplied = unapplied.filter((write) => write.tableId !== tableId);
      unappliedRows = unapplied.reduce((sum, write) => sum + write.rows.length, 0);
    },
  };
};
