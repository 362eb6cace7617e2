import * as z from 'zod';
import { parseJson } from '../../events/parse-json.ts';
import { InvalidCursorError, type SeriesQuery } from './reading-store.ts';

const cursorSchema = z.tuple([z.string(), z.string(), z.int(), z.int(), z.int()], z.literal('descending'));

const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 10_000;

/** The cursor that continues `query` behind the reading measured at `after`. It names its query, so that no other takes it. */
export const seriesCursor = ({ sensorId, quantity, from, to, order }: SeriesQuery, after: number): string => {
  const direction = order === 'descending' ? [order] : [];
  return Buffer.from(JSON.stringify([sensorId, quantity, from, to, after, ...direction])).toString('base64url');
};

/** The instants that a page may hold: `from` ≤ measuredAt < `to`, and in which order. */
export type PageRange = {
  readonly from: number;
  readonly to: number;
  readonly descending: boolean;
  /** Readings of the range to leave out first. */
  readonly skip: number;
};

/**
 * What of its query a page may hold: all, or what lies behind its cursor.
 * @throws InvalidCursorError when the cursor was not issued for this query.
 */
export const pageRange = (query: SeriesQuery): PageRange => {
  const { from, to, order, cursor } = query;
  const descending = order === 'descending';
  if (cursor === undefined) return { from, to, descending, skip: Math.max(0, Math.trunc(query.skip ?? 0)) };
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success || seriesCursor(query, parsed.data[4]) !== cursor) {
    throw new InvalidCursorError(`Not a cursor of this query: ${cursor.slice(0, 100)}`);
  }
  const after = parsed.data[4];
  return { ...(descending ? { from, to: Math.min(to, after) } : { from: after + 1, to }), descending, skip: 0 };
};

/** Readings a page, within the bounds that the port promises. */
export const seriesLimit = ({ limit = DEFAULT_LIMIT }: SeriesQuery): number =>
  Math.min(MAX_LIMIT, Math.max(1, Math.trunc(limit)));
