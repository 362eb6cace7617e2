import { localTime } from '../../city/calendar.ts';
import type { Bin, City } from '../../city/entities.ts';
import type { Reading } from '../../telemetry/reading.ts';
import { readingsTogether } from '../../telemetry/readings-together.ts';
import type { SensorState } from '../../telemetry/sensor-state.ts';
import { believedLevel } from '../fill-track.ts';
import { type Calibration, UNCALIBRATED } from '../forecast/calibration.ts';
import { fitCity } from '../forecast/fit.ts';
import type { BinHistory } from '../forecast/history.ts';
import type { LocalHours } from '../forecast/hours.ts';
import { looksOf } from '../looks.ts';
import { fillSeries, type OutlookSources, sensorsByBin } from './bin-outlooks.ts';
import { type BinRecord, LATE_MS, lastEmptied, newRecord, type Standing, standingOf, withLooks } from './bin-record.ts';
import { type CrewWord, emptyingWords } from './crew-words.ts';
import { doubtOf } from './fill-from-readings.ts';
import { modelsOf } from './models.ts';
import type { BinRecordStore, BookedBin, OutlookBook, OutlookBookStore, VersionedRecord } from './outlook-book.ts';
import { answerOf, type Lesson, questionOf, withLessons } from './questions.ts';
import { hoursByWard, specialDays } from './special-days.ts';

export type UpdateSources = OutlookSources & {
  readonly cityId: string;
  readonly binRecords: BinRecordStore;
  readonly outlookBook: OutlookBookStore;
};

