import type { QualityFlag } from '../telemetry/reading.ts';
import { defaultAveragingPolicy } from './averaging-policy.ts';
import type { MeanSeries } from './means.ts';

/** Readings that count towards a mean: good, and those that nobody evaluated. */
export const countedFlags: readonly QualityFlag[] = [1, 2];

/** The share of a day's means that its greatest is taken of, where no city says otherwise: see `averagingPolicySchema`. */
export const MIN_COMPLETENESS = defaultAveragingPolicy.day;

/** A mean over `startsAt` < t ≤ `endsAt` (UTC epoch milliseconds), with the data it rests on. */
export type Mean = {
  readonly startsAt: number;
  readonly endsAt: number;
  /** In the quantity's canonical unit; meaningful as a mean of the period only when `isValid`. */
  readonly value: number;
  /** What it is made of: readings of an hour, valid hours of 8 hours and of a day, valid days of a month and of a year. */
  readonly observed: number;
  readonly expected: number;
  /** observed / expected, at most 1. */
  readonly completeness: number;
  readonly isValid: boolean;
};

/** One mean out of many; `undefined` where nothing of the period counts. */
export const meanAt = (series: MeanSeries, index: number): Mean | undefined => {
  const observed = series.observed[index] ?? 0;
  if (observed === 0) return undefined;
  const expected = series.expected[index] ?? observed;
  return {
    startsAt: series.startsAt[index] as number,
    endsAt: series.endsAt[index] as number,
    value: series.values[index] as number,
    observed,
    expected,
    completeness: Math.min(1, observed / expected),
    isValid: series.isValid[index] === 1,
  };
};
