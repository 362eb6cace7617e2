import { invalid, TimestreamError } from './errors.ts';
import { cancelQueryRequest, parseRequest, queryRequest } from './requests.ts';
import { openPages, type QueryResult } from './results/pages.ts';
import { columnNames, parseTree, refuseForeignSources } from './sql/parse-tree.ts';
import { tallySql } from './sql/tally.ts';
import { translate } from './sql/translate.ts';
import type { Catalog } from './storage/catalog.ts';
import type { Warehouse } from './storage/warehouse.ts';
import type { WritePath } from './storage/write-path.ts';
import type { Operation } from './wire.ts';

const DEFAULT_MAX_ROWS = 1000;

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

  const run = async (queryString: string): Promise<QueryResult> => {
    const sql = translate(queryString, clock());
    await stores.writePath.catchUp();
    const connection = await stores.warehouse.connect();
    try {
      const tree = await parseTree(connection, sql);
      refuseForeignSources(tree, isTable);
      const result = await connection.run(tallySql(queryString, findTable) ?? sql);
      return {
        queryString,
        names: columnNames(tree) ?? result.columnNames(),
        types: result.columnTypes(),
        chunks: await result.fetchAllChunks(),
      };
    } catch (error) {
      throw error instanceof TimestreamError ? error : queryFault(error);
    } finally {
      connection.closeSync();
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
