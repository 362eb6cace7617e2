import type { DuckDBConnection } from '@duckdb/node-api';
import { invalid, TimestreamError } from './errors.ts';
import { cancelQueryRequest, parseRequest, queryRequest } from './requests.ts';
import { openPages, type QueryResult } from './results/pages.ts';
import { refuseForeignSources } from './sql/references.ts';
import { translate } from './sql/translate.ts';
import type { Catalog } from './storage/catalog.ts';
import type { Warehouse } from './storage/warehouse.ts';
import type { WritePath } from './storage/write-path.ts';
import type { Operation } from './wire.ts';

const DEFAULT_MAX_ROWS = 1000;

const execute = async (connection: DuckDBConnection, queryString: string, sql: string): Promise<QueryResult> => {
  const result = await connection.run(sql);
  return {
    queryString,
    names: result.columnNames(),
    types: result.columnTypes(),
    chunks: await result.fetchAllChunks(),
  };
};

/** Timestream Query's operations: every query sees all writes that were acknowledged before it came. */
export const queryOperations = (
  stores: { readonly catalog: Catalog; readonly warehouse: Warehouse; readonly writePath: WritePath },
  clock: () => number,
): ReadonlyMap<string, Operation> => {
  const pages = openPages();
  const isTable = (database: string, table: string): boolean =>
    stores.catalog.tables(database).some(({ name }) => name === table);

  const run = async (queryString: string): Promise<QueryResult> => {
    const sql = translate(queryString, clock());
    await stores.writePath.catchUp();
    const connection = await stores.warehouse.connect();
    try {
      await refuseForeignSources(connection, sql, isTable);
      return await execute(connection, queryString, sql);
    } catch (error) {
      if (error instanceof TimestreamError) throw error;
      throw invalid(error instanceof Error ? error.message : String(error));
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
