import { averagedQuantities, meanQuantityOf } from '../telemetry/derived-quantities.ts';
import type { Reading } from '../telemetry/reading.ts';
import { meanAt } from './averaging.ts';
import { type LongPeriod, longPeriodOf, type Period } from './calendar-periods.ts';
import { knownValues, meanReadings, storeDerived } from './derived-series.ts';
import { type EvaluationContext, type Findings, noFindings, type Site } from './evaluation.ts';
import { judge, limitsAt } from './judge.ts';
import { meansOfDays } from './means.ts';

export type LongUnit = 'month' | 'year';

/** The months or years that the days belong to and that had ended by an instant, oldest first. */
export const endedLongPeriods = (
  unit: LongUnit,
  days: readonly Period[],
  { timeZone, endedBy }: { readonly timeZone: string; readonly endedBy: number },
): readonly LongPeriod[] => {
  const periods = new Map<number, LongPeriod>();
  let last: LongPeriod | undefined;
  for (const { endsAt } of days) {
    if (last !== undefined && endsAt > last.startsAt && endsAt <= last.endsAt) continue;
    last = longPeriodOf(unit, endsAt, timeZone);
    if (last.endsAt <= endedBy) periods.set(last.endsAt, last);
  }
  return [...periods.values()].sort((a, b) => a.endsAt - b.endsAt);
};

/** Stored daily means as arrays; every one of them is valid. */
const storedDays = (known: ReadonlyMap<number, number>) => {
  const days = [...known].sort(([a], [b]) => a - b);
  return {
    length: days.length,
    endsAt: Float64Array.from(days, ([endsAt]) => endsAt),
    values: Float64Array.from(days, ([, value]) => value),
    isValid: new Uint8Array(days.length).fill(1),
  };
};

/** The mean of one month or year of every series at the sites, from the daily means that are stored: judged, and stored itself. */
export const evaluateLongPeriod = async (
  context: EvaluationContext,
  sites: readonly Site[],
  unit: LongUnit,
  period: LongPeriod,
): Promise<Findings> => {
  const findings = noFindings();
  const { readings } = context.request;
  const source = { readings, utcOffset: context.utcOffset };
  for (const quantity of averagedQuantities) {
    const [daily, name] = [meanQuantityOf(quantity, '24h'), meanQuantityOf(quantity, unit)];
    const own = sites.filter(({ measures }) => measures.has(quantity));
    if (own.length === 0 || daily === undefined || name === undefined) continue;
    const sensorIds = own.map(({ sensor }) => sensor.id);
    const days = await knownValues(source, { quantity: daily, sensorIds, from: period.startsAt, to: period.endsAt });
    const range = { from: period.endsAt - 1, to: period.endsAt };
    const known = await knownValues(source, { quantity: name, sensorIds, ...range });
    const derived: Reading[] = [];
    for (const site of own) {
      const { id: sensorId } = site.sensor;
      const stored = known.get(sensorId);
      const ownDays = days.get(sensorId);
      if (ownDays === undefined && stored === undefined) continue;
      const means = meansOfDays(storedDays(ownDays ?? new Map()), [period], context.policy[unit]);
      const series = { sensorId, quantity, period: unit, ...range, now: context.now, known: stored };
      derived.push(...meanReadings(means, series));
      const limits = context.limitsOf(site.station, quantity);
      for (const limit of limitsAt(context, limits, unit, period.startsAt)) {
        judge(context, findings, { site, limit, period, mean: meanAt(means, 0) });
      }
    }
    findings.derived += await storeDerived(readings, derived);
  }
  return findings;
};
