import type { Sensor } from '../city/entities.ts';
import { codecOf, isCodecName } from './codecs/registry.ts';
import { type LateDataStore, noteLateReadings } from './late-data.ts';
import type { Quantity } from './quantity.ts';
import type { RawUplink, RawUplinkStore } from './raw-uplinks.ts';
import { type Reading, readingKey } from './reading.ts';
import type { AppendOutcome, ReadingStore } from './reading-store.ts';
import { readingsOf } from './readings-of.ts';
import type { ScriptedUplinks } from './scripted-codecs/scripted-uplinks.ts';
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

export type RedecodeOutcome = {
  readonly uplinks: number;
  readonly refused: number;
  /** Readings that say what they said before. */
  readonly same: number;
  /** Readings that say something else now, those that were not there before included. */
  readonly corrected: number;
  /** Readings that the codec of then made of a frame, and the one of now does not: now missing, `withdrawn`. */
  readonly withdrawn: number;
  /** Readings that the store will not take any more (too old). */
  readonly rejected: number;
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
): Promise<readonly Decoded[]> => {
  const active: Sensor = { ...sensor, status: 'active' };
  const opened = uplinks.map(openedOf);
  const said = await scripted(opened.map((uplink) => ({ uplink, sensor: active })));
  return uplinks.flatMap((uplink, index) => {
    const readings = readingsOf(opened[index] as (typeof opened)[number], active, said[index]?.());
    if (readings.ok) return [{ uplink, readings: readings.value }];
    onRefused?.(uplink, readings.reason);
    return [];
  });
};

/** What the codec that is noted beside an uplink may have said. */
const formerQuantities = ({ codec = '' }: RawUplink): readonly Quantity[] => {
  const name = codec.split('@')[0] ?? '';
  return isCodecName(name) ? codecOf(name).quantities : [];
};

/** All current readings around the uplinks, a day to each side: devices with a memory send what is older. */
const currentReadings = async (
  { readings: store }: RedecodePorts,
  decoded: readonly Decoded[],
  sensorId: string,
): Promise<ReadonlyMap<string, Reading>> => {
  const wanted = new Set<Quantity>();
  const instants = decoded.map(({ uplink }) => uplink.heardAt);
  for (const { uplink, readings } of decoded) {
    for (const quantity of formerQuantities(uplink)) wanted.add(quantity);
    for (const { quantity, measuredAt } of readings) {
      wanted.add(quantity);
      instants.push(measuredAt);
    }
  }
  const from = instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const to = instants.reduce((most, at) => Math.max(most, at), 0) + 1;
  const current = new Map<string, Reading>();
  for (const quantity of wanted) {
    let cursor: string | undefined;
    do {
      const page = await store.series({ sensorId, quantity, from, to, ...(cursor !== undefined && { cursor }) });
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
  (now.value !== null || before.quality.test === now.quality.test);

const withdrawalsOf = (
  { uplink, readings }: Decoded,
  current: ReadonlyMap<string, Reading>,
  sensorId: string,
): readonly Reading[] => {
  const said = new Set(readings.map(readingKey));
  return formerQuantities(uplink).flatMap((quantity): readonly Reading[] => {
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

const redecodeDay = async (
  ports: RedecodePorts,
  query: RedecodeQuery,
  uplinks: readonly RawUplink[],
): Promise<RedecodeOutcome> => {
  const { sensor, dryRun } = query;
  const oldestFirst = [...uplinks].sort((a, b) => a.heardAt - b.heardAt);
  const decoded = await decodeAll(ports, query, oldestFirst);
  const current = await currentReadings(ports, decoded, sensor.id);
  // Of an instant that several frames tell of, the one that came last counts, as when they came.
  const latest = new Map(decoded.flatMap(({ readings }) => readings).map((reading) => [readingKey(reading), reading]));
  const changed = [...latest.values()].filter((reading) => !staysAsItIs(current.get(readingKey(reading)), reading));
  const withdrawn = decoded
    .flatMap((frame) => withdrawalsOf(frame, current, sensor.id))
    .filter((reading) => !latest.has(readingKey(reading)));
  const outcome = {
    uplinks: uplinks.length,
    refused: uplinks.length - decoded.length,
    same: latest.size - changed.length,
    corrected: changed.length,
    withdrawn: withdrawn.length,
    rejected: 0,
  };
  if (dryRun) return outcome;
  const changes = [...changed, ...withdrawn];
  const receivedAt = ports.clock();
  const stored = await ports.readings.append(changes.map((reading) => ({ ...reading, receivedAt })));
  const isTaken = (outcomeOf: AppendOutcome | undefined): boolean => outcomeOf?.status !== 'rejected';
  const taken = changes.filter((_, index) => isTaken(stored[index]));
  if (ports.lateData !== undefined && sensor.kind !== 'bin') await noteLateReadings(ports.lateData, taken, receivedAt);
  await correctStates(ports, taken, current);
  const stamp = codecStamp(sensor);
  if (stamp !== undefined) {
    const outdated = decoded.map(({ uplink }) => uplink).filter(({ codec }) => codec !== stamp);
    await ports.rawUplinks.restamp(outdated, stamp);
  }
  return { ...outcome, rejected: changes.length - taken.length };
};

const sum = (a: RedecodeOutcome, b: RedecodeOutcome): RedecodeOutcome => ({
  uplinks: a.uplinks + b.uplinks,
  refused: a.refused + b.refused,
  same: a.same + b.same,
  corrected: a.corrected + b.corrected,
  withdrawn: a.withdrawn + b.withdrawn,
  rejected: a.rejected + b.rejected,
});

/**
 * Decodes a sensor's kept frames again, after a mend of its codec or with another one. What comes out different becomes current as a
 * correction, the earlier reading its history; what comes out the same stays untouched. Day by day, each complete before the next, and doing
 * it again changes nothing more.
 * @throws StoreUnavailableError when a store cannot be reached; what was done until then is done.
 */
export const redecode = async (ports: RedecodePorts, query: RedecodeQuery): Promise<RedecodeOutcome> => {
  const { devEui } = query.sensor;
  let total: RedecodeOutcome = { uplinks: 0, refused: 0, same: 0, corrected: 0, withdrawn: 0, rejected: 0 };
  if (devEui === undefined) return total;
  let day: RawUplink[] = [];
  const finishDay = async (): Promise<void> => {
    if (day.length > 0) total = sum(total, await redecodeDay(ports, query, day));
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
