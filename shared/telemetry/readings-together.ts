import type { Reading } from './reading.ts';
import type { ReadingStore } from './reading-store.ts';

type Series = Pick<Reading, 'sensorId' | 'quantity'>;
type Range = { readonly from: number; readonly to: number };

const MOST = 10_000;
/** As many as a series of the city's quickest sensors has in an hour. */
const READINGS_AN_HOUR = 6;
const HOUR_MS = 3_600_000;
const PAGE = 10_000;
const CALLS_AT_ONCE = 16;

const wholeSeries = async (store: ReadingStore, series: Series, range: Range): Promise<readonly Reading[]> => {
  const readings: Reading[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.series({ ...series, ...range, limit: PAGE, ...(cursor !== undefined && { cursor }) });
    readings.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return readings;
};

/** So many at a time; the first failure is thrown. */
const inTurns = async <T, R>(items: readonly T[], work: (item: T) => Promise<readonly R[]>): Promise<readonly R[]> => {
  const results: R[][] = [];
  for (let start = 0; start < items.length; start += CALLS_AT_ONCE) {
    const part = await Promise.all(items.slice(start, start + CALLS_AT_ONCE).map(work));
    for (const found of part) results.push([...found]);
  }
  return results.flat();
};

/**
 * All current readings of many series, `from` ≤ measuredAt < `to` (UTC epoch milliseconds), in no order: many series a call where the store
 * can do that, else one by one.
 */
export const readingsTogether = (
  store: ReadingStore,
  series: readonly Series[],
  range: Range,
): Promise<readonly Reading[]> => {
  const { across } = store;
  const oneByOne = (some: readonly Series[]) => inTurns(some, (each) => wholeSeries(store, each, range));
  const atOnce = Math.floor(MOST / Math.max(1, ((range.to - range.from) / HOUR_MS) * READINGS_AN_HOUR));
  if (across === undefined || atOnce < 2) return oneByOne(series);
  const parts = Array.from({ length: Math.ceil(series.length / atOnce) }, (_, index) =>
    series.slice(index * atOnce, (index + 1) * atOnce),
  );
  return inTurns(parts, async (part) => {
    const found = await across({ series: part, ...range, order: 'ascending', limit: MOST });
    return found.length < MOST ? found : oneByOne(part);
  });
};
