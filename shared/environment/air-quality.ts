import { utcOffsetMinutes } from '../city/calendar.ts';
import type { City, Sensor, Station } from '../city/entities.ts';
import { meanQuantityOf } from '../telemetry/derived-quantities.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';
import type { SensorStateStore } from '../telemetry/sensor-state.ts';
import { type AirAtStation, dayOfAir, hourOfAir, type IndexAt } from './air-indices.ts';
import { countedFlags } from './averaging.ts';
import { type AveragingPolicy, defaultAveragingPolicy } from './averaging-policy.ts';
import { dayOf, type Period } from './calendar-periods.ts';
import { knownValues, storedHours } from './derived-series.ts';
import type { SeriesHours } from './evaluate-window.ts';
import type { Site } from './evaluation.ts';
import { type AirPollutant, airPollutants } from './indices/aqi-parts.ts';
import type { MeanInput } from './indices/index-result.ts';
import { expectedPerHour, type HourGrid, hourlyMeansOf, meansOfHours, rollingMeans } from './means.ts';
import { wholeHour } from './periods.ts';
import { meanEndingAt, seriesFor } from './station-series.ts';

const HOUR_MS = 3_600_000;
/** The 8-hour mean that ends at 01:00 goes back into the evening before. */
const EVENING_HOURS = 7;

/** The last whole hour, and the last whole day of the city, at an instant. */
export type AirPeriods = { readonly hour: Period; readonly day: Period };

/** What was measured of a pollutant, whether an index may be made of it or not. */
export type Concentration = {
  readonly quantity: AirPollutant;
  /** The mean of the hour, and of the day; absent where nothing was measured. */
  readonly hour: MeanInput | undefined;
  readonly day: MeanInput | undefined;
};

export type AirQuality = AirPeriods & {
  readonly indices: readonly [IndexAt<'vnAqi1h'>, IndexAt<'usAqiNowcast'>, IndexAt<'vnAqi24h'>, IndexAt<'usAqi24h'>];
  /** Of the pollutants that the station's sensors measure. */
  readonly concentrations: readonly Concentration[];
};

export const airPeriodsAt = (at: number, timeZone: string): AirPeriods => {
  const endsAt = wholeHour(at, utcOffsetMinutes(timeZone, at));
  const running = dayOf(endsAt, timeZone);
  return {
    hour: { startsAt: endsAt - HOUR_MS, endsAt },
    day: running.endsAt === endsAt ? running : dayOf(running.startsAt, timeZone),
  };
};

export type AirQualitySource = {
  readonly city: City;
  readonly readings: Pick<ReadingStore, 'buckets'>;
  readonly sensorStates: Pick<SensorStateStore, 'get'>;
};

type Frame = AirPeriods & { readonly grid: HourGrid; readonly utcOffset: number; readonly policy: AveragingPolicy };

/** Hours of one pollutant: as they are stored, and the last one from its readings, for the hourly run may not have come to it. */
const hoursOfPollutant = async (
  { readings }: AirQualitySource,
  { grid, hour, utcOffset, policy }: Frame,
  sites: readonly Site[],
  quantity: AirPollutant,
): Promise<readonly SeriesHours[]> => {
  const measuring = sites.filter(({ measures }) => measures.has(quantity));
  const name = meanQuantityOf(quantity, '1h');
  if (measuring.length === 0 || name === undefined) return [];
  const sensorIds = measuring.map(({ sensor }) => sensor.id);
  const last = {
    sensorIds,
    quantity,
    from: hour.startsAt,
    to: hour.endsAt,
    size: 'hour',
    utcOffsetMinutes: utcOffset,
    flags: countedFlags,
  } as const;
  const before = { quantity: name, sensorIds, from: grid.firstEndsAt - HOUR_MS, to: hour.startsAt };
  const [raw, known] = await Promise.all([readings.buckets(last), knownValues({ readings, utcOffset }, before)]);
  const rawOf = Map.groupBy(raw, ({ sensorId }) => sensorId);
  return measuring.map((site) => {
    const expected = expectedPerHour(site.sensor.intervalSeconds);
    const stored = storedHours(known.get(site.sensor.id) ?? new Map(), hour.startsAt, expected);
    const own = [...stored, ...(rawOf.get(site.sensor.id) ?? [])];
    const hours = hourlyMeansOf(grid, own, expected, policy);
    return { site, quantity, hours, eightHours: rollingMeans(hours, policy) };
  });
};

const concentrationsOf = ({ own, policy }: AirAtStation, { hour, day }: AirPeriods): readonly Concentration[] => {
  const measured = new Set(own.map(({ quantity }) => quantity));
  return airPollutants
    .filter((quantity) => measured.has(quantity))
    .map((quantity) => {
      const ofHour = seriesFor(own, quantity, hour);
      const ofDay = seriesFor(own, quantity, day);
      return {
        quantity,
        hour: ofHour && meanEndingAt(ofHour.hours, hour.endsAt),
        day: ofDay && meanEndingAt(meansOfHours(ofDay.hours, [day], policy.day), day.endsAt),
      };
    });
};

/**
 * The air of some stations as the hourly evaluation would find it: indices of the last whole hour and day before an instant (UTC epoch
 * milliseconds) by the same functions, with what they rest on, and the concentrations. Of a reference station every index is not
 * computable (TT 10/2021/TT-BTNMT, Điều 29) and the concentrations are told. In the order of the stations.
 * @throws StoreUnavailableError when the reading store cannot answer now.
 */
export const airQualityOf = async (
  source: AirQualitySource,
  { stations, sensors, at }: { readonly stations: readonly Station[]; readonly sensors: readonly Sensor[]; at: number },
): Promise<readonly AirQuality[]> => {
  const { city } = source;
  const periods = airPeriodsAt(at, city.timeZone);
  const firstEndsAt = periods.day.startsAt - (EVENING_HOURS - 1) * HOUR_MS;
  const frame: Frame = {
    ...periods,
    grid: { firstEndsAt, length: Math.round((periods.hour.endsAt - firstEndsAt) / HOUR_MS) + 1 },
    utcOffset: utcOffsetMinutes(city.timeZone, at),
    policy: city.averaging ?? defaultAveragingPolicy,
  };
  const stationOf = new Map(stations.map((station) => [station.id, station]));
  const placed = sensors.flatMap((sensor) => {
    const station = sensor.siteId === undefined ? undefined : stationOf.get(sensor.siteId);
    return station === undefined ? [] : [{ sensor, station }];
  });
  const states = await source.sensorStates.get(placed.map(({ sensor }) => sensor.id));
  const heard = new Map(states.map(({ sensorId, latest }) => [sensorId, new Set(Object.keys(latest))]));
  const sites = placed.map(({ sensor, station }) => {
    const measures = new Set(airPollutants.filter((pollutant) => heard.get(sensor.id)?.has(pollutant)));
    return { sensor, station, measures };
  });
  const series = await Promise.all(airPollutants.map((quantity) => hoursOfPollutant(source, frame, sites, quantity)));
  const byStation = Map.groupBy(series.flat(), ({ site }) => site.station.id);
  return stations.map((station) => {
    const air = { station, own: byStation.get(station.id) ?? [], policy: frame.policy };
    const indices = [...hourOfAir(air, periods.hour.endsAt), ...dayOfAir(air, periods.day)] as const;
    return { ...periods, indices, concentrations: concentrationsOf(air, periods) };
  });
};
