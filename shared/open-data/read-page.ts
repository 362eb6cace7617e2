import type { Reading } from '../telemetry/reading.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';
import { compareSeries, type Series } from './series.ts';

/** How many series are read at once: most series of a short period are small, and each read is a round trip. */
const AT_ONCE = 8;

export type PageRequest = {
  /** In the order of `compareSeries`. */
  readonly series: readonly Series[];
  /** UTC epoch milliseconds, inclusive. */
  readonly from: number;
  /** UTC epoch milliseconds, exclusive. */
  readonly to: number;
  /** At most 9,999. */
  readonly limit: number;
  /** The last reading of the page before. */
  readonly after?: Position | undefined;
};

/** A reading's place in the order: sensor, quantity, instant. */
export type Position = Pick<Reading, 'sensorId' | 'quantity' | 'measuredAt'>;

export type ReadingPage = { readonly readings: readonly Reading[]; readonly last?: Position };

/** The first `count` readings of a series, however small the store's pages are. */
const readSeries = async (
  store: ReadingStore,
  series: Series,
  { from, to, count }: { readonly from: number; readonly to: number; readonly count: number },
): Promise<readonly Reading[]> => {
  const found: Reading[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.series({ ...series, from, to, limit: count, ...(cursor === undefined ? {} : { cursor }) });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < count);
  return found.slice(0, count);
};

/**
 * One page of the readings of several series, ordered by sensor, quantity and instant; `last` is set when more follow.
 * Readings that arrive between two calls never shift a page: it starts behind a reading, not at a number.
 */
export const readPage = async (store: ReadingStore, request: PageRequest): Promise<ReadingPage> => {
  const { series, from, to, limit, after } = request;
  const remaining = after === undefined ? series : series.filter((each) => compareSeries(each, after) >= 0);
  const startOf = (each: Series): number =>
    after !== undefined && compareSeries(each, after) === 0 ? Math.max(from, after.measuredAt + 1) : from;
  // One more than asked for tells whether anything follows.
  const found: Reading[] = [];
  // The first series alone: of a long one it fills the page, and more would be read in vain.
  let [start, end] = [0, 1];
  while (start < remaining.length && found.length <= limit) {
    const count = limit + 1 - found.length;
    const group = remaining.slice(start, end);
    const pages = await Promise.all(group.map((each) => readSeries(store, each, { from: startOf(each), to, count })));
    found.push(...pages.flat());
    [start, end] = [end, end + AT_ONCE];
  }
  const readings = found.slice(0, limit);
  const last = readings.at(-1);
  return found.length > limit && last !== undefined ? { readings, last } : { readings };
};
