import type { Station } from '../city/entities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import { countedFlags } from './averaging.ts';
import { partsNeeded } from './averaging-policy.ts';
import type { Period } from './calendar-periods.ts';
import type { SeriesHours } from './evaluate-window.ts';
import type { EvaluationContext } from './evaluation.ts';
import type { IndexResult } from './indices/index-result.ts';
import { indicativeWqi } from './indices/vn-wqi.ts';
import type { WaterValue } from './indices/wqi-sub-indices.ts';
import { expectedPerHour, meansOfHours, roundMean } from './means.ts';
import { meanEndingAt, seriesFor } from './station-series.ts';

const HOUR_MS = 3_600_000;

/** The pH of a day, by its end. */
export type DaysOfPh = ReadonlyMap<number, Required<Pick<WaterValue, 'value' | 'completeness'>>>;

/**
 * pH is a logarithm: its mean is that of the hydrogen ions, -lg(Σ 10^-pH / n), over the hours of a day (an hour's own values lie so near
 * each other that their mean serves). Of several sensors the one with the most valid hours. `undefined` with too few.
 */
export const meanPh = (hourly: readonly number[]): number =>
  roundMean(-Math.log10(hourly.reduce((sum, ph) => sum + 10 ** -ph, 0) / hourly.length));

/** pH by station and day. It is no series of means, so its readings are asked for once a day. */
export const phOfDays = async (
  { request, sites, utcOffset, policy }: EvaluationContext,
  stations: readonly Station[],
  days: readonly Period[],
): Promise<ReadonlyMap<string, DaysOfPh>> => {
  const wanted = new Set(stations.map(({ id }) => id));
  const measuring = sites.filter(({ station, measures }) => wanted.has(station.id) && measures.has('ph'));
  const [first, last] = [days[0], days.at(-1)];
  const byStation = new Map<string, Map<number, { value: number; completeness: number }>>();
  if (first === undefined || last === undefined || measuring.length === 0) return byStation;
  const buckets = await request.readings.buckets({
    sensorIds: measuring.map(({ sensor }) => sensor.id),
    quantity: 'ph',
    from: first.startsAt,
    to: last.endsAt,
    size: 'hour',
    utcOffsetMinutes: utcOffset,
    flags: countedFlags,
  });
  const bySensor = Map.groupBy(buckets, ({ sensorId }) => sensorId);
  for (const { sensor, station } of measuring) {
    const needed = partsNeeded(policy.hour, expectedPerHour(sensor.intervalSeconds));
    const hours = (bySensor.get(sensor.id) ?? []).filter(({ count }) => count >= needed);
    const own = byStation.get(station.id) ?? new Map<number, { value: number; completeness: number }>();
    byStation.set(station.id, own);
    for (const { startsAt, endsAt } of days) {
      const valid = hours.filter((hour) => hour.endsAt > startsAt && hour.endsAt <= endsAt).map(({ mean }) => mean);
      const expected = Math.round((endsAt - startsAt) / HOUR_MS);
      const completeness = valid.length / expected;
      const isBetter = completeness > (own.get(endsAt)?.completeness ?? 0);
      if (isBetter && valid.length >= partsNeeded(policy.day, expected))
        own.set(endsAt, { value: meanPh(valid), completeness });
    }
  }
  return byStation;
};

/** What a water station's sensors say of a day: an indication, never VN_WQI. */
export const indicativeWqiOfDay = (
  { policy }: EvaluationContext,
  station: Station,
  own: readonly SeriesHours[],
  { day, ph }: { readonly day: Period; readonly ph: DaysOfPh | undefined },
): IndexResult => {
  const values: Partial<Record<Quantity, WaterValue>> = {};
  for (const quantity of new Set(own.map((series) => series.quantity))) {
    const series = seriesFor(own, quantity, day);
    const mean = series && meanEndingAt(meansOfHours(series.hours, [day], policy.day), day.endsAt);
    if (mean?.isValid !== true) continue;
    values[quantity] = { value: mean.value, completeness: mean.completeness, origin: 'sensor' };
  }
  const acidity = ph?.get(day.endsAt);
  if (acidity !== undefined) values.ph = { ...acidity, origin: 'sensor' };
  return indicativeWqi({ station, values, ...(station.waterConcerns && { concerns: station.waterConcerns }) });
};