export type UpdateSummary = {
  readonly bins: number;
  /** Bins whose history was begun, out of the readings of four weeks. */
  readonly begun: number;
  /** Bins whose history waits for the next run to be begun. */
  readonly waiting: number;
  /** Bins that another run wrote at the same time. */
  readonly conflicts: number;
  /** Forecasts that were compared with what came. */
  readonly lessons: number;
  /** False where a newer book lies there already. */
  readonly written: boolean;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A new bin's history begins so far back. */
const BEGIN_MS = 28 * DAY_MS;
/** As many as one run can begin. */
const MOST_BEGUN = 500;
/** Every run looks again at what may have come late by so much, the night's at all that may still count. */
const OVERLAP_MS = 3 * HOUR_MS;
const NIGHT_ENDS_AT_HOUR = 6;
const BINS_AT_ONCE = 100;
const WORDS_MS = 3 * DAY_MS;

/** One run, while it is under way. */
type Run = {
  readonly sources: UpdateSources;
  readonly at: number;
  readonly localHour: number;
  readonly hoursOf: (ward?: string) => LocalHours;
  readonly statesOf: (bin: Bin) => readonly SensorState[];
  readonly words: ReadonlyMap<string, CrewWord>;
  readonly models: ReturnType<typeof modelsOf>;
  readonly bookedOf: ReadonlyMap<string, BookedBin>;
  readonly lessons: Map<string, Lesson[]>;
  begun: number;
  waiting: number;
  conflicts: number;
};

type Advanced = { readonly bin: Bin; readonly record: BinRecord; readonly standing: Standing };

/** What of a bin goes into the book. */
type Followed = Pick<BookedBin, 'level' | 'lastEmptiedAt'> & { readonly bin: Bin; readonly history: BinHistory };

const sameContainer = (a: BinRecord['container'], b: Bin['container']): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** From where on each bin's readings are wanted; `undefined` where there is nobody to ask, or no time in this run. */
const wantedFrom = (run: Run, known: VersionedRecord | undefined, bin: Bin): number | undefined => {
  if (run.statesOf(bin).length === 0) return undefined;
  if (known !== undefined && sameContainer(known.record.container, bin.container)) {
    const overlap = run.localHour < NIGHT_ENDS_AT_HOUR ? LATE_MS : OVERLAP_MS;
    return Math.min(known.record.readTo, run.at) - overlap;
  }
  if (run.begun >= MOST_BEGUN) {
    run.waiting += 1;
    return undefined;
  }
  run.begun += 1;
  return run.at - BEGIN_MS;
};

/** Readings of many bins by sensor, each from its own instant on. */
const readChunk = async (
  { sources, statesOf, at }: Run,
  wanted: readonly { readonly bin: Bin; readonly from: number }[],
): Promise<ReadonlyMap<string, readonly Reading[]>> => {
  const byHour = Map.groupBy(wanted, ({ from }) => Math.floor(from / HOUR_MS) * HOUR_MS);
  const parts: (readonly Reading[])[] = [];
  for (const [from, some] of byHour) {
    const series = some.flatMap(({ bin }) => fillSeries(statesOf(bin)));
    parts.push(await readingsTogether(sources.readings, series, { from, to: at + 1 }));
  }
  return Map.groupBy(parts.flat(), ({ sensorId }) => sensorId);
};

const later = (a: number | null, b: number | undefined): number | null => (b === undefined ? a : Math.max(a ?? b, b));

/** One bin on: its readings taken in, its open question answered, the next one asked. */
const advance = (run: Run, bin: Bin, before: BinRecord, readings: readonly Reading[]): Advanced => {
  const hours = run.hoursOf(bin.ward);
  const taken = withLooks(before, looksOf(bin.container, readings), run.at, hours);
  const standing = standingOf(taken, hours);
  const answer = taken.question === null ? null : answerOf(taken.question, standing, run.at);
  if (answer !== null && answer !== 'open') {
    const lessons = run.lessons.get(bin.stream) ?? [];
    run.lessons.set(bin.stream, [...lessons, answer]);
  }
  const booked = run.bookedOf.get(bin.id);
  const { localHour, at } = run;
  const question =
    answer === 'open'
      ? taken.question
      : questionOf(standing, run.models(bin, booked), booked?.hoursSeen ?? 0, localHour, at);
  const toldEmptiedAt = later(taken.toldEmptiedAt, run.words.get(bin.id)?.at);
  return { bin, record: { ...taken, question, toldEmptiedAt }, standing };
};

const followedOf = ({ bin, record, standing }: Advanced): Followed => {
  const level = believedLevel(standing.track);
  const doubt = doubtOf(standing.track) ?? null;
  return {
    bin,
    history: standing.history,
    level: level === undefined ? null : { at: level.at, fraction: level.level, doubt },
    lastEmptiedAt: lastEmptied(standing.events, record.toldEmptiedAt),
  };
};

const followChunk = async (run: Run, bins: readonly Bin[]): Promise<readonly Followed[]> => {
  const { binRecords } = run.sources;
  const known = new Map((await binRecords.get(bins.map(({ id }) => id))).map((each) => [each.record.binId, each]));
  const wanted = bins.flatMap((bin) => {
    const from = wantedFrom(run, known.get(bin.id), bin);
    return from === undefined ? [] : [{ bin, from }];
  });
  const readings = await readChunk(run, wanted);
  const advanced = wanted.map(({ bin }) => {
    const record = known.get(bin.id)?.record;
    const same = record !== undefined && sameContainer(record.container, bin.container);
    const own = run.statesOf(bin).flatMap(({ sensorId }) => readings.get(sensorId) ?? []);
    return advance(run, bin, same ? record : newRecord(bin, run.at), own);
  });
  const versioned = advanced.map(({ record }) => ({ record, version: known.get(record.binId)?.version ?? 0 }));
  run.conflicts += (await binRecords.put(versioned)).length;
  return advanced.map(followedOf);
};

const makeBook = (run: Run, followed: readonly Followed[], before: OutlookBook | undefined): OutlookBook => {
  const { at, hoursOf } = run;
  const city = fitCity(
    followed.map(({ bin: { id, stream, ward }, history }) => ({ id, stream, ward, history })),
    hoursOf(),
    at,
    hoursOf,
  );
  const calibrations: Record<string, Calibration> = { ...before?.calibrations };
  for (const [stream, lessons] of run.lessons) {
    calibrations[stream] = withLessons(calibrations[stream] ?? UNCALIBRATED, lessons);
  }
  return {
    at,
    groups: Object.fromEntries(city.groups),
    calibrations,
    bins: followed.map(({ bin: { id, stream }, level, lastEmptiedAt }) => {
      const { groupKey: group, model, hoursSeen } = city.bins.get(id) ?? city.newBin(stream);
      return { binId: id, group, model, level, lastEmptiedAt, hoursSeen: Math.round(hoursSeen) };
    }),
  };
};

const begin = async (sources: UpdateSources, city: City, before: OutlookBook | undefined, at: number) => {
  const { registry, sensorStates, crewReports } = sources;
  const [bins, sensors, days, reports] = await Promise.all([
    registry.list('bin'),
    registry.list('sensor'),
    specialDays(registry),
    crewReports?.since(at - WORDS_MS) ?? [],
  ]);
  const byBin = sensorsByBin(sensors);
  const ids = bins.flatMap(({ id }) => (byBin.get(id) ?? []).map((sensor) => sensor.id));
  const stateOf = new Map((await sensorStates.get(ids)).map((state) => [state.sensorId, state]));
  const hoursOf = hoursByWard(city.timeZone, days, [...new Set(bins.flatMap(({ ward }) => ward ?? []))]);
  const run: Run = {
    sources,
    at,
    localHour: Number(localTime(city.timeZone, at).slice(0, 2)),
    hoursOf,
    statesOf: ({ id }) => (byBin.get(id) ?? []).flatMap((sensor) => stateOf.get(sensor.id) ?? []),
    words: emptyingWords(reports),
    models: modelsOf(before, hoursOf, at),
    bookedOf: new Map((before?.bins ?? []).map((booked) => [booked.binId, booked])),
    lessons: new Map(),
    begun: 0,
    waiting: 0,
    conflicts: 0,
  };
  return { bins, run };
};

/**
 * Takes the readings since the last update into every bin's record, compares past forecasts with what came, makes all models anew and writes
 * the book that `binOutlooks` reads. `at`: UTC epoch milliseconds; doing it again for the same instant changes nothing but versions.
 * @throws StoreUnavailableError: the same call may succeed later, what is done stays done.
 */
export const updateOutlooks = async (sources: UpdateSources, at: number): Promise<UpdateSummary> => {
  const city = await sources.registry.get('city', sources.cityId);
  if (city === undefined) throw new Error(`The city ${sources.cityId} is not registered`);
  const before = await sources.outlookBook.read();
  const { bins, run } = await begin(sources, city, before, at);
  const followed: Followed[] = [];
  for (let start = 0; start < bins.length; start += BINS_AT_ONCE) {
    followed.push(...(await followChunk(run, bins.slice(start, start + BINS_AT_ONCE))));
  }
  const written = await sources.outlookBook.write(makeBook(run, followed, before));
  const lessons = [...run.lessons.values()].reduce((sum, each) => sum + each.length, 0);
  const { begun, waiting, conflicts } = run;
  return { bins: followed.length, begun, waiting, conflicts, lessons, written };
};
