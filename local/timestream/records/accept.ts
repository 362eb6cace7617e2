import type { Catalog, Table } from '../storage/catalog.ts';
import type { Ledger, StoredRow } from '../storage/ledger.ts';
import { columnFault, placeInTime, type Rejection, standingOf } from './admission.ts';
import type { Column } from './column.ts';
import type { TimestreamRecord } from './record.ts';

/** What became of one WriteRecords request. */
export type WriteOutcome = {
  readonly memory: number;
  readonly magnetic: number;
  readonly rejected: readonly (Rejection & { readonly RecordIndex: number })[];
  /** Rows for DuckDB to take over, and the number of their write; both 0 when no record changed anything. */
  readonly rows: number;
  readonly seq: number;
};

const newColumns = (table: Table, record: TimestreamRecord): readonly Column[] =>
  record.columns.filter(({ name }) => !table.columns.has(name.toLowerCase()));

/**
 * Takes the records of one request in their order, inside the caller's transaction: rejects what the table's rules reject, and
 * enters the others into the identity index and the write-ahead.
 */
export const acceptRecords = (
  stores: { readonly catalog: Catalog; readonly ledger: Ledger },
  request: { readonly table: Table; readonly records: readonly TimestreamRecord[]; readonly now: number },
): WriteOutcome => {
  let table = request.table;
  const taken = { memory: 0, magnetic: 0 };
  const rejected: (Rejection & { RecordIndex: number })[] = [];
  const rows: StoredRow[] = [];

  const accept = (record: TimestreamRecord): Rejection | undefined => {
    if (record.limitFault !== undefined) return { Reason: record.limitFault };
    const place = placeInTime(table, record.micros, request.now);
    if (typeof place !== 'string') return place;
    const fault = columnFault(table, record);
    if (fault !== undefined) return fault;
    const standing = standingOf(record, stores.ledger.find(table.id, record));
    if (typeof standing !== 'string') return standing;
    taken[place] += 1;
    if (standing === 'same') return undefined;
    stores.ledger.hold(table.id, record);
    if (standing === 'same-but-newer-version') return undefined;
    const added = newColumns(table, record);
    if (added.length > 0) table = stores.catalog.addColumns(table, added);
    rows.push([String(record.series), record.micros, standing === 'update' ? 1 : 0, record.cells]);
    return undefined;
  };

  for (const [index, record] of request.records.entries()) {
    const rejection = accept(record);
    if (rejection !== undefined) rejected.push({ RecordIndex: index, ...rejection });
  }
  const seq = rows.length > 0 ? stores.ledger.enqueue(table.id, rows) : 0;
  return { ...taken, rejected, rows: rows.length, seq };
};
