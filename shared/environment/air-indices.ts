import type { Station } from '../city/entities.ts';
import type { IndexQuantity } from '../telemetry/derived-quantities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { AveragingPolicy } from './averaging-policy.ts';
import type { Period } from './calendar-periods.ts';
import type { SeriesHours } from './evaluate-window.ts';
import type { IndexResult, Slots } from './indices/index-result.ts';
import { NOWCAST_HOURS } from './indices/nowcast.ts';
import { usAqiDaily, usAqiNowcast } from './indices/us-aqi.ts';
import { vnAqiDaily, vnAqiHourly } from './indices/vn-aqi.ts';
import { meansOfHours } from './means.ts';
import { meanEndingAt, seriesFor, slotsIn } from './station-series.ts';

const HOUR_MS = 3_600_000;

/** One value of an index, or why there is none. */
export type IndexAt<Name extends IndexQuantity = IndexQuantity> = {
  readonly quantity: Name;
  readonly endsAt: number;
  readonly result: IndexResult;
};

/** A station with the hours of its sensors, back to 24 hours before what is asked for, and to the evening before a day. */
export type AirAtStation = {
  readonly station: Station;
  readonly own: readonly SeriesHours[];
  readonly policy: AveragingPolicy;
};

/** The indices of the air of the hour that ends at an instant. */
export const hourOfAir = (
  { station, own, policy }: AirAtStation,
  endsAt: number,
): readonly [IndexAt<'vnAqi1h'>, IndexAt<'usAqiNowcast'>] => {
  const twelve = { startsAt: endsAt - NOWCAST_HOURS * HOUR_MS, endsAt };
  const day = { startsAt: endsAt - 24 * HOUR_MS, endsAt };
  const of = (quantity: Quantity) => seriesFor(own, quantity, twelve);
  const hour = (quantity: Quantity): Slots[number] => {
    const series = of(quantity);
    return series && meanEndingAt(series.hours, endsAt);
  };
  const newestFirst = (quantity: Quantity): Slots | undefined => {
    const series = of(quantity);
    return series && slotsIn(series.hours, twelve).toReversed();
  };
  const eightHours = (quantity: Quantity): Slots[number] => {
    const series = of(quantity);
    return series && meanEndingAt(series.eightHours, endsAt);
  };
  const so2 = seriesFor(own, 'so2', day);
  const inputs = {
    station,
    pm25: newestFirst('pm25'),
    pm10: newestFirst('pm10'),
    so2: hour('so2'),
    no2: hour('no2'),
    o3: hour('o3'),
  };
  const so2Of24h = so2 && meanEndingAt(meansOfHours(so2.hours, [day], policy.day), endsAt);
  const us = { ...inputs, so2Of24h, o3Of8h: eightHours('o3'), coOf8h: eightHours('co') };
  return [
    { quantity: 'vnAqi1h', endsAt, result: vnAqiHourly({ ...inputs, co: hour('co') }) },
    { quantity: 'usAqiNowcast', endsAt, result: usAqiNowcast(us) },
  ];
};

/** The indices of the air of a calendar day. */
export const dayOfAir = (
  { station, own, policy }: AirAtStation,
  day: Period,
): readonly [IndexAt<'vnAqi24h'>, IndexAt<'usAqi24h'>] => {
  const of = (quantity: Quantity) => seriesFor(own, quantity, day);
  const mean = (quantity: Quantity): Slots[number] => {
    const series = of(quantity);
    const means = series && meansOfHours(series.hours, [day], policy.day);
    return means && meanEndingAt(means, day.endsAt);
  };
  const hours = (quantity: Quantity): Slots | undefined => {
    const series = of(quantity);
    return series && slotsIn(series.hours, day);
  };
  const eightHours = (quantity: Quantity): Slots | undefined => {
    const series = of(quantity);
    return series && slotsIn(series.eightHours, day);
  };
  const [so2, no2, o3, o3Of8h] = [hours('so2'), hours('no2'), hours('o3'), eightHours('o3')];
  const common = { station, pm25: mean('pm25'), pm10: mean('pm10'), so2, no2, o3, o3Of8h };
  const us = { ...common, so2Of24h: mean('so2'), coOf8h: eightHours('co') };
  const { endsAt } = day;
  return [
    { quantity: 'vnAqi24h', endsAt, result: vnAqiDaily({ ...common, co: hours('co') }) },
    { quantity: 'usAqi24h', endsAt, result: usAqiDaily(us) },
  ];
};
