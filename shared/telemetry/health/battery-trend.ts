import { median } from './median.ts';

export type BatterySample = { readonly unit: '%' | 'V'; readonly at: number; readonly value: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One a day is enough for a battery that lasts years, and a month of them shows a trend. */
const SAMPLE_EVERY_MS = 20 * HOUR_MS;
const MAX_SAMPLES = 30;

/** A rise like this is a new battery or a sunny week: what was before says nothing any more. */
const RISE = { '%': 15, V: 0.3 } as const;

/** A line through less is a guess. */
const MIN_SAMPLES = 5;
const MIN_SPAN_MS = 4 * DAY_MS;

/** The samples with a new reading, if it is time for one. Returns the same array when it is not. */
export const withBatterySample = (
  samples: readonly BatterySample[],
  sample: BatterySample,
): readonly BatterySample[] => {
  const last = samples.at(-1);
  if (last === undefined || last.unit !== sample.unit) return [sample];
  if (sample.value - last.value > RISE[sample.unit] && sample.at > last.at) return [sample];
  return sample.at - last.at < SAMPLE_EVERY_MS ? samples : [...samples, sample].slice(-MAX_SAMPLES);
};

/**
 * When the battery will have sunk to `empty`, UTC epoch milliseconds: the line of Theil and Sen (median of the slopes between all pairs, so that
 * one cold night does not decide) through the samples. Infinity when it does not sink, `undefined` when too little is known.
 */
export const batteryEmptyAt = (samples: readonly BatterySample[], empty: number): number | undefined => {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (samples.length < MIN_SAMPLES || last.at - first.at < MIN_SPAN_MS) return undefined;
  const slopes = samples.flatMap((later, index) =>
    samples.slice(0, index).map((earlier) => (later.value - earlier.value) / (later.at - earlier.at)),
  );
  const slope = median(slopes) ?? 0;
  if (slope >= 0) return Number.POSITIVE_INFINITY;
  const level = median(samples.map(({ at, value }) => value - slope * (at - last.at))) ?? last.value;
  return Math.round(last.at + Math.max(0, (level - empty) / -slope));
};
