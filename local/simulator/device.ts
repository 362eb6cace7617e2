import { type DemoBin, demoBins } from '../demo-city/bins.ts';
import type { DemoCity } from '../demo-city/demo-city.ts';
import { seedOf, uniform } from '../demo-city/seeded.ts';
import { airStations, waterStations } from '../demo-city/stations.ts';
import { airValuesAt } from './air-model.ts';
import { batteryAt, binModel, distanceAt } from './bin-model.ts';
import { DAY_MS, HOUR_MS, hourOfDay } from './rhythm.ts';
import { waterValuesAt } from './water-model.ts';

/** Values by quantity, as a message carries them. */
export type Values = Readonly<Record<string, number>>;

/** A simulated sensor: when it measures, and what it sees. Instants are epoch milliseconds. */
export type SimulatedDevice = {
  readonly sensorId: string;
  /** Between two reports. */
  readonly intervalMs: number;
  /** Between two entries in its memory from before it came online: a level sensor saves its cell and writes hourly. */
  readonly memoryIntervalMs: number;
  /** Past the full interval, so that a hundred bins do not speak at once; stations measure on the full quarter hour. */
  readonly offsetMs: number;
  /** `undefined` where the sensor fails to report. The same answer however often it is asked. */
  readonly measure: (time: number) => Values | undefined;
};

/** An echo that never changes: a plastic bag over the sensor. */
const STUCK_BIN = 'bin-017';
/** A sensor that fell silent, so that its bin is one of those nobody knows about. */
const SILENT_BIN = 'bin-053';

/** Radio that fails: one report in a hundred, and now and then a few hours in a row. */
const isLost = (seed: number, time: number): boolean =>
  uniform(seed, 60, time) < 0.01 || uniform(seed, 61, Math.floor(time / (4 * HOUR_MS))) < 0.008;

const binValues = (demoBin: DemoBin, seed: number): ((time: number) => Values) => {
  const model = binModel(seed, demoBin.bin.container, demoBin.rhythm);
  return (time) => ({
    fillDistance: distanceAt(model, time),
    // A cell's charge is worth a line a day, not one in each report.
    ...(Math.floor(hourOfDay(time)) === 12 && { battery: batteryAt(model, time) }),
  });
};

const faulty = (
  siteId: string,
  values: (time: number) => Values,
  firstStart: number,
): ((time: number) => Values | undefined) => {
  if (siteId === SILENT_BIN) return (time) => (time > firstStart - 3 * DAY_MS ? undefined : values(time));
  if (siteId === STUCK_BIN) return (time) => values(Math.min(time, firstStart - 5 * DAY_MS));
  return values;
};

/** What each site shows, by site id. */
const sources = (): ReadonlyMap<string, (time: number) => Values> => {
  const seed = (siteId: string): number => seedOf(`sensor-${siteId}`);
  return new Map([
    ...demoBins().map((demoBin) => [demoBin.bin.id, binValues(demoBin, seed(demoBin.bin.id))] as const),
    ...airStations.map(({ station, ...rest }) => {
      const model = { seed: seed(station.id), ...rest };
      return [station.id, (time: number): Values => airValuesAt(model, time)] as const;
    }),
    ...waterStations.map(({ station, ...rest }) => {
      const model = { seed: seed(station.id), ...rest };
      return [station.id, (time: number): Values => waterValuesAt(model, time)] as const;
    }),
  ]);
};

/**
 * The demo city's sensors as devices.
 * @param firstStart when this city was started for the first time (epoch ms); the faults began in the days before.
 */
export const simulatedDevices = (demo: Pick<DemoCity, 'sensors'>, firstStart: number): readonly SimulatedDevice[] => {
  const bySite = sources();
  return demo.sensors.flatMap(({ id, kind, siteId, intervalSeconds }) => {
    const values = siteId === undefined ? undefined : bySite.get(siteId);
    if (siteId === undefined || values === undefined) return [];
    const seed = seedOf(id);
    const intervalMs = intervalSeconds * 1_000;
    const measure = faulty(siteId, values, firstStart);
    return [
      {
        sensorId: id,
        intervalMs,
        memoryIntervalMs: kind === 'bin' ? 2 * intervalMs : intervalMs,
        offsetMs: kind === 'bin' ? Math.floor(uniform(seed, 62) * (intervalMs / 1_000)) * 1_000 : 0,
        measure: (time: number) => (isLost(seed, time) ? undefined : measure(time)),
      },
    ];
  });
};

/** The last instant at or before `time` on a grid. */
export const lastInstant = (time: number, stepMs: number, offsetMs: number): number =>
  Math.floor((time - offsetMs) / stepMs) * stepMs + offsetMs;
