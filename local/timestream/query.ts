import type { DuckDBConnection } from '@duckdb/node-api';
import { invalid, TimestreamError } from './errors.ts';
import { cancelQueryRequest, parseRequest, queryRequest } from './requests.ts';
import { openPages, type QueryResult } from './results/pages.ts';
import { columnNames, parseTree, refuseForeignSources } from './sql/parse-tree.ts';
import { placesWithinDays } from './sql/place.ts';
import { translate } from './sql/translate.ts';
import type { Catalog } from './storage/catalog.ts';
import type { Warehouse } from './storage/warehouse.ts';
import type { WritePath } from './storage/write-path.ts';
import { openTallies } from './tallies.ts';
import type { Operation } from './wire.ts';

/** Without a word about rows, a page of the service ends at a megabyte. */
const DEFAULT_MAX_ROWS = Number.MAX_SAFE_INTEGER;

/** DuckDB's message in the service's words where a client is likely to read it. */
const queryFault = (error: unknown): TimestreamError => {
  const message = error instanceof Error ? error.message : String(error);
  const column = /Referenced column "([^"]+)" not found/.exec(message)?.[1];
  return invalid(column === undefined ? message : `Column '${column}' does not exist`);
};

/** Timestream Query's operations: every query sees all writes that were acknowledged before it came. */
export const queryOperations = (
  stores: { readonly catalog: Catalog; readonly warehouse: Warehouse; readonly writePath: WritePath },
  clock: () => number,
): ReadonlyMap<string, Operation> => {
  const pages = openPages();
  const findTable = (database: string, table: string) =>
    stores.catalog.tables(database).find(({ name }) => name === table);
  const isTable = (database: string, table: string): boolean => findTable(database, table) !== undefined;

  const tallies = openTallies(findTable);

  /** DuckDB's text of a query, after what may not be asked was refused. */
  const prepare = async (connection: DuckDBConnection, queryString: string) => {
    const known = await tallies.recall(connection, queryString);
    if (known !== undefined) return known;
    const sql = translate((await placesWithinDays(connection, queryString, findTable)) ?? queryString, clock());
    const tree = await parseTree(connection, sql);
    refuseForeignSources(tree, isTable);
    const names = columnNames(tree);
    if (names !== undefined) tallies.remember(queryString, names);
    return (await tallies.recall(connection, queryString)) ?? { sql, names };
  };

  const run = async (queryString: string): Promise<QueryResult> => {
    await stores.writePath.catchUp();
    const connection = await stores.warehouse.connect();
    try {
      const { sql, names } = await prepare(connection, queryString);
      const result = await connection.run(sql);
      return {
        queryString,
        names: names ?? result.columnNames(),
        types: result.columnTypes(),
        chunks: await result.fetchAllChunks(),
      };
    } catch (error) {
      throw error instanceof TimestreamError ? error : queryFault(error);
    } finally {
      stores.warehouse.release(connection);
    }
  };

  const query: Operation = async (input) => {
    const { QueryString, NextToken, MaxRows = DEFAULT_MAX_ROWS } = parseRequest(queryRequest, input);
    if (NextToken !== undefined) return pages.next(QueryString, NextToken, MaxRows);
    return pages.open(await run(QueryString), MaxRows);
  };

  const cancel: Operation = (input) => {
    pages.cancel(parseRequest(cancelQueryRequest, input).QueryId);
    return { CancellationMessage: 'The query was cancelled.' };
  };

  return new Map<string, Operation>([
    ['Query', query],
    ['CancelQuery', cancel],
  ]);
};
