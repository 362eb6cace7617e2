import type { Bin, City, Sensor } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import { readingsTogether } from '../../telemetry/readings-together.ts';
import type { SensorState, SensorStateStore } from '../../telemetry/sensor-state.ts';
import { type FillState, fillStateOf } from '../fill-state.ts';
import type { Start } from '../forecast/predict.ts';
import { fillQuantities } from '../looks.ts';
import { basisOf } from './basis.ts';
import type { BinOutlook } from './bin-outlook.ts';
import { type CrewReportsSince, type CrewWord, emptyingWords, withCrewWord } from './crew-words.ts';
import { fillFromReadings } from './fill-from-readings.ts';
import { modelsOf } from './models.ts';
import type { BookedBin, OutlookBookStore } from './outlook-book.ts';
import { hoursByWard, specialDays } from './special-days.ts';

export type OutlookSources = {
  readonly registry: Registry;
  readonly sensorStates: Pick<SensorStateStore, 'get'>;
  readonly readings: ReadingStore;
  readonly outlookBook: Pick<OutlookBookStore, 'read'>;
  /** Crews' reports, where there are any. */
  readonly crewReports?: CrewReportsSince;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Crews' words older than this are in the book. */
const WORDS_MS = 3 * DAY_MS;
/** A level nearer than this to the one expected is no surprise: noise, and filling at the fastest. */
const NOISE = 0.1;
const FASTEST_PER_HOUR = 0.12;
/** How far back readings are looked at where the latest surprises, and where no update has followed the bin yet. */
const TAIL_MS = 12 * HOUR_MS;
const FIRST_TAIL_MS = 48 * HOUR_MS;

/** The sensors that observe each bin. */
export const sensorsByBin = (sensors: readonly Sensor[]): ReadonlyMap<string, readonly Sensor[]> =>
  Map.groupBy(
    sensors.filter(({ kind, status, siteId }) => kind === 'bin' && status === 'active' && siteId !== undefined),
    ({ siteId = '' }) => siteId,
  );

/** Which of their quantities tell of a fill, as far as they were ever heard. */
export const fillSeries = (states: readonly SensorState[]) =>
  states.flatMap(({ sensorId, latest }) =>
    fillQuantities.filter((quantity) => latest[quantity] !== undefined).map((quantity) => ({ sensorId, quantity })),
  );

/**
 * Whether the latest look says something that the last update would not have expected: emptied since, or a false echo. Of a bin
 * that no update has followed yet nothing was expected: its first hours say themselves what happened in them. Of a whole city's those
 * over their level are left out, which are due whatever happened.
 */
const surprises = (
  { serviceLevel }: Bin,
  fill: FillState,
  booked: BookedBin | undefined,
  isWholeCity: boolean,
): boolean => {
  if (fill.status === 'no-data') return false;
  if (booked === undefined) return !isWholeCity || fill.fraction < serviceLevel;
  const { level } = booked;
  if (fill.doubt?.code === 'not-confirmed' || level === null || level.doubt !== null) return true;
  const hours = Math.max(0, fill.measuredAt - level.at) / HOUR_MS;
  return fill.fraction < level.fraction - NOISE || fill.fraction > level.fraction + NOISE + FASTEST_PER_HOUR * hours;
};

type Known = { readonly bin: Bin; readonly states: readonly SensorState[]; readonly booked: BookedBin | undefined };
type Seen = { readonly fill: FillState; readonly emptiedAt: number | null };

/** Fill states of all bins; where the latest look is a surprise, by the readings of the last hours. */
const fillsOf = async (
  readings: ReadingStore,
  known: readonly Known[],
  at: number,
  isWholeCity: boolean,
): Promise<ReadonlyMap<string, Seen>> => {
  const first = known.map(({ bin, states, booked }) => {
    const fill = fillStateOf(bin, states, at);
    return { bin, states, booked, fill, surprising: surprises(bin, fill, booked, isWholeCity) };
  });
  const tailOf = async (some: typeof first, length: number): Promise<readonly Reading[]> => {
    const series = some.flatMap(({ states }) => fillSeries(states));
    return series.length === 0 ? [] : readingsTogether(readings, series, { from: at - length, to: at + 1 });
  };
  const surprising = first.filter((each) => each.surprising);
  const read = [
    await tailOf(
      surprising.filter(({ booked }) => booked !== undefined),
      TAIL_MS,
    ),
    await tailOf(
      surprising.filter(({ booked }) => booked === undefined),
      FIRST_TAIL_MS,
    ),
  ];
  const tails = Map.groupBy(read.flat(), ({ sensorId }) => sensorId);
  return new Map(
    first.map(({ bin, states, fill, ...each }): [string, Seen] => {
      if (!each.surprising) return [bin.id, { fill, emptiedAt: null }];
      const own = states.flatMap(({ sensorId }) => tails.get(sensorId) ?? []);
      const tail = fillFromReadings(bin, own);
      const emptiedAt = tail.events.findLast(({ kind }) => kind === 'emptying')?.before ?? null;
      return [bin.id, { fill: tail.fill ?? fill, emptiedAt }];
    }),
  );
};

const startOf = (fill: FillState, booked: BookedBin | undefined, at: number): Start => {
  if (fill.status === 'known') return { status: 'known', fraction: fill.fraction, at: Math.min(at, fill.measuredAt) };
  // Silent by now, but followed until then: the level last known, from when it was known.
  const level = booked?.level;
  if (level != null && fill.reason === 'silent for more than a day') {
    return { status: 'known', fraction: level.fraction, at: level.at };
  }
  return { status: 'unknown', at };
};

const latest = (...instants: readonly (number | null | undefined)[]): number | null =>
  instants.reduce<number | null>((last, each) => (each == null ? last : Math.max(last ?? each, each)), null);

const wordsSince = async (
  crewReports: CrewReportsSince | undefined,
  from: number,
): Promise<ReadonlyMap<string, CrewWord>> =>
  crewReports === undefined ? new Map() : emptyingWords(await crewReports.since(from));

/**
 * Every bin's outlook at an instant (UTC epoch milliseconds), in the order of the bins' ids: how full it is, its future until it is emptied, and
 * when that was last. Models are those of the last update (`updateOutlooks`); a bin, or a whole city, that was not there yet has
 * its group's rate with the group's whole variety as its uncertainty. `only`: of these bins alone, in no order.
 */
export const binOutlooks = async (
  sources: OutlookSources,
  city: City,
  at: number,
  only?: readonly string[],
): Promise<readonly BinOutlook[]> => {
  const { registry, sensorStates, readings, outlookBook, crewReports } = sources;
  const [bins, sensors, book, days, words] = await Promise.all([
    only === undefined ? registry.list('bin') : registry.getMany('bin', only),
    registry.list('sensor'),
    outlookBook.read(),
    specialDays(registry),
    wordsSince(crewReports, at - WORDS_MS),
  ]);
  const byBin = sensorsByBin(sensors);
  const ids = bins.flatMap(({ id }) => (byBin.get(id) ?? []).map((sensor) => sensor.id));
  const stateOf = new Map((await sensorStates.get(ids)).map((state) => [state.sensorId, state]));
  const bookedOf = new Map((book?.bins ?? []).map((booked) => [booked.binId, booked]));
  const known = bins.map(
    (bin): Known => ({
      bin,
      states: (byBin.get(bin.id) ?? []).flatMap(({ id }) => stateOf.get(id) ?? []),
      booked: bookedOf.get(bin.id),
    }),
  );
  const fills = await fillsOf(readings, known, at, only === undefined);
  const wards = [...new Set(bins.flatMap(({ ward }) => ward ?? []))];
  const models = modelsOf(book, hoursByWard(city.timeZone, days, wards), at);
  const mostSeen = (book?.bins ?? []).reduce((most, { hoursSeen }) => Math.max(most, hoursSeen), 0);
  return known.map(({ bin, booked }): BinOutlook => {
    const { fill: seen, emptiedAt } = fills.get(bin.id) as Seen;
    const word = words.get(bin.id);
    const fill = withCrewWord(seen, word, at);
    return {
      bin,
      fill,
      forecast: { start: startOf(fill, booked, at), ...models(bin, booked) },
      lastEmptiedAt: latest(booked?.lastEmptiedAt, emptiedAt, word?.at),
      basis: basisOf(booked?.hoursSeen ?? 0, mostSeen, book?.at ?? null),
    };
  });
};
