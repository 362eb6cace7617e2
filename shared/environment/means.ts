import { type AveragingPolicy, defaultAveragingPolicy, partsNeeded } from './averaging-policy.ts';
import type { CalendarPeriods, Period } from './calendar-periods.ts';

/**
 * Means over arrays: the one place where they are computed, for the hourly run over a city as for a file of years. Nothing here knows a
 * store, a clock or a limit.
 *
 * @example
 * const grid = hourGrid(from, to, utcOffset);
 * const hours = hourlyMeans(grid, { measuredAt, values, expectedPerHour: 12 });
 * const means = allMeans(hours, calendarPeriods(grid, 'Asia/Ho_Chi_Minh'));
 * means['24h'].values[0]; // NaN when the first day has no valid hour
 */

const HOUR_MS = 3_600_000;

export const meanPeriods = ['1h', '8h', '24h', 'month', 'year'] as const;
export type MeanPeriod = (typeof meanPeriods)[number];

/** Hours without holes, each named by its end in UTC epoch milliseconds: the first, one an hour later, and so on. */
export type HourGrid = { readonly firstEndsAt: number; readonly length: number };

/**
 * Means of one series over periods of one kind, oldest first; element i of each array tells of period i, `startsAt` < t ≤ `endsAt`.
 * `values` holds NaN where nothing counts, and means what it says only where `isValid` is 1.
 */
export type MeanSeries = {
  readonly length: number;
  readonly startsAt: Float64Array;
  readonly endsAt: Float64Array;
  readonly values: Float64Array;
  /** What a mean is made of: readings of an hour, valid hours of 8 hours and of a day, valid days of a month and of a year. */
  readonly observed: Uint32Array;
  readonly expected: Uint32Array;
  readonly isValid: Uint8Array;
};

/** Far finer than any instrument; a sum of decimals must not break a limit that it only reaches. */
const DECIMALS = 1_000_000;
export const roundMean = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

/** Readings that surely fall into any hour of a sensor that reports every so many seconds; at least one. */
export const expectedPerHour = (intervalSeconds: number): number => Math.max(1, Math.floor(3_600 / intervalSeconds));

/** The end of the hour that holds an instant, on a clock that is so many minutes ahead of UTC: 08:00 for 07:00 < t ≤ 08:00. */
export const hourEnd = (at: number, utcOffsetMinutes: number): number => {
  const offset = utcOffsetMinutes * 60_000;
  return Math.ceil((at + offset) / HOUR_MS) * HOUR_MS - offset;
};

/** The hours that hold the instants from one to another, both included. */
export const hourGrid = (from: number, to: number, utcOffsetMinutes: number): HourGrid => {
  const firstEndsAt = hourEnd(from, utcOffsetMinutes);
  return { firstEndsAt, length: Math.max(0, Math.round((hourEnd(to, utcOffsetMinutes) - firstEndsAt) / HOUR_MS) + 1) };
};

const emptySeries = (length: number): MeanSeries => ({
  length,
  startsAt: new Float64Array(length),
  endsAt: new Float64Array(length),
  values: new Float64Array(length).fill(Number.NaN),
  observed: new Uint32Array(length),
  expected: new Uint32Array(length),
  isValid: new Uint8Array(length),
});

const setPeriod = (series: MeanSeries, index: number, startsAt: number, endsAt: number): void => {
  series.startsAt[index] = startsAt;
  series.endsAt[index] = endsAt;
};

/** Sets the mean of a period from the sum of what counts of it; `sum` is not looked at where nothing does. */
const setMean = (
  series: MeanSeries,
  index: number,
  { sum, observed, expected, share }: { sum: number; observed: number; expected: number; share: number },
): void => {
  series.observed[index] = observed;
  series.expected[index] = expected;
  if (observed > 0) series.values[index] = roundMean(sum / observed);
  series.isValid[index] = observed >= partsNeeded(share, expected) ? 1 : 0;
};

export type SeriesReadings = {
  /** UTC epoch milliseconds, in any order, no instant twice. */
  readonly measuredAt: ArrayLike<number>;
  /** In the quantity's canonical unit; NaN for what is missing or must not count. */
  readonly values: ArrayLike<number>;
  readonly expectedPerHour: number;
};

/** Hour-ending means of readings; what lies outside the grid is left out. */
export const hourlyMeans = (
  grid: HourGrid,
  { measuredAt, values, expectedPerHour: expected }: SeriesReadings,
  policy: AveragingPolicy = defaultAveragingPolicy,
): MeanSeries => {
  const series = emptySeries(grid.length);
  const sums = new Float64Array(grid.length);
  const counts = new Uint32Array(grid.length);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const hour = Math.ceil(((measuredAt[i] as number) - grid.firstEndsAt) / HOUR_MS);
    if (Number.isNaN(value) || hour < 0 || hour >= grid.length) continue;
    sums[hour] = (sums[hour] as number) + value;
    counts[hour] = (counts[hour] as number) + 1;
  }
  for (let hour = 0; hour < grid.length; hour += 1) {
    const endsAt = grid.firstEndsAt + hour * HOUR_MS;
    setPeriod(series, hour, endsAt - HOUR_MS, endsAt);
    const observed = counts[hour] as number;
    setMean(series, hour, { sum: sums[hour] as number, observed, expected, share: policy.hour });
  }
  return series;
};

