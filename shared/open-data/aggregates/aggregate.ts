import type { AveragingPolicy } from '../../environment/averaging-policy.ts';
import { type Period, periodsEndingIn } from '../../environment/calendar-periods.ts';
import {
  expectedPerHour,
  hourGrid,
  hourlyMeansOf,
  type MeanSeries,
  meansOfDays,
  meansOfHours,
  roundMean,
} from '../../environment/means.ts';
import type { Bucket } from '../../telemetry/reading-store.ts';
import type { Statistics } from './statistics.ts';

export const aggregatePeriods = ['hour', 'day', 'month'] as const;
export type AggregatePeriod = (typeof aggregatePeriods)[number];

/** What the readings of one series say of one period, `startsAt` < t ≤ `endsAt` (UTC epoch milliseconds), and how much that rests on. */
export type Aggregate = {
  readonly startsAt: number;
  readonly endsAt: number;
  /** Null where nothing counts, or where the quantity has no such statistic. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number | null;
  /** Readings that the sensor's interval lets expect, and those that count: good ones, and those that nobody evaluated. */
  readonly expected: number;
  readonly observed: number;
  /** observed / expected, at most 1. */
  readonly coverage: number;
  readonly good: number;
  readonly notEvaluated: number;
  /** Readings that were left out for their quality. */
  readonly suspect: number;
  readonly failed: number;
  /** 1 good, 2 with readings that nobody evaluated, 3 with less data than a mean needs (`coverage`), 9 nothing. */
  readonly flag: 1 | 2 | 3 | 9;
  readonly test: 'none' | 'coverage';
};

/** Hourly buckets of one series, by the flag of the readings in them. */
export type HoursByFlag = Readonly<Record<1 | 2 | 3 | 4, readonly Bucket[]>>;

export type AggregateRequest = {
  readonly by: AggregatePeriod;
  readonly periods: readonly Period[];
  readonly hours: HoursByFlag;
  readonly statistics: Statistics;
  readonly intervalSeconds: number;
  readonly policy: AveragingPolicy;
  readonly timeZone: string;
  readonly utcOffsetMinutes: number;
};

const HOUR_MS = 3_600_000;

/** The periods of a kind that end in `from` < t ≤ `to`, oldest first, on the city's clock. */
export const aggregatePeriodsOf = (
  by: AggregatePeriod,
  { from, to }: { readonly from: number; readonly to: number },
  { timeZone, utcOffsetMinutes }: Pick<AggregateRequest, 'timeZone' | 'utcOffsetMinutes'>,
): readonly Period[] => {
  if (by === 'day') return periodsEndingIn(from, to, timeZone).days;
  if (by === 'month') return periodsEndingIn(from, to, timeZone).months;
  const { firstEndsAt, length } = hourGrid(from + 1, to, utcOffsetMinutes);
  const ends = Array.from({ length }, (_, index) => firstEndsAt + index * HOUR_MS).filter((end) => end <= to);
  return ends.map((endsAt) => ({ startsAt: endsAt - HOUR_MS, endsAt }));
};

type Tally = {
  count: number;
  sum: number;
  min: number;
  max: number;
};
const none = (): Tally => ({ count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY });

const take = (tally: Tally, { count, mean, min, max }: Bucket): void => {
  tally.count += count;
  tally.sum += mean * count;
  tally.min = Math.min(tally.min, min);
  tally.max = Math.max(tally.max, max);
};

/** Adds buckets up by period; both are in the order of their ends. */
const tallies = (periods: readonly Period[], buckets: readonly Bucket[]): readonly Tally[] => {
  const sorted = buckets.toSorted((a, b) => a.endsAt - b.endsAt);
  let next = 0;
  return periods.map(({ startsAt, endsAt }) => {
    const tally = none();
    while ((sorted[next]?.endsAt ?? Number.POSITIVE_INFINITY) <= startsAt) next += 1;
    for (; (sorted[next]?.endsAt ?? Number.POSITIVE_INFINITY) <= endsAt; next += 1) take(tally, sorted[next] as Bucket);
    return tally;
  });
};

