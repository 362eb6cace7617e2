import type { Station } from '../city/entities.ts';
import { mayPublishIndex } from '../city/station-class.ts';
import { type IndexQuantity, stationSeriesId } from '../telemetry/derived-quantities.ts';
import type { Reading } from '../telemetry/reading.ts';
import { dayOfAir, hourOfAir, type IndexAt } from './air-indices.ts';
import { COMPLETENESS_TEST, derivedReading, type KnownValues, knownValues, storeDerived } from './derived-series.ts';
import type { SeriesHours, WindowOutcome } from './evaluate-window.ts';
import type { EvaluationContext } from './evaluation.ts';
import type { Window } from './periods.ts';
import { indicativeWqiOfDay, phOfDays } from './water-index.ts';

const HOUR_MS = 3_600_000;

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
  { quantity, endsAt, result }: IndexAt,
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
    const at = { station, own, policy: context.policy };
    const computed: readonly IndexAt[] =
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
