import type { Period } from '../calendar-periods.ts';
import { nearestRank, reportedPercentiles } from './percentiles.ts';
import type { Point, Statistics, ValueAt } from './report.ts';
import type { KnownSeries } from './report-input.ts';
import { percentOf, reported, reportedBeside } from './reported-number.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** A period with what is known of it: `index` into the series, or -1 where nobody evaluated it. */
export type KnownPeriod = Period & { readonly index: number };

/** What a series knows of each period, matched by their ends. */
export const knownPeriods = (series: KnownSeries, periods: readonly Period[]): readonly KnownPeriod[] => {
  const indexOf = new Map<number, number>();
  for (let index = 0; index < series.length; index += 1) indexOf.set(series.endsAt[index] as number, index);
  return periods.map((period) => ({ ...period, index: indexOf.get(period.endsAt) ?? -1 }));
};

/** The valid value of a period; `undefined` where there is none. */
export const validValue = (series: KnownSeries, { index }: Pick<KnownPeriod, 'index'>): number | undefined => {
  const value = index < 0 ? Number.NaN : (series.values[index] as number);
  return Number.isNaN(value) ? undefined : value;
};

export const pointsOf = (
  series: KnownSeries,
  periods: readonly Period[],
  brokenLimit: (value: number, startsAt: number) => number | undefined = () => undefined,
): Point[] =>
  knownPeriods(series, periods).map((period) => {
    const value = validValue(series, period);
    const limit = value === undefined ? undefined : brokenLimit(value, period.startsAt);
    const status = value !== undefined ? 'value' : period.index < 0 ? 'absent' : 'invalid';
    return {
      startsAt: iso(period.startsAt),
      endsAt: iso(period.endsAt),
      status,
      value: value === undefined ? null : limit === undefined ? reported(value) : reportedBeside(value, limit),
      broken: limit !== undefined,
      reason: status === 'invalid' ? (series.reasons.get(period.index) ?? null) : null,
    };
  });

/** How often each reason came, most frequent first, then by name. */
export const countReasons = (reasons: Iterable<string>): { code: string; count: number }[] => {
  const counts = new Map<string, number>();
  for (const code of reasons) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
};

const extreme = (
  series: KnownSeries,
  valid: readonly KnownPeriod[],
  isBeyond: (value: number, extreme: number) => boolean,
): ValueAt | null => {
  let found: (KnownPeriod & { readonly value: number }) | undefined;
  for (const period of valid) {
    const value = validValue(series, period) as number;
    // Of equal values the first one counts.
    if (found === undefined || isBeyond(value, found.value)) found = { ...period, value };
  }
  return found === undefined
    ? null
    : { value: reported(found.value), startsAt: iso(found.startsAt), endsAt: iso(found.endsAt) };
};

/** Statistics over the valid values of a series; `periods` are those that there should be. */
export const statisticsOf = (of: Statistics['of'], series: KnownSeries, periods: readonly Period[]): Statistics => {
  const known = knownPeriods(series, periods);
  const valid = known.filter((period) => validValue(series, period) !== undefined);
  const invalid = known.filter((period) => period.index >= 0 && validValue(series, period) === undefined);
  const ascending = Float64Array.from(valid, (period) => validValue(series, period) as number).sort();
  const sum = ascending.reduce((total, value) => total + value, 0);
  return {
    of,
    expected: periods.length,
    valid: valid.length,
    invalid: invalid.length,
    absent: periods.length - valid.length - invalid.length,
    validPercent: percentOf(valid.length, periods.length),
    mean: valid.length === 0 ? null : reported(sum / valid.length),
    min: extreme(series, valid, (value, least) => value < least),
    max: extreme(series, valid, (value, greatest) => value > greatest),
    // Of a single period that there should be, as of the year in a report of it, they would say nothing.
    percentiles: (periods.length < 2 ? [] : reportedPercentiles).flatMap((percent) => {
      const value = nearestRank(ascending, percent);
      return value === undefined ? [] : [{ percent, value: reported(value) }];
    }),
    reasons: countReasons(invalid.map(({ index }) => series.reasons.get(index) ?? 'unknown')),
  };
};
