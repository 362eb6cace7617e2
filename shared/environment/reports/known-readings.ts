import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { KnownSeries } from './report-input.ts';

const PAGE = 10_000;
const IN_FLIGHT = 8;

/** Readings that have changed since `asOf` are looked up one by one; beyond so many, a report would take too long. */
export const MOST_REVISIONS = 20_000;

/** More has changed since the instant asked for than one report can look up. */
export class TooManyRevisionsError extends Error {
  override readonly name = 'TooManyRevisionsError';
}

export type Source = {
  readonly readings: Pick<ReadingStore, 'series' | 'versions'>;
  /** UTC epoch milliseconds. */
  readonly asOf: number;
  /** How many revisions may still be looked up; counted down. */
  readonly budget: { revisions: number };
};

export type Wanted = {
  readonly sensorId: string;
  readonly quantity: Quantity;
  /** `from` < measuredAt ≤ `to`, UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
};

/** Does work on each item, so many at a time, and keeps the order. */
export const inOrder = async <T, R>(items: readonly T[], atOnce: number, work: (item: T) => Promise<R>) => {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
};

/** What was said at `asOf` of the identity of a reading that was received later; `undefined` when nothing was. */
const earlierVersion = async ({ readings, asOf, budget }: Source, reading: Reading): Promise<Reading | undefined> => {
  budget.revisions -= 1;
  if (budget.revisions < 0) {
    const instant = new Date(asOf).toISOString();
    throw new TooManyRevisionsError(`More than ${MOST_REVISIONS} readings were changed since ${instant}`);
  }
  return (await readings.versions(reading)).findLast(({ receivedAt }) => receivedAt <= asOf);
};

/**
 * The readings of one series as they were known at an instant, page by page, oldest first: what came later is left out, and of what was
 * corrected later the word of then is told.
 */
export async function* knownReadings(source: Source, { sensorId, quantity, from, to }: Wanted) {
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<ReadingStore['series']>> = await source.readings.series({
      sensorId,
      quantity,
      from: from + 1,
      to: to + 1,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    const later = page.readings.filter(({ receivedAt }) => receivedAt > source.asOf);
    const earlier = await inOrder(later, IN_FLIGHT, (reading) => earlierVersion(source, reading));
    const known = new Map(later.map((reading, index) => [reading, earlier[index]]));
    yield later.length === 0
      ? page.readings
      : page.readings.flatMap((reading) => (known.has(reading) ? (known.get(reading) ?? []) : [reading]));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** Readings as a series of a report: values that count, and the reasons where there is none. */
export const seriesOfReadings = (readings: readonly Reading[]): KnownSeries => {
  const reasons = new Map<number, string>();
  for (const [index, { value, quality }] of readings.entries()) if (value === null) reasons.set(index, quality.test);
  return {
    length: readings.length,
    endsAt: Float64Array.from(readings, ({ measuredAt }) => measuredAt),
    values: Float64Array.from(readings, ({ value }) => value ?? Number.NaN),
    reasons,
  };
};

/** A derived series as it was known; `undefined` where nothing was. */
export const knownSeries = async (source: Source, wanted: Wanted): Promise<KnownSeries | undefined> => {
  const readings: Reading[] = [];
  for await (const page of knownReadings(source, wanted)) readings.push(...page);
  return readings.length === 0 ? undefined : seriesOfReadings(readings);
};