/** Of each hour, good and unevaluated readings together. */
const counted = ({ 1: good, 2: unevaluated }: HoursByFlag): readonly Bucket[] => {
  const byEnd = new Map<number, Bucket>();
  for (const bucket of [...good, ...unevaluated]) {
    const known = byEnd.get(bucket.endsAt);
    const count = bucket.count + (known?.count ?? 0);
    byEnd.set(bucket.endsAt, {
      ...bucket,
      count,
      mean: known === undefined ? bucket.mean : (known.mean * known.count + bucket.mean * bucket.count) / count,
      min: Math.min(bucket.min, known?.min ?? bucket.min),
      max: Math.max(bucket.max, known?.max ?? bucket.max),
    });
  }
  return [...byEnd.values()];
};

/** By the rules of the evaluation: a day's mean is that of its valid hours, a month's that of its valid days. */
const meansOf = (request: AggregateRequest, hourly: readonly Bucket[]): MeanSeries => {
  const { by, periods, policy, timeZone, utcOffsetMinutes } = request;
  const [first, last] = [periods[0], periods.at(-1)];
  const from = first?.startsAt ?? 0;
  const to = last?.endsAt ?? 0;
  const grid = hourGrid(from + 1, to, utcOffsetMinutes);
  const hours = hourlyMeansOf(grid, hourly, expectedPerHour(request.intervalSeconds), policy);
  if (by === 'hour') return hours;
  if (by === 'day') return meansOfHours(hours, periods, policy.day);
  const calendar = periodsEndingIn(from, to, timeZone);
  return meansOfDays(meansOfHours(hours, calendar.days, policy.day), calendar.months, policy.month);
};

const flagOf = (observed: number, unevaluated: number, isValid: boolean): Pick<Aggregate, 'flag' | 'test'> => {
  if (observed === 0) return { flag: 9, test: 'coverage' };
  if (!isValid) return { flag: 3, test: 'coverage' };
  return { flag: unevaluated > 0 ? 2 : 1, test: 'none' };
};

/**
 * What hourly buckets of one series say of each period: one element a period, also of those without data, which are null and never zero.
 * @example
 * const periods = aggregatePeriodsOf('day', { from, to }, clock);
 * aggregate({ by: 'day', periods, hours, statistics: { mean: true, range: true, sum: false }, intervalSeconds: 300, policy, ...clock });
 */
export const aggregate = (request: AggregateRequest): readonly Aggregate[] => {
  const { periods, hours, statistics, intervalSeconds } = request;
  if (periods.length === 0) return [];
  const hourly = counted(hours);
  const means = meansOf(request, hourly);
  const all = tallies(periods, hourly);
  const [good, unevaluated, suspect, failed] = ([1, 2, 3, 4] as const).map((flag) => tallies(periods, hours[flag]));
  return periods.map(({ startsAt, endsAt }, index): Aggregate => {
    const { count: observed, sum, min, max } = all[index] as Tally;
    const mean = means.values[index] as number;
    const expected = Math.round((endsAt - startsAt) / HOUR_MS) * expectedPerHour(intervalSeconds);
    const countOf = (of: readonly Tally[] | undefined): number => of?.[index]?.count ?? 0;
    const known = observed > 0;
    return {
      startsAt,
      endsAt,
      mean: statistics.mean && known && !Number.isNaN(mean) ? mean : null,
      min: statistics.range && known ? min : null,
      max: statistics.range && known ? max : null,
      sum: statistics.sum && known ? roundMean(sum) : null,
      expected,
      observed,
      coverage: roundMean(Math.min(1, observed / expected)),
      good: countOf(good),
      notEvaluated: countOf(unevaluated),
      suspect: countOf(suspect),
      failed: countOf(failed),
      ...flagOf(observed, countOf(unevaluated), means.isValid[index] === 1),
    };
  });
};
