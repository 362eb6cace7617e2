import type { DatabaseSync } from 'node:sqlite';
import { throttled } from '../errors.ts';
import { acceptRecords, type WriteOutcome } from '../records/accept.ts';
import type { TimestreamRecord } from '../records/record.ts';
import type { Catalog } from './catalog.ts';
import { transact } from './database.ts';
import type { Ledger, PendingWrite } from './ledger.ts';
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
  /** Counts again what waits, after a table went and its rows with it. */
  readonly recount: () => void;
  /** Brings DuckDB up to date once more and stops. */
  readonly close: () => Promise<void>;
};

type Waiting = {
  readonly request: WriteRequest;
  readonly resolve: (outcome: WriteOutcome) => void;
  readonly reject: (error: unknown) => void;
};

const APPLY_AT_ROWS = 2048;
const APPLY_AFTER_MS = 500;
const RETRY_AFTER_MS = 1_000;
/** Up to 2,500 rows at a time: a long backlog does not have to fit into memory, and the rows die young in the heap. */
const APPLY_WRITES = 25;

const byTable = (writes: readonly PendingWrite[], catalog: Catalog): readonly Batch[] =>
  [...Map.groupBy(writes, ({ tableId }) => tableId)].flatMap(([tableId, own]) => {
    const table = catalog.tableById(tableId);
    return table === undefined ? [] : [{ table, rows: own.flatMap(({ rows }) => rows) }];
  });

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
  let { rows: unappliedRows, lastSeq } = ledger.backlog();
  let waiting: Waiting[] = [];
  let applying: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failing = false;
  let closed = false;

  /** Answers whether there was anything to apply. */
  const apply = async (): Promise<boolean> => {
    const writes = ledger.pending(APPLY_WRITES);
    const last = writes.at(-1);
    if (last === undefined) return false;
    await warehouse.apply(byTable(writes, catalog), last.seq);
    ledger.forget(last.seq);
    unappliedRows -= writes.reduce((sum, { rows }) => sum + rows.length, 0);
    return true;
  };

  const step = (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    applying ??= apply()
      .then((applied) => {
        failing = false;
        return applied;
      })
      .catch((error) => {
        failing = true;
        throw error;
      })
      .finally(() => {
        applying = undefined;
        schedule();
      });
    return applying;
  };

  // A failure loses nothing, the rows wait in SQLite: it is told, tried again, and thrown to the next query, which applies too.
  const inBackground = (): void => {
    step().catch((error) => console.error('Timestream endpoint: DuckDB could not take records over', error));
  };

  const schedule = (): void => {
    if (closed || applying !== undefined || unappliedRows === 0) return;
    if (failing) timer ??= setTimeout(inBackground, RETRY_AFTER_MS);
    else if (unappliedRows >= APPLY_AT_ROWS) inBackground();
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
        unappliedRows += outcome.rows;
        lastSeq = Math.max(lastSeq, outcome.seq);
        group[index]?.resolve(outcome);
      }
    } catch (error) {
      catalog.reload();
      for (const one of group) one.reject(error);
    }
    schedule();
  };

  const catchUp = async (): Promise<void> => {
    const target = lastSeq;
    while (warehouse.appliedSeq() < target && (await step()));
  };

  return {
    write: (request) =>
      new Promise((resolve, reject) => {
        if (unappliedRows >= settings.maxUnappliedRecords) {
          schedule();
          reject(throttled('The rate of records is higher than the local endpoint stores now.'));
          return;
        }
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ request, resolve, reject });
      }),
    catchUp,
    recount: () => {
      unappliedRows = ledger.backlog().rows;
    },
    close: async () => {
      await catchUp().catch((error) => console.error('Timestream endpoint: records wait for the next start', error));
      closed = true;
      clearTimeout(timer);
    },
  };
};
