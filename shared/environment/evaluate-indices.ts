import type { Station } from '../city/entities.ts';
import { mayPublishIndex } from '../city/station-class.ts';
import { type IndexQuantity, stationSeriesId } from '../telemetry/derived-quantities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { Period } from './calendar-periods.ts';
import { COMPLETENESS_TEST, derivedReading, type KnownValues, knownValues, storeDerived } from './derived-series.ts';
import type { SeriesHours, WindowOutcome } from './evaluate-window.ts';
import type { EvaluationContext } from './evaluation.ts';
import type { IndexResult, Slots } from './indices/index-result.ts';
import { NOWCAST_HOURS } from './indices/nowcast.ts';
import { usAqiDaily, usAqiNowcast } from './indices/us-aqi.ts';
import { vnAqiDaily, vnAqiHourly } from './indices/vn-aqi.ts';
import { meansOfHours } from './means.ts';
import type { Window } from './periods.ts';
import { meanEndingAt, seriesFor, slotsIn } from './station-series.ts';
import { indicativeWqiOfDay, phOfDays } from './water-index.ts';

const HOUR_MS = 3_600_000;

/** One value of an index, or why there is none. */
type Computed = { readonly quantity: IndexQuantity; readonly endsAt: number; readonly result: IndexResult };

type AtStation = {
  readonly station: Station;
  readonly own: readonly SeriesHours[];
  readonly context: EvaluationContext;
};

/** The indices of the air of an hour. */
const hourOfAir = ({ station, own, context }: AtStation, endsAt: number): readonly Computed[] => {
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
  const so2Of24h = so2 && meanEndingAt(meansOfHours(so2.hours, [day], context.policy.day), endsAt);
  const us = { ...inputs, so2Of24h, o3Of8h: eightHours('o3'), coOf8h: eightHours('co') };
  return [
    { quantity: 'vnAqi1h', endsAt, result: vnAqiHourly({ ...inputs, co: hour('co') }) },
    { quantity: 'usAqiNowcast', endsAt, result: usAqiNowcast(us) },
  ];
};

/** The indices of the air of a calendar day. */
const dayOfAir = ({ station, own, context }: AtStation, day: Period): readonly Computed[] => {
  const of = (quantity: Quantity) => seriesFor(own, quantity, day);
  const mean = (quantity: Quantity): Slots[number] => {
    const series = of(quantity);
    const means = series && meansOfHours(series.hours, [day], context.policy.day);
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

const hourEndsIn = ({ from, to }: Window): readonly number[] =>
  Array.from({ length: Math.round((to - from) / HOUR_MS) }, (_, hour) => from + (hour + 1) * HOUR_MS);

/** What the store has of a station's indices. */
const storedIndices = async (
  { request, utcOffset }: EvaluationContext,
  names: readonly IndexQuantity[],
  stations: readonly Station[],
  window: Window,
): Promise<ReadonlyMap<IndexQuantity, KnownValues>> => {
  const known = new Map<IndexQuantity, KnownValues>();
  const sensorIds = stations.map(({ id }) => stationSeriesId(id));
  for (const quantity of names) {
    known.set(
      quantity,
      await knownValues({ readings: request.readings, utcOffset }, { quantity, sensorIds, ...window }),
    );
  }
  return known;
};

/** A value that is new or changed, or the reason why there is none; nothing where there is no data and never was. */
const readingOf = (
  context: EvaluationContext,
  station: Station,
  { quantity, endsAt, result }: Computed,
  stored: number | undefined,
): readonly Reading[] => {
  const series = { sensorId: stationSeriesId(station.id), quantity };
  const at = { endsAt, now: context.now };
  if (result.status === 'computed') {
    const { value } = result;
    return stored === value ? [] : [derivedReading(series, at, { value, test: COMPLETENESS_TEST })];
  }
  const { reason } = result;
  return reason === 'no-data' && stored === undefined ? [] : [derivedReading(series, at, { reason })];
};

/**
 * Works out the indices of every station that may publish them for the hours and days that end in a window, and stores them where they are
 * new or changed; answers how many are. A reference station has means and no index (TT 10/2021/TT-BTNMT, Điều 29).
 */
export const evaluateIndices = async (
  context: EvaluationContext,
  window: Window,
  { days, series }: Pick<WindowOutcome, 'days' | 'series'>,
): Promise<number> => {
  const byStation = new Map<Station, SeriesHours[]>();
  for (const one of series) {
    const { station } = one.site;
    if (mayPublishIndex(station)) byStation.set(station, [...(byStation.get(station) ?? []), one]);
  }
  const stations = [...byStation.keys()];
  const air = stations.filter(({ kind }) => kind === 'air');
  const water = stations.filter(({ kind }) => kind === 'water');
  const ofHour: readonly IndexQuantity[] = air.length > 0 ? ['vnAqi1h', 'usAqiNowcast'] : [];
  const ofAirDay: readonly IndexQuantity[] = air.length > 0 && days.length > 0 ? ['vnAqi24h', 'usAqi24h'] : [];
  const ofWaterDay: readonly IndexQuantity[] = water.length > 0 && days.length > 0 ? ['wqiIndicative'] : [];
  const known = await storedIndices(context, [...ofHour, ...ofAirDay, ...ofWaterDay], stations, window);
  const ph = await phOfDays(context, water, days);
  const readings: Reading[] = [];
  for (const [station, own] of byStation) {
    const at = { station, own, context };
    const computed: readonly Computed[] =
      station.kind === 'air'
        ? [
            ...hourEndsIn(window).flatMap((endsAt) => hourOfAir(at, endsAt)),
            ...days.flatMap((day) => dayOfAir(at, day)),
          ]
        : days.map((day) => {
            const result = indicativeWqiOfDay(context, station, own, { day, ph: ph.get(station.id) });
            return { quantity: 'wqiIndicative', endsAt: day.endsAt, result };
          });
    const seriesId = stationSeriesId(station.id);
    for (const one of computed) {
      const stored = known.get(one.quantity)?.get(seriesId)?.get(one.endsAt);
      readings.push(...readingOf(context, station, one, stored));
    }
  }
  return storeDerived(context.request.readings, readings);
};
