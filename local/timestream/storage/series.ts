import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from './append.ts';
import type { Table } from './catalog.ts';
import { SERIES, seriesTable } from './layout.ts';
import type { StoredRow } from './ledger.ts';

/** Beyond so many hashes the book of known series begins anew: superseded readings are a series each, and there is no end to those. */
const KNOWN_SERIES = 100_000;

/** Which series DuckDB has rows of, by table. It holds what was committed and may forget. */
export type KnownSeries = {
  /** Enters the series of these rows that DuckDB does not have; to be called inside a transaction. Answers what to remember once that is committed. */
  readonly enter: (connection: DuckDBConnection, table: Table, rows: readonly StoredRow[]) => Promise<() => void>;
  readonly forget: () => void;
};

const storedAmong = async (
  connection: DuckDBConnection,
  table: Table,
  hashes: readonly string[],
): Promise<ReadonlySet<string>> => {
  const found = await connection.runAndReadAll(
    `SELECT ${SERIES} FROM ${seriesTable(table)} WHERE ${SERIES} IN (${hashes.join(', ')})`,
  );
  return new Set(found.getRows().map(([hash]) => String(hash)));
};

export const openKnownSeries = (): KnownSeries => {
  const known = new Map<number, Set<string>>();
  return {
    forget: () => known.clear(),
    enter: async (connection, table, rows) => {
      const seen = known.get(table.id) ?? new Set<string>();
      const fresh = new Map<string, StoredRow>();
      for (const row of rows) if (!seen.has(row[0])) fresh.set(row[0], row);
      if (fresh.size === 0) return () => undefined;
      const stored = await storedAmong(connection, table, [...fresh.keys()]);
      const missing = [...fresh.values()].filter(([hash]) => !stored.has(hash));
      await appendColumns(connection, table, { name: `k${table.id}`, rows: missing, keys: 1 });
      return () => {
        if (seen.size + fresh.size > KNOWN_SERIES) seen.clear();
        for (const hash of fresh.keys()) seen.add(hash);
        known.set(table.id, seen);
      };
    },
  };
};
