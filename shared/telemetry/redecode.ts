import type { Sensor } from '../city/entities.ts';
import { codecOf, isCodecName } from './codecs/registry.ts';
import { plainTest, quantitiesMadeBy, withCorrections } from './corrections/correct-readings.ts';
import { type LateDataStore, noteLateReadings } from './late-data.ts';
import { isObservable, type Quantity } from './quantity.ts';
import type { RawUplink, RawUplinkStore } from './raw-uplinks.ts';
import { type Reading, readingKey } from './reading.ts';
import type { AppendOutcome, ReadingStore } from './reading-store.ts';
import { readingsOf } from './readings-of.ts';
import { NOTHING_DONE, type RedecodeOutcome, sumOutcomes } from './redecode-outcome.ts';
import { correctMemory, NEIGHBOURHOOD_MS, type Rejudged, rejudge } from './redecode-quality.ts';
import { isScriptReference } from './scripted-codecs/scripted-codec.ts';
import type { FoundScripts, ScriptedUplinks } from './scripted-codecs/scripted-uplinks.ts';
import type { SensorStateStore } from './sensor-state.ts';
import { codecStamp } from './settle-instants.ts';

export type RedecodePorts = {
  readonly rawUplinks: RawUplinkStore;
  readonly readings: ReadingStore;
  readonly sensorStates: SensorStateStore;
  /** Hears of air and water readings that the hourly evaluation no longer looks at. */
  readonly lateData?: Pick<LateDataStore, 'note'>;
  /** Runs the city's own codecs (`scriptedUplinks`). */
  readonly scripted: ScriptedUplinks;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export type RedecodeQuery = {
  /** With the codec to decode by; it must have a `devEui`. */
  readonly sensor: Sensor;
  /** UTC epoch milliseconds, `from` ≤ heardAt < `to`. */
  readonly from: number;
  readonly to: number;
  /** Only say what would change. */
  readonly dryRun: boolean;
  /** Hears of frames that the codec refuses; their readings stay as they are. */
  readonly onRefused?: (uplink: RawUplink, reason: string) => void;
};

const DAY_MS = 86_400_000;

type Decoded = { readonly uplink: RawUplink; readonly readings: readonly Reading[] };

const openedOf = ({ network: envelope, receivedAt, devEui, fPort, heardAt, hex }: RawUplink) => {
  const frame = { devEui, bytes: Buffer.from(hex, 'hex'), heardAt, ...(fPort !== undefined && { fPort }) };
  return { envelope, receivedAt, frame };
};

/** Decodes frames by what the sensor's codec is now, a retired sensor's too. */
const decodeAll = async (
  { scripted }: RedecodePorts,
  { sensor, onRefused }: RedecodeQuery,
  uplinks: readonly RawUplink[],
  scripts: FoundScripts,
): Promise<readonly Decoded[]> => {
  const active: Sensor = { ...sensor, status: 'active' };
  const opened = uplinks.map(openedOf);
  const said = await scripted.decode(
    opened.map((uplink) => ({ uplink, sensor: active })),
    scripts,
  );
  return uplinks.flatMap((uplink, index) => {
    const readings = readingsOf(opened[index] as (typeof opened)[number], active, said[index]?.());
    if (readings.ok) return [{ uplink, readings: withCorrections(sensor.corrections, readings.value) }];
    onRefused?.(uplink, readings.reason);
    return [];
  });
};

/** One sensor's frames of a day, and what is known beside them. */
type Work = {
  readonly sensor: Sensor;
  /** What the sensor's codec of now writes beside frames. */
  readonly stamp: string | undefined;
  /** What was ever stored of the sensor. */
  readonly known: readonly Quantity[];
  readonly decoded: readonly Decoded[];
};

/**
 * What the codec that is noted beside an uplink may have said, and what corrections made of it. Of a script that is gone nobody knows what
 * it said: it may be whatever the sensor has.
 */
const formerQuantities = ({ sensor, stamp, known }: Work, { codec = '' }: RawUplink): readonly Quantity[] => {
  const name = codec.split('@')[0] ?? '';
  if (isCodecName(name)) return [...codecOf(name).quantities, ...quantitiesMadeBy(sensor.corrections)];
  if (!isScriptReference(name) || (codec === stamp && codec.includes('@'))) return [];
  return [...known.filter(isObservable), ...quantitiesMadeBy(sensor.corrections)];
};

/** All current readings around the uplinks, and the neighbours that the quality tests know them by. */
const currentReadings = async (
  { readings: store }: RedecodePorts,
  work: Work,
): Promise<ReadonlyMap<string, Reading>> => {
  const { decoded, sensor } = work;
  const wanted = new Set<Quantity>();
  const instants = decoded.map(({ uplink }) => uplink.heardAt);
  for (const { uplink, readings } of decoded) {
    for (const quantity of formerQuantities(work, uplink)) wanted.add(quantity);
    for (const { quantity, measuredAt } of readings) {
      wanted.add(quantity);
      instants.push(measuredAt);
    }
  }
  const from = instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY) - NEIGHBOURHOOD_MS;
  const to = instants.reduce((most, at) => Math.max(most, at), 0) + NEIGHBOURHOOD_MS + 1;
  const current = new Map<string, Reading>();
  for (const quantity of wanted) {
    let cursor: string | undefined;
    do {
      const page = await store.series({
        sensorId: sensor.id,
        quantity,
        from,
        to,
        ...(cursor !== undefined && { cursor }),
      });
      for (const reading of page.readings) current.set(readingKey(reading), reading);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  }
  return current;
};

/** A value that stays keeps its quality, which tests over the whole series may have given it. */
const staysAsItIs = (before: Reading | undefined, now: Reading): boolean =>
  before !== undefined &&
  before.value === now.value &&
  (now.value !== null || plainTest(before.quality) === plainTest(now.quality));

const withdrawalsOf = (
  work: Work,
  { uplink, readings }: Decoded,
  current: ReadonlyMap<string, Reading>,
): readonly Reading[] => {
  const sensorId = work.sensor.id;
  const said = new Set(readings.map(readingKey));
  return formerQuantities(work, uplink).flatMap((quantity): readonly Reading[] => {
    const before = current.get(readingKey({ sensorId, quantity, measuredAt: uplink.heardAt }));
    if (before === undefined || before.value === null || said.has(readingKey(before))) return [];
    return [{ ...before, value: null, quality: { flag: 9, test: 'withdrawn' } }];
  });
};

/**
 * The latest states show the correction too. It counts as received just after what it corrects: the sensor was not heard again, and its
 * silence must stay visible.
 */
const correctStates = (
  { sensorStates }: RedecodePorts,
  changes: readonly Reading[],
  current: ReadonlyMap<string, Reading>,
): Promise<void> =>
  sensorStates.record(
    changes.map((reading) => ({
      ...reading,
      receivedAt: (current.get(readingKey(reading))?.receivedAt ?? reading.receivedAt) + 1,
    })),
  );

/** What is to be written of a day. */
type Changes = {
  readonly same: number;
  readonly changed: readonly Reading[];
  readonly withdrawn: readonly Reading[];
  readonly rejudged: Rejudged;
};

const NOTHING: Rejudged = { changed: [], neighbours: [], quality: {} };

const changesOf = (work: Work, current: ReadonlyMap<string, Reading>): Changes => {
  const { decoded, sensor } = work;
  // Of an instant that several frames tell of, the one that came last counts, as when they came.
  const latest = new Map(decoded.flatMap(({ readings }) => readings).map((reading) => [readingKey(reading), reading]));
  const changed = [...latest.values()].filter((reading) => !staysAsItIs(current.get(readingKey(reading)), reading));
  const withdrawn = decoded
    .flatMap((frame) => withdrawalsOf(work, frame, current))
    .filter((reading) => !latest.has(readingKey(reading)));
  const all = [...changed, ...withdrawn];
  const rejudged = all.length === 0 ? NOTHING : rejudge(sensor, all, current.values());
  const isWithdrawn = new Set(withdrawn.map(readingKey));
  return {
    same: latest.size - changed.length,
    changed: rejudged.changed.filter((reading) => !isWithdrawn.has(readingKey(reading))),
    withdrawn,
    rejudged,
  };
};

const workOf = async (ports: RedecodePorts, query: RedecodeQuery, uplinks: readonly RawUplink[]): Promise<Work> => {
  const { sensor } = query;
  const scripts = await ports.scripted.find([sensor]);
  const oldestFirst = [...uplinks].sort((a, b) => a.heardAt - b.heardAt);
  const [state] = await ports.sensorStates.get([sensor.id]);
  return {
    sensor,
    stamp: codecStamp(sensor, scripts),
    known: Object.keys(state?.latest ?? {}) as Quantity[],
    decoded: await decodeAll(ports, query, oldestFirst, scripts),
  };
};

const redecodeDay = async (
  ports: RedecodePorts,
  query: RedecodeQuery,
  uplinks: readonly RawUplink[],
): Promise<RedecodeOutcome> => {
  const work = await workOf(ports, query, uplinks);
  const { sensor, stamp, decoded } = work;
  const current = await currentReadings(ports, work);
  const { same, changed, withdrawn, rejudged } = changesOf(work, current);
  const outcome = {
    uplinks: uplinks.length,
    outdated: uplinks.filter(({ codec }) => codec === undefined || codec !== stamp).length,
    refused: uplinks.length - decoded.length,
    same,
    corrected: changed.length,
    withdrawn: withdrawn.length,
    requalified: rejudged.neighbours.length,
    rejected: 0,
  };
  if (query.dryRun) return outcome;
  const changes = [...changed, ...withdrawn, ...rejudged.neighbours];
  const receivedAt = ports.clock();
  const stored = await ports.readings.append(changes.map((reading) => ({ ...reading, receivedAt })));
  const isTaken = (outcomeOf: AppendOutcome | undefined): boolean => outcomeOf?.status !== 'rejected';
  const taken = changes.filter((_, index) => isTaken(stored[index]));
  if (ports.lateData !== undefined && sensor.kind !== 'bin') {
    // Also what stayed the same: an earlier try may have died between the readings and their note.
    await noteLateReadings(ports.lateData, [...decoded.flatMap(({ readings }) => readings), ...changes], receivedAt);
  }
  await correctStates(ports, taken, current);
  await correctMemory(ports.sensorStates, sensor.id, taken, rejudged.quality);
  if (stamp !== undefined) {
    const outdated = decoded.map(({ uplink }) => uplink).filter(({ codec }) => codec !== stamp);
    await ports.rawUplinks.restamp(outdated, stamp);
  }
  return { ...outcome, rejected: changes.length - taken.length };
};

/**
 * Decodes a sensor's kept frames again, after a mend of its codec or with another one. What comes out different becomes current as a
 * correction, the earlier reading its history; what comes out the same stays untouched. Day by day, each complete before the next, and doing
 * it again changes nothing more.
 * @throws StoreUnavailableError when a store cannot be reached; what was done until then is done.
 */
export const redecode = async (ports: RedecodePorts, query: RedecodeQuery): Promise<RedecodeOutcome> => {
  const { devEui } = query.sensor;
  let total = NOTHING_DONE;
  if (devEui === undefined) return total;
  let day: RawUplink[] = [];
  const finishDay = async (): Promise<void> => {
    if (day.length > 0) total = sumOutcomes(total, await redecodeDay(ports, query, day));
    day = [];
  };
  for await (const uplink of ports.rawUplinks.history({ devEui, from: query.from, to: query.to })) {
    // Another sensor may have had the device before.
    if (uplink.sensorId !== query.sensor.id) continue;
    const [first] = day;
    if (first !== undefined && Math.floor(first.heardAt / DAY_MS) !== Math.floor(uplink.heardAt / DAY_MS))
      await finishDay();
    day.push(uplink);
  }
  await finishDay();
  return total;
};
