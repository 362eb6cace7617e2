import * as z from 'zod';
import { InvalidCursorError, type SeriesQuery } from './reading-store.ts';

const cursorSchema = z.tuple([z.string(), z.string(), z.int(), z.int(), z.int()]);

const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 10_000;

/** The cursor that continues `query` behind the reading measured at `after`. It names its query, so that no other takes it. */
export const seriesCursor = ({ sensorId, quantity, from, to }: SeriesQuery, after: number): string =>
  Buffer.from(JSON.stringify([sensorId, quantity, from, to, after])).toString('base64url');

/**
 * Where a page starts: the least `measuredAt` it may hold.
 * @throws InvalidCursorError when the cursor was not issued for this query.
 */
export const seriesStart = (query: SeriesQuery): number => {
  if (query.cursor === undefined) return query.from;
  const parsed = cursorSchema.safeParse(parseCursor(query.cursor));
  if (!parsed.success || seriesCursor(query, parsed.data[4]) !== query.cursor) {
    throw new InvalidCursorError(`Not a cursor of this query: ${query.cursor.slice(0, 100)}`);
  }
  return parsed.data[4] + 1;
};

/** Readings a page, within the bounds that the port promises. */
export const seriesLimit = ({ limit = DEFAULT_LIMIT }: SeriesQuery): number =>
  Math.min(MAX_LIMIT, Math.max(1, Math.trunc(limit)));

const parseCursor = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};