/** Hours known already as means and numbers of readings, such as a store's buckets; hours outside the grid are left out. */
export const hourlyMeansOf = (
  grid: HourGrid,
  hours: Iterable<{ readonly endsAt: number; readonly mean: number; readonly count: number }>,
  expected: number,
  policy: AveragingPolicy = defaultAveragingPolicy,
): MeanSeries => {
  const series = emptySeries(grid.length);
  for (let hour = 0; hour < grid.length; hour += 1) {
    const endsAt = grid.firstEndsAt + hour * HOUR_MS;
    setPeriod(series, hour, endsAt - HOUR_MS, endsAt);
    series.expected[hour] = expected;
  }
  for (const { endsAt, mean, count } of hours) {
    const hour = Math.round((endsAt - grid.firstEndsAt) / HOUR_MS);
    if (hour < 0 || hour >= grid.length || count === 0) continue;
    setMean(series, hour, { sum: mean * count, observed: count, expected, share: policy.hour });
    series.values[hour] = roundMean(mean);
  }
  return series;
};

const EIGHT = 8;

/**
 * Means of 8 hours, one ending with every hour of the grid, 24 a day; the first of a day goes back into the evening before
 * (QĐ 1459/QĐ-TCMT, mục 2). Each is summed afresh, so that it does not depend on where the grid begins.
 */
export const rollingMeans = (hours: MeanSeries, policy: AveragingPolicy = defaultAveragingPolicy): MeanSeries => {
  const series = emptySeries(hours.length);
  for (let last = 0; last < hours.length; last += 1) {
    let sum = 0;
    let observed = 0;
    for (let hour = Math.max(0, last - EIGHT + 1); hour <= last; hour += 1) {
      if (hours.isValid[hour] !== 1) continue;
      sum += hours.values[hour] as number;
      observed += 1;
    }
    const endsAt = hours.endsAt[last] as number;
    setPeriod(series, last, endsAt - EIGHT * HOUR_MS, endsAt);
    setMean(series, last, { sum, observed, expected: EIGHT, share: policy.eightHours });
  }
  return series;
};

/** Means of periods from the valid means of the hours that end in them: every hour weighs the same, however many readings it had. */
export const meansOfHours = (hours: MeanSeries, periods: readonly Period[], share: number): MeanSeries => {
  const series = emptySeries(periods.length);
  const firstEndsAt = hours.endsAt[0] ?? 0;
  for (const [index, { startsAt, endsAt }] of periods.entries()) {
    const first = Math.floor((startsAt - firstEndsAt) / HOUR_MS) + 1;
    const last = Math.floor((endsAt - firstEndsAt) / HOUR_MS);
    let sum = 0;
    let observed = 0;
    for (let hour = Math.max(0, first); hour <= Math.min(last, hours.length - 1); hour += 1) {
      if (hours.isValid[hour] !== 1) continue;
      sum += hours.values[hour] as number;
      observed += 1;
    }
    setPeriod(series, index, startsAt, endsAt);
    setMean(series, index, { sum, observed, expected: last - first + 1, share });
  }
  return series;
};

/**
 * Means of months and years from the valid daily means in them: a year's mean is that of its daily values (QCVN 05:2023/BTNMT, mục 1.3).
 * `days` are oldest first and may have holes; what is expected is the number of calendar days, `periods` say it.
 */
export const meansOfDays = (
  days: Pick<MeanSeries, 'length' | 'endsAt' | 'values' | 'isValid'>,
  periods: readonly (Period & { readonly days: number })[],
  share: number,
): MeanSeries => {
  const series = emptySeries(periods.length);
  let day = 0;
  for (const [index, { startsAt, endsAt, days: expected }] of periods.entries()) {
    let sum = 0;
    let observed = 0;
    while (day < days.length && (days.endsAt[day] as number) <= startsAt) day += 1;
    for (; day < days.length && (days.endsAt[day] as number) <= endsAt; day += 1) {
      if (days.isValid[day] !== 1) continue;
      sum += days.values[day] as number;
      observed += 1;
    }
    setPeriod(series, index, startsAt, endsAt);
    setMean(series, index, { sum, observed, expected, share });
  }
  return series;
};

/** All means of one series: of each hour, of 8 hours, and of the days, months and years that end in the grid. */
export const allMeans = (
  hours: MeanSeries,
  { days, months, years }: CalendarPeriods,
  policy: AveragingPolicy = defaultAveragingPolicy,
): Readonly<Record<MeanPeriod, MeanSeries>> => {
  const daily = meansOfHours(hours, days, policy.day);
  return {
    '1h': hours,
    '8h': rollingMeans(hours, policy),
    '24h': daily,
    month: meansOfDays(daily, months, policy.month),
    year: meansOfDays(daily, years, policy.year),
  };
};
