import { utcOffsetMinutes } from '../city/calendar.ts';
import type { Bin, City, Sensor, Vehicle } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import type { Bucket, ReadingStore } from '../telemetry/reading-store.ts';
import type { SensorState, SensorStateStore } from '../telemetry/sensor-state.ts';
import { type Chances, type Demand, demandOf } from '../waste/due.ts';
import { fillRates, levelsOf } from '../waste/fill-rate.ts';
import { fillStateOf } from '../waste/fill-state.ts';
import { daysAfter, windowInstants } from './service-date.ts';

/** What is known of each bin's need, in the order of bin ids. */
export type BinDemand = { readonly bin: Bin; readonly demand: Demand };

export type PickSources = {
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly readings: ReadingStore;
};

const HISTORY_MS = 14 * 86_400_000;

/** Trucks meet a bin in the middle of their shifts, on average. */
const middleOfShifts = (city: City, vehicles: readonly Vehicle[], date: string): number => {
  const shifts = vehicles
    .filter(({ status }) => status === 'available')
    .map(({ shift }) => windowInstants(date, shift, city.timeZone));
  const [wholeDayFrom, wholeDayTo] = windowInstants(date, { from: '00:00', to: '24:00' }, city.timeZone);
  if (shifts.length === 0) return (wholeDayFrom + wholeDayTo) / 2;
  const from = Math.min(...shifts.map(([start]) => start));
  const to = Math.max(...shifts.map(([, end]) => end));
  return (from + to) / 2;
};

export const chancesFrom = (city: City, vehicles: readonly Vehicle[], serviceDate: string): Chances => ({
  thisTime: middleOfShifts(city, vehicles, serviceDate),
  nextTime: middleOfShifts(city, vehicles, daysAfter(serviceDate, 1)),
  timeAfter: middleOfShifts(city, vehicles, daysAfter(serviceDate, 2)),
});

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
};

const historyOf = (
  sources: PickSources,
  city: City,
  sensors: readonly Sensor[],
  at: number,
): Promise<readonly Bucket[]> =>
  sources.readings.buckets({
    sensorIds: sensors.map(({ id }) => id),
    quantity: 'fillDistance',
    from: at - HISTORY_MS,
    to: at,
    size: 'hour',
    utcOffsetMinutes: utcOffsetMinutes(city.timeZone, at),
    flags: [1, 2],
  });

/** Judges every bin: how full it is, how fast it fills, and whether it needs a truck on the service day. */
export const judgeBins = async (
  sources: PickSources,
  city: City,
  vehicles: readonly Vehicle[],
  serviceDate: string,
  at: number,
): Promise<readonly BinDemand[]> => {
  const [bins, allSensors] = await Promise.all([sources.registry.list('bin'), sources.registry.list('sensor')]);
  const sensors = allSensors.filter(({ kind, status }) => kind === 'bin' && status === 'active');
  const [states, history] = await Promise.all([
    sources.sensorStates.get(sensors.map(({ id }) => id)),
    sensors.length === 0 ? [] : historyOf(sources, city, sensors, at),
  ]);
  const sensorsOfBin = groupBy(sensors, ({ siteId }) => siteId);
  const stateOfSensor = new Map(states.map((state): [string, SensorState] => [state.sensorId, state]));
  const bucketsOfSensor = groupBy(history, ({ sensorId }) => sensorId);
  const sensorsOf = (bin: Bin): readonly Sensor[] => sensorsOfBin.get(bin.id) ?? [];
  const rates = fillRates(
    bins.map((bin) => {
      const buckets = sensorsOf(bin).flatMap(({ id }) => bucketsOfSensor.get(id) ?? []);
      return { id: bin.id, stream: bin.stream, levels: levelsOf(bin.container, buckets) };
    }),
  );
  const chances = chancesFrom(city, vehicles, serviceDate);
  return bins.flatMap((bin) => {
    const rate = rates.get(bin.id);
    if (rate === undefined) return [];
    const fill = fillStateOf(
      bin,
      sensorsOf(bin).flatMap(({ id }) => stateOfSensor.get(id) ?? []),
      at,
    );
    return { bin, demand: demandOf(bin, fill, rate, chances) };
  });
};
