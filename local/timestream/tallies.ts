import type { DuckDBConnection } from '@duckdb/node-api';
import { type Tally, tallyOf } from './sql/tally.ts';
import type { Table } from './storage/catalog.ts';
import { seriesTable } from './storage/layout.ts';

/** Queries remembered: whoever counts a city asks the same again, in a text of twenty kilobytes. */
const REMEMBERED = 32;
/** More than so many series that are not meant are left to DuckDB. */
const FEW = 64;

type Remembered = {
  readonly tally: Tally;
  readonly names: readonly string[];
  /** The series that are not meant, as of so many series in the table; `undefined` when they are many. */
  others?: { readonly known: number; readonly hashes: readonly string[] | undefined };
};

export type Tallies = {
  /** What DuckDB is asked instead, and what the columns are called; `undefined` for a query that was not remembered. */
  readonly recall: (
    connection: DuckDBConnection,
    queryString: string,
  ) => Promise<{ readonly sql: string; readonly names: readonly string[] } | undefined>;
  /** Remembers a query that may be asked and is answered from the tally; anything else is left alone. */
  readonly remember: (queryString: string, names: readonly string[]) => void;
};

const numbers = async (connection: DuckDBConnection, sql: string): Promise<readonly string[]> =>
  (await connection.runAndReadAll(sql)).getRows().map(([value]) => String(value));

/** Counts and their like, answered from the tally instead of the records. */
export const openTallies = (find: (database: string, table: string) => Table | undefined): Tallies => {
  const remembered = new Map<string, Remembered>();

  const sqlOf = async (connection: DuckDBConnection, known: Remembered): Promise<string> => {
    const { table, sql, byDifference } = known.tally;
    if (byDifference === undefined) return sql;
    // A series is never renamed or removed, so that their number tells whether there are new ones.
    const count = Number((await numbers(connection, `SELECT count(*) FROM ${seriesTable(table)}`))[0]);
    if (known.others?.known !== count) {
      const found = await numbers(connection, `${byDifference.others} LIMIT ${FEW + 1}`);
      known.others = { known: count, hashes: found.length > FEW ? undefined : found };
    }
    return known.others.hashes === undefined ? sql : byDifference.sqlWithout(known.others.hashes);
  };

  return {
    recall: async (connection, queryString) => {
      const known = remembered.get(queryString);
      if (known === undefined) return undefined;
      const { database, name } = known.tally.table;
      if (find(database, name) === known.tally.table)
        return { sql: await sqlOf(connection, known), names: known.names };
      remembered.delete(queryString);
      return undefined;
    },
    remember: (queryString, names) => {
      const tally = tallyOf(queryString, find);
      if (tally === undefined) return;
      for (const oldest of remembered.keys()) {
        if (remembered.size < REMEMBERED) break;
        remembered.delete(oldest);
      }
      remembered.set(queryString, { tally, names });
    },
  };
};
