import { randomUUID } from 'node:crypto';
import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import { invalid } from '../errors.ts';
import { JsonBody } from '../wire.ts';
import { resultType } from './types.ts';
import { cellWriter } from './values.ts';

/** The result of one query, kept in DuckDB's columns and turned into rows page by page. */
export type QueryResult = {
  readonly queryString: string;
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  readonly chunks: readonly DuckDBDataChunk[];
};

export type Pages = {
  /** The first page; what is left waits for its token. */
  readonly open: (result: QueryResult, maxRows: number) => JsonBody;
  readonly next: (queryString: string, token: string, maxRows: number) => JsonBody;
  readonly cancel: (queryId: string) => void;
};

/** Timestream ends a page at 1 MB of rows, however few they are. */
const PAGE_BYTES = 1_000_000;
/** The oldest unfinished results are given up beyond this number: clients that went away never say so. */
const OPEN_RESULTS = 32;

type Slice = { readonly rows: readonly string[]; readonly end: number };

/** A row as it is sent. Written column by column: that is how DuckDB hands values over. */
const rowTexts = (
  chunk: DuckDBDataChunk,
  types: readonly DuckDBType[],
  from: number,
  to: number,
): readonly string[] => {
  const columns = types.map((type, index) => {
    const write = cellWriter(type);
    return chunk.getColumnValues(index).slice(from, to).map(write);
  });
  return Array.from({ length: to - from }, (_, row) => `{"Data":[${columns.map((cells) => cells[row]).join(',')}]}`);
};

const sliceRows = ({ chunks, types }: QueryResult, from: number, maxRows: number): Slice => {
  const rows: string[] = [];
  let bytes = 0;
  let chunkStart = 0;
  for (const chunk of chunks) {
    const chunkEnd = chunkStart + chunk.rowCount;
    const [first, last] = [Math.max(from, chunkStart), Math.min(chunkEnd, from + maxRows)];
    const texts = first < last ? rowTexts(chunk, types, first - chunkStart, last - chunkStart) : [];
    for (const [index, text] of texts.entries()) {
      if (bytes >= PAGE_BYTES) return { rows, end: first + index };
      bytes += text.length;
      rows.push(text);
    }
    chunkStart = chunkEnd;
  }
  return { rows, end: from + rows.length };
};

const totalRows = ({ chunks }: QueryResult): number => chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);

export const openPages = (): Pages => {
  /** By query id, oldest first. */
  const results = new Map<string, QueryResult>();

  const page = (queryId: string, result: QueryResult, from: number, maxRows: number): JsonBody => {
    const { rows, end } = sliceRows(result, from, maxRows);
    const done = end >= totalRows(result);
    if (done) results.delete(queryId);
    const frame = {
      QueryId: queryId,
      ...(done ? {} : { NextToken: Buffer.from(`${queryId} ${end}`).toString('base64url') }),
      ColumnInfo: result.names.map((name, index) => ({
        Name: name,
        Type: resultType(result.types[index] ?? failNoType(name)),
      })),
      QueryStatus: { ProgressPercentage: 100, CumulativeBytesScanned: 0, CumulativeBytesMetered: 0 },
    };
    return new JsonBody(`${JSON.stringify(frame).slice(0, -1)},"Rows":[${rows.join(',')}]}`);
  };

  return {
    open: (result, maxRows) => {
      const queryId = randomUUID().replaceAll('-', '').toUpperCase();
      results.set(queryId, result);
      for (const oldest of results.keys()) {
        if (results.size <= OPEN_RESULTS) break;
        results.delete(oldest);
      }
      return page(queryId, result, 0, maxRows);
    },
    next: (queryString, token, maxRows) => {
      const [queryId = '', from] = Buffer.from(token, 'base64url').toString().split(' ');
      const result = results.get(queryId);
      if (result === undefined || result.queryString !== queryString)
        throw invalid('The pagination token is not one of this query, or has expired.');
      return page(queryId, result, Number(from), maxRows);
    },
    cancel: (queryId) => {
      if (!results.delete(queryId)) throw invalid(`The query ${queryId} is not running.`);
    },
  };
};

const failNoType = (name: string): never => {
  throw new Error(`Column ${name} has no type.`);
};
