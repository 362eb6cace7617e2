import type { Quantity } from './quantity.ts';
import type { QualityFlag, Reading, ReadingIdentity } from './reading.ts';

/**
 * Where readings live. A port: Timestream and DynamoDB implement it, and an in-memory reference says what is right.
 *
 * Rules that every adapter keeps, whatever order messages arrive in and however often:
 * - One current reading per identity. Of several that differ, the one with the greatest `receivedAt` is current; at equal
 *   `receivedAt`, the one that came first stays.
 * - A reading that says the same as the current one changes nothing, not even `receivedAt`.
 * - A correction makes the earlier reading history; `versions` still tells it.
 * - What `append` reports as stored, corrected, superseded or unchanged is durable when the promise resolves.
 */
export type ReadingStore = {
  /**
   * Stores any number of readings and answers one outcome per reading, in the order given.
   * @throws StoreUnavailableError when the store cannot take them now (throttled, unreachable): the caller sends all again.
   */
  readonly append: (readings: readonly Reading[]) => Promise<readonly AppendOutcome[]>;

  /** Current readings of one sensor and quantity, oldest first unless asked otherwise, `from` ≤ measuredAt < `to`, page by page. */
  readonly series: (query: SeriesQuery) => Promise<SeriesPage>;

  /**
   * Of the readings that `series` would answer, when each was measured and its value: all that a chart needs, and of a month of them
   * half the work. At most `limit`, in order. Absent where `series` costs no more.
   */
  readonly points?: (query: PointsQuery) => Promise<readonly Point[]>;

  /**
   * Count, mean, least and greatest value per sensor and bucket, over readings with one of the given flags.
   * Buckets are hour-ending, the convention of QĐ 1459/QĐ-TCMT: the bucket that ends at 08:00 holds 07:00 < t ≤ 08:00, so the
   * range is `from` < measuredAt ≤ `to`. A bucket without readings is absent. Sorted by sensor id, then by end.
   */
  readonly buckets: (query: BucketQuery) => Promise<readonly Bucket[]>;

  /**
   * The newest (or oldest) current reading of each of many series within `from` ≤ measuredAt < `to`; of a series named twice one, of
   * one without readings none. In no order. One call for a whole city.
   */
  readonly edges: (query: EdgeQuery) => Promise<readonly Reading[]>;

  /**
   * How many current readings each of these series has, `from` ≤ measuredAt < `to`, missing values included. In no order; a series
   * without any may be absent.
   */
  readonly counts: (query: CountQuery) => Promise<readonly SeriesCount[]>;

  /** How many current readings these series have together, each series named once. */
  readonly total: (query: CountQuery) => Promise<number>;

  /** When the first and the last current reading of each of these series was measured, `from` ≤ measuredAt < `to`. In no order. */
  readonly extents: (query: CountQuery) => Promise<readonly SeriesExtent[]>;

  /**
   * Current readings of many series in the order of time, at most `limit`; of one instant in no order, so that of the last instant
   * some may be missing when there are as many as that. Absent where the store has no such order: ask each series.
   */
  readonly across?: (query: AcrossQuery) => Promise<readonly Reading[]>;

  /** All that was ever received for one identity, in the order of `receivedAt`; the last is current. Empty when unknown. */
  readonly versions: (identity: ReadingIdentity) => Promise<readonly Reading[]>;
};

export type AppendOutcome =
  /** First reading of its identity; from a store that cannot tell, also a repeat of it, exact to `receivedAt`. */
  | { readonly status: 'stored' }
  /** Said what the store already knew. */
  | { readonly status: 'unchanged' }
  /** Differs and is newer: now current, the earlier one is history. */
  | { readonly status: 'corrected' }
  /** Differs and was received earlier than the current one: kept as history. */
  | { readonly status: 'superseded' }
  /** The store will never take it (too far ahead, older than retention). Sending it again is no use. */
  | { readonly status: 'rejected'; readonly code: 'clock-ahead' | 'too-old' | 'other'; readonly reason: string };

export type CountQuery = {
  readonly series: readonly Pick<Reading, 'sensorId' | 'quantity'>[];
  /** UTC epoch milliseconds, inclusive. */
  readonly from: number;
  /** UTC epoch milliseconds, exclusive. */
  readonly to: number;
};

export type SeriesCount = Pick<Reading, 'sensorId' | 'quantity'> & { readonly count: number };

export type SeriesExtent = Pick<Reading, 'sensorId' | 'quantity'> & {
  /** UTC epoch milliseconds, both. */
  readonly first: number;
  readonly last: number;
};

export type AcrossQuery = CountQuery & {
  readonly order: 'ascending' | 'descending';
  /** 1 to 10,000. */
  readonly limit: number;
};

export type EdgeQuery = CountQuery & { readonly edge: 'newest' | 'oldest' };

export type SeriesQuery = {
  readonly sensorId: string;
  readonly quantity: Quantity;
  /** UTC epoch milliseconds, inclusive. */
  readonly from: number;
  /** UTC epoch milliseconds, exclusive. */
  readonly to: number;
  /** `descending`: newest first. */
  readonly order?: 'ascending' | 'descending';
  /** Readings a page, 1 to 10,000; 1,000 when absent. */
  readonly limit?: number;
  /** So many are left out before the first page, found without handing them over. A page behind a cursor leaves out no more. */
  readonly skip?: number;
  /** `nextCursor` of the page before, with the rest of the query unchanged. */
  readonly cursor?: string;
};

export type PointsQuery = Omit<SeriesQuery, 'skip' | 'cursor'>;

export type Point = Pick<Reading, 'measuredAt' | 'value'>;

export type SeriesPage = {
  readonly readings: readonly Reading[];
  /** Opaque; absent on the last page. Stable when readings are inserted behind it. */
  readonly nextCursor?: string;
};

export type BucketQuery = {
  readonly sensorIds: readonly string[];
  readonly quantity: Quantity;
  /** UTC epoch milliseconds, exclusive. */
  readonly from: number;
  /** UTC epoch milliseconds, inclusive. */
  readonly to: number;
  readonly size: 'hour' | 'day';
  /** Minutes the city is ahead of UTC, so that days (and hours of half-hour zones) end when the city's do; 420 in Vietnam. */
  readonly utcOffsetMinutes: number;
  readonly flags: readonly QualityFlag[];
};

export type Bucket = {
  readonly sensorId: string;
  /** UTC epoch milliseconds of the bucket's end, the instant that names it. */
  readonly endsAt: number;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
};

/** The store cannot answer now; the same call may succeed later. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** A cursor that this store did not issue, or not for this query. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}
