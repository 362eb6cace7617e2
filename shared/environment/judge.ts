import { quantities } from '../telemetry/quantity.ts';
import type { Mean } from './averaging.ts';
import type { Period } from './calendar-periods.ts';
import type { EvaluationContext, Findings, Site } from './evaluation.ts';
import type { Exceedance } from './exceedance.ts';
import { type AveragingPeriod, breaks, type Limit } from './limit.ts';

const exceedanceOf = (context: EvaluationContext, { sensor, station }: Site, mean: Mean, limit: Limit): Exceedance => {
  const { limitId, quantity } = limit;
  return {
    exceedanceId: [station.id, sensor.id, quantity, limitId, mean.endsAt].join('~'),
    stationId: station.id,
    stationName: station.name,
    sensorId: sensor.id,
    quantity,
    limitId,
    standard: limit.standard,
    averagingPeriod: limit.averagingPeriod,
    periodStartsAt: mean.startsAt,
    periodEndsAt: mean.endsAt,
    value: mean.value,
    limit: limit.value,
    bound: limit.bound,
    unit: quantities[quantity].unit,
    observed: mean.observed,
    expected: mean.expected,
    completeness: mean.completeness,
    evaluatedAt: context.request.at,
  };
};

/** The limits of one averaging period that hold on the day on which a period begins. */
export const limitsAt = (
  context: EvaluationContext,
  limits: readonly Limit[],
  averagingPeriod: AveragingPeriod,
  startsAt: number,
): readonly Limit[] => {
  const own = limits.filter((limit) => limit.averagingPeriod === averagingPeriod);
  if (own.length === 0) return own;
  const date = context.dateOf(startsAt);
  return own.filter(({ inForce: { from, to } }) => from <= date && (to === undefined || date <= to));
};

/** Judges one mean, or the lack of one, over a period by one limit. */
export const judge = (
  context: EvaluationContext,
  findings: Findings,
  { site, limit, period, mean }: { site: Site; limit: Limit; period: Period; mean: Mean | undefined },
): void => {
  const { sensor, station } = site;
  const { startsAt, endsAt } = period;
  findings.judged.push({ stationId: station.id, sensorId: sensor.id, limit, startsAt, endsAt, ...(mean && { mean }) });
  if (mean === undefined || !mean.isValid) {
    findings.invalid += 1;
    return;
  }
  findings.evaluated += 1;
  if (breaks(mean.value, limit)) findings.exceedances.push(exceedanceOf(context, site, mean, limit));
};
