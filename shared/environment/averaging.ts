import type { QualityFlag } from '../telemetry/reading.ts';
import type { Bucket } from '../telemetry/reading-store.ts';
import type { Day } from './periods.ts';

const HOUR_MS = 3_600_000;

/** Readings that count towards a mean: good, and those that nobody evaluated. */
export const countedFlags: readonly QualityFlag[] = [1, 2];

/**
 * Share of the expected data that a mean must rest on. Neither QCVN 05:2023 nor QĐ 1459/QĐ-TCMT states one, so this is our policy,
 * after Directive (EU) 2024/2881, Annex V: 75 % of the readings for an hour, 75 % of the hours (18 of 24) for a day.
 */
export const MIN_COMPLETENESS = 0.75;

/** A mean over `startsAt` < t ≤ `endsAt` (UTC epoch milliseconds), with the data it rests on. */
export type Mean = {
  readonly startsAt: number;
  readonly endsAt: number;
  /** In the quantity's canonical unit; meaningful as a mean of the period only when `isValid`. */
  readonly value: number;
  /** Readings that it rests on, and that the sensor should have sent. */
  readonly observed: number;
  readonly expected: number;
  /** observed / expected, at most 1. */
  readonly completeness: number;
  readonly isValid: boolean;
};

/** Far finer than any instrument; a sum of decimals must not break a limit that it only reaches. */
const DECIMALS = 1_000_000;
const round = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

/** Readings that surely fall into any hour of a sensor that reports every so many seconds; at least one. */
export const expectedPerHour = (intervalSeconds: number): number => Math.max(1, Math.floor(3_600 / intervalSeconds));

/** The mean of an hour bucket (see `ReadingStore.buckets`), valid with three quarters of the readings expected of the sensor. */
export const hourlyMean = ({ endsAt, mean, count }: Bucket, intervalSeconds: number): Mean => {
  const expected = expectedPerHour(intervalSeconds);
  const completeness = Math.min(1, count / expected);
  return {
    startsAt: endsAt - HOUR_MS,
    endsAt,
    value: round(mean),
    observed: count,
    expected,
    completeness,
    isValid: completeness >= MIN_COMPLETENESS,
  };
};

/**
 * The mean of a calendar day's valid hourly means (every hour weighs the same, however many readings it had), valid with three
 * quarters of the hours: 18 of 24. `undefined` when no hour of the day is valid.
 */
export const dailyMean = (hours: readonly Mean[], day: Day, intervalSeconds: number): Mean | undefined => {
  const valid = hours.filter((hour) => hour.isValid && hour.startsAt >= day.startsAt && hour.endsAt <= day.endsAt);
  if (valid.length === 0) return undefined;
  const hoursInDay = (day.endsAt - day.startsAt) / HOUR_MS;
  const observed = valid.reduce((sum, hour) => sum + hour.observed, 0);
  const expected = Math.round(hoursInDay * expectedPerHour(intervalSeconds));
  return {
    ...day,
    value: round(valid.reduce((sum, hour) => sum + hour.value, 0) / valid.length),
    observed,
    expected,
    completeness: Math.min(1, observed / expected),
    isValid: valid.length >= MIN_COMPLETENESS * hoursInDay,
  };
};
