import * as z from 'zod';
import { parseJson } from '../../../../events/parse-json.ts';
import { QueryError } from '../query/query-error.ts';

/**
 * Where a page ended, written into `@iot.nextLink`: the last entity sent, so that what is inserted or removed meanwhile moves nothing.
 * `sent` counts entities, for the case that the last one is gone; `skip` is what a scan still had to leave out.
 */
const cursorSchema = z.union([
  z.strictObject({ after: z.union([z.int(), z.string().max(64)]), sent: z.int().min(0) }),
  // `id`: of the one sent last, where several observations may have one instant.
  z.strictObject({ datastream: z.int(), at: z.int(), skip: z.int().min(0), id: z.int().optional() }),
]);
export type PageCursor = z.infer<typeof cursorSchema>;
export type EntityCursor = Extract<PageCursor, { readonly sent: number }>;
export type ScanCursor = Extract<PageCursor, { readonly at: number }>;

/** Where a scan begins: behind a cursor, or behind the first so many readings of a datastream, which the store leaves out. */
export type ScanStart = ScanCursor & { readonly places?: number };

export const writePageCursor = (cursor: PageCursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

const parsed = (token: string): PageCursor | undefined =>
  cursorSchema.safeParse(parseJson(Buffer.from(token, 'base64url').toString('utf8'))).data;

const invalid = (): QueryError =>
  new QueryError('syntax', '$skiptoken', 0, 'not from a next link of this query', 'the @iot.nextLink as it came');

/** @throws QueryError for what no next link of a list of entities carried. */
export const readEntityCursor = (token: string | undefined): EntityCursor | undefined => {
  if (token === undefined) return undefined;
  const cursor = parsed(token);
  if (cursor === undefined || !('sent' in cursor)) throw invalid();
  return cursor;
};

/** @throws QueryError for what no next link of observations in the order of time carried. */
export const readScanCursor = (token: string | undefined): ScanCursor | undefined => {
  if (token === undefined) return undefined;
  const cursor = parsed(token);
  if (cursor === undefined || !('at' in cursor)) throw invalid();
  return cursor;
};
