import { quantities } from '../../telemetry/quantity.ts';
import { type AveragingPeriod, breaks, type Limit } from '../limit.ts';
import type { Covered } from './periods-covered.ts';
import type { ExceedanceRow, ValueAt } from './report.ts';
import type { KnownSeries, QuantityInput } from './report-input.ts';
import type { ReportPeriod } from './report-period.ts';
import { percentOf, reportedBeside } from './reported-number.ts';
import { knownPeriods, validValue } from './statistics.ts';

const HOUR_MS = 3_600_000;

type Judged = { readonly startsAt: number; readonly endsAt: number; readonly value: number | undefined };

/** Every period of a mean that ends in the report's, with its valid value where there is one. */
const judgedMeans = (
  series: KnownSeries,
  of: Exclude<AveragingPeriod, 'single'>,
  { periods }: Covered,
): readonly Judged[] =>
  knownPeriods(series, periods(of)).map((known) => ({
    startsAt: known.startsAt,
    endsAt: known.endsAt,
    value: validValue(series, known),
  }));

/**
 * Single values, hour by hour as the evaluation judges them: of every hour with values that count, the worst. An hour without any says
 * nothing, for many such values are samples of a laboratory.
 */
const judgedSingles = (singles: KnownSeries, { startsAt }: ReportPeriod, bound: Limit['bound']): readonly Judged[] => {
  const worst = new Map<number, number>();
  for (let index = 0; index < singles.length; index += 1) {
    const value = singles.values[index] as number;
    const endsAt = startsAt + Math.ceil(((singles.endsAt[index] as number) - startsAt) / HOUR_MS) * HOUR_MS;
    const known = worst.get(endsAt);
    if (known === undefined || (bound === 'max' ? value > known : value < known)) worst.set(endsAt, value);
  }
  return [...worst].map(([endsAt, value]) => ({ startsAt: endsAt - HOUR_MS, endsAt, value }));
};

const valueAt = ({ startsAt, endsAt }: Judged, value: number, limit: Limit): ValueAt => ({
  value: reportedBeside(value, limit.value),
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
});

type Row = Pick<ExceedanceRow, 'judged' | 'notJudged' | 'broken' | 'brokenPercent' | 'first' | 'last' | 'worst'>;

const uncounted: Row = {
  judged: null,
  notJudged: null,
  broken: null,
  brokenPercent: null,
  first: null,
  last: null,
  worst: null,
};

/** What periods say under a limit; only those count that begin on a day on which it is in force. */
const rowOf = (limit: Limit, periods: readonly Judged[]): Row => {
  const broken: (Judged & { readonly value: number })[] = [];
  let judged = 0;
  for (const period of periods) {
    if (period.value === undefined) continue;
    judged += 1;
    if (breaks(period.value, limit)) broken.push({ ...period, value: period.value });
  }
  const [first] = broken;
  const last = broken.at(-1);
  // Of equally bad ones the first counts.
  const worst = broken.reduce<(typeof broken)[number] | undefined>(
    (found, each) => (found === undefined || breaks(each.value, { ...limit, value: found.value }) ? each : found),
    undefined,
  );
  return {
    judged,
    notJudged: periods.length - judged,
    // Of nothing judged nobody can say that nothing was broken.
    broken: judged === 0 ? null : broken.length,
    brokenPercent: percentOf(broken.length, judged),
    first: first ? valueAt(first, first.value, limit) : null,
    last: last ? valueAt(last, last.value, limit) : null,
    worst: worst ? valueAt(worst, worst.value, limit) : null,
  };
};

const inForceOn = ({ inForce: { from, to } }: Limit, date: string): boolean =>
  from <= date && (to === undefined || date <= to);

/**
 * The averaging periods that end in the report's and begin on a day on which a limit is in force, oldest first. `undefined` where single
 * values are limited and nobody could count them.
 */
const judgedPeriods = (
  { means, raw }: QuantityInput,
  limit: Limit,
  covered: Covered,
): readonly Judged[] | undefined => {
  const { averagingPeriod } = limit;
  const periodsOf = (): readonly Judged[] | undefined => {
    if (averagingPeriod === 'single') {
      return raw?.singles && judgedSingles(raw.singles, covered.period, limit.bound);
    }
    const series = means[averagingPeriod];
    return series === undefined ? [] : judgedMeans(series, averagingPeriod, covered);
  };
  return periodsOf()?.filter(({ startsAt }) => inForceOn(limit, covered.dateOf(startsAt)));
};

/** The periods of a report that broke a limit, with their values, oldest first. */
export const brokenPeriods = (input: QuantityInput, limit: Limit, covered: Covered) =>
  (judgedPeriods(input, limit, covered) ?? []).flatMap(({ value, ...period }) =>
    value !== undefined && breaks(value, limit) ? [{ ...period, value }] : [],
  );

/**
 * One quantity of one sensor under each of the station's limits that hold on any day of the report, on the averaging periods that end in
 * it. A limit of months or years appears in reports that are long enough.
 */
export const exceedanceRows = (
  input: QuantityInput,
  limits: readonly Limit[],
  covered: Covered,
): readonly ExceedanceRow[] => {
  const { sensorId, quantity } = input;
  const { unit } = quantities[quantity];
  return limits
    .filter((limit) => limit.quantity === quantity)
    .flatMap((limit) => {
      const periods = judgedPeriods(input, limit, covered);
      // Nothing that it applies to ends in this report.
      if (periods?.length === 0) return [];
      const { limitId, averagingPeriod, bound, value, standard, decision, role = 'limit' } = limit;
      const row = periods === undefined ? uncounted : rowOf(limit, periods);
      return [
        { sensorId, quantity, limitId, averagingPeriod, bound, limit: value, unit, standard, decision, role, ...row },
      ];
    });
};
