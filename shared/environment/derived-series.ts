import { type DerivedPeriod, meanQuantityOf } from '../telemetry/derived-quantities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import { type ReadingStore, StoreUnavailableError } from '../telemetry/reading-store.ts';
import { countedFlags } from './averaging.ts';
import type { MeanSeries } from './means.ts';

/** Values of a derived series that the store has, by sensor and end of the period. */
export type KnownValues = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** Current values of a derived quantity with `from` < measuredAt ≤ `to`: hourly buckets, each of which holds one. */
export const knownValues = async (
  { readings, utcOffset }: { readonly readings: Pick<ReadingStore, 'buckets'>; readonly utcOffset: number },
  {
    quantity,
    sensorIds,
    from,
    to,
  }: {
    readonly quantity: Quantity;
    readonly sensorIds: readonly string[];
    readonly from: number;
    readonly to: number;
  },
): Promise<KnownValues> => {
  const known = new Map<string, Map<number, number>>();
  if (sensorIds.length === 0 || from >= to) return known;
  const buckets = await readings.buckets({
    sensorIds,
    quantity,
    from,
    to,
    size: 'hour',
    utcOffsetMinutes: utcOffset,
    flags: countedFlags,
  });
  for (const { sensorId, endsAt, mean } of buckets) {
    const own = known.get(sensorId);
    if (own === undefined) known.set(sensorId, new Map([[endsAt, mean]]));
    else own.set(endsAt, mean);
  }
  return known;
};

/** Stored hourly means that end by an instant, as hours that have all the readings expected of them: only valid means are stored. */
export const storedHours = (
  stored: ReadonlyMap<number, number>,
  until: number,
  expected: number,
): readonly { readonly endsAt: number; readonly mean: number; readonly count: number }[] =>
  [...stored].filter(([endsAt]) => endsAt <= until).map(([endsAt, mean]) => ({ endsAt, mean, count: expected }));

/** A derived value as a reading; a reason in its place says why there is none. */
export const derivedReading = (
  series: Pick<Reading, 'sensorId' | 'quantity'>,
  period: { readonly endsAt: number; readonly now: number },
  result: { readonly value: number; readonly test: string } | { readonly reason: string },
): Reading => {
  const common = { ...series, measuredAt: period.endsAt, receivedAt: period.now };
  if ('reason' in result) return { ...common, value: null, quality: { flag: 9, test: result.reason } };
  return { ...common, value: result.value, quality: { flag: 1, test: result.test } };
};

/** What a stored mean's flag is due to: it has the data that the policy asks for. */
export const COMPLETENESS_TEST = 'completeness';

/**
 * The readings that make a stored series of means say what these means say, of periods that end in `from` < t ≤ `to`: a value that is new
 * or changed; null where data is there and too little (`incomplete`), or where a stored value has lost all its data (`no-data`). A period
 * without data of which nothing is stored stays absent.
 */
export const meanReadings = (
  means: MeanSeries,
  {
    sensorId,
    quantity,
    period,
    from,
    to,
    now,
    known,
  }: {
    readonly sensorId: string;
    readonly quantity: Quantity;
    readonly period: DerivedPeriod;
    readonly from: number;
    readonly to: number;
    readonly now: number;
    readonly known: ReadonlyMap<number, number> | undefined;
  },
): readonly Reading[] => {
  const name = meanQuantityOf(quantity, period);
  if (name === undefined) return [];
  const readings: Reading[] = [];
  const series = { sensorId, quantity: name };
  for (let index = means.length - 1; index >= 0; index -= 1) {
    const endsAt = means.endsAt[index] as number;
    if (endsAt > to) continue;
    if (endsAt <= from) break;
    const stored = known?.get(endsAt);
    const value = means.values[index] as number;
    const observed = means.observed[index] as number;
    if (means.isValid[index] === 1) {
      if (stored === value) continue;
      readings.push(derivedReading(series, { endsAt, now }, { value, test: COMPLETENESS_TEST }));
    } else if (observed > 0 || stored !== undefined) {
      const reason = observed > 0 ? 'incomplete' : 'no-data';
      readings.push(derivedReading(series, { endsAt, now }, { reason }));
    }
  }
  return readings.reverse();
};

/**
 * Stores derived readings; answers how many are new or changed. What a run with the same or a later clock stored before is corrected: the
 * data seen last counts. @throws StoreUnavailableError when the store cannot take them now.
 */
export const storeDerived = async (
  store: Pick<ReadingStore, 'append' | 'versions'>,
  readings: readonly Reading[],
): Promise<number> => {
  if (readings.length === 0) return 0;
  const outcomes = await store.append(readings);
  const behind = readings.filter((_, index) => outcomes[index]?.status === 'superseded');
  const written = outcomes.filter(({ status }) => status === 'stored' || status === 'corrected').length;
  const again: Reading[] = [];
  for (const reading of behind) {
    const current = (await store.versions(reading)).at(-1);
    again.push({ ...reading, receivedAt: Math.max(reading.receivedAt, current?.receivedAt ?? 0) + 1 });
  }
  if (again.length === 0) return written;
  const repeated = await store.append(again);
  if (repeated.some(({ status }) => status === 'superseded')) {
    throw new StoreUnavailableError('Two evaluations write the same derived series at once');
  }
  return written + repeated.filter(({ status }) => status !== 'unchanged').length;
};
