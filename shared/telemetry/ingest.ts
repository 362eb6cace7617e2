import type { RefusalCode, RefusedMessage } from '../../events/refused-message.ts';
import type { Sensor } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { withCorrections } from './corrections/correct-readings.ts';
import { knownSensors, type SensorFinder } from './known-sensors.ts';
import type { LateDataStore } from './late-data.ts';
import { type OpenedUplink, openUplink } from './open-uplink.ts';
import { appendAssessed } from './quality-control/append-assessed.ts';
import { type Suspect, suspectAlarms } from './quality-control/suspect-alarms.ts';
import type { RawUplinkStore } from './raw-uplinks.ts';
import type { Reading } from './reading.ts';
import { type AppendOutcome, type ReadingStore, StoreUnavailableError } from './reading-store.ts';
import { readingsOf } from './readings-of.ts';
import { type NotTaken, type Refusal, type RefusedQueue, refuse, showInstant } from './refusal.ts';
import type { Sandbox } from './scripted-codecs/sandbox.ts';
import { scriptedUplinks } from './scripted-codecs/scripted-uplinks.ts';
import type { SensorStateStore } from './sensor-state.ts';
import { settleInstants } from './settle-instants.ts';

/** A message as the uplink queue hands it over. */
export type QueuedUplink = { readonly messageId: string; readonly body: string };

export type IngestPorts = {
  readonly readings: ReadingStore;
  readonly sensorStates: SensorStateStore;
  readonly registry: Registry;
  readonly rawUplinks: RawUplinkStore;
  readonly refused: RefusedQueue;
  /** Hears of readings that the hourly evaluation no longer looks at. */
  readonly lateData?: Pick<LateDataStore, 'note'>;
  /** Runs codecs that the city brought along; in this thread when absent. */
  readonly sandbox?: Sandbox;
  /** Nobody looks for alarms when absent. */
  readonly suspect?: Suspect;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  /** Hears of errors that send messages back to the queue. */
  readonly report: (problem: { readonly error: unknown; readonly messageIds: readonly string[] }) => void;
};

export type IngestOutcome = {
  /** Messages that must come again: nothing of them is acknowledged. */
  readonly retry: readonly string[];
  readonly received: number;
  /** Readings by what the store said of them. */
  readonly readings: Readonly<Record<AppendOutcome['status'], number>>;
  /** Readings stored earlier of which these messages say that they are worse: a spike is known by what follows it. */
  readonly revised: number;
  /** Messages that went to the dead-letter queue, by reason. */
  readonly refused: Readonly<Partial<Record<RefusalCode, number>>>;
};

type Accepted = { readonly message: QueuedUplink; readonly sensor: Sensor; readonly readings: readonly Reading[] };
type Refused = { readonly message: QueuedUplink; readonly refusal: Refusal };

/** One batch while it is worked on. */
type Batch = {
  readonly ports: IngestPorts;
  readonly accepted: Accepted[];
  readonly refused: Refused[];
  readonly retry: Set<string>;
  readonly readings: Record<AppendOutcome['status'], number>;
  unforeseenErrors: number;
  revised: number;
};

/** Enough to single out one message of a hundred by halves, and one more; beyond, the fault is not in the messages. */
const MAX_UNFORESEEN_ERRORS = 16;

const postpone = (batch: Batch, error: unknown, messages: readonly QueuedUplink[]): void => {
  const messageIds = messages.map(({ messageId }) => messageId);
  for (const messageId of messageIds) batch.retry.add(messageId);
  batch.ports.report({ error, messageIds });
};

type Finders = { readonly sensors: SensorFinder; readonly scripted: ReturnType<typeof scriptedUplinks> };

type Opened = { readonly message: QueuedUplink; readonly uplink: OpenedUplink };

const openAll = (batch: Batch, messages: readonly QueuedUplink[]): readonly Opened[] =>
  messages.flatMap((message): readonly Opened[] => {
    try {
      const opened = openUplink(message.body);
      if (opened.ok) return [{ message, uplink: opened.value }];
      batch.refused.push({ message, refusal: opened });
    } catch (error) {
      postpone(batch, error, [message]);
    }
    return [];
  });

const decodeAll = async (batch: Batch, find: Finders, opened: readonly Opened[]): Promise<void> => {
  const lookups = await find.sensors(opened.map(({ uplink }) => uplink));
  const sensors = lookups.map((lookup) => (lookup.status === 'found' ? lookup.sensor : undefined));
  const located = opened.map(({ uplink }, index) => ({ uplink, sensor: sensors[index] }));
  const scripts = await find.scripted.find(sensors);
  const settled = await settleInstants(batch.ports.rawUplinks, located, scripts);
  const scripted = await find.scripted.decode(
    located.map(({ uplink, sensor }, index) => {
      const kept = settled[index];
      return { uplink: kept?.ok === true ? kept.uplink : uplink, sensor };
    }),
    scripts,
  );
  for (const [index, { message, uplink }] of opened.entries()) {
    try {
      const lookup = lookups[index];
      if (lookup?.status === 'unavailable') throw lookup.error;
      const kept = settled[index];
      if (kept?.ok === false) throw kept.error;
      const sensor = sensors[index];
      const readings = readingsOf(kept?.uplink ?? uplink, sensor, scripted[index]?.());
      if (!readings.ok) batch.refused.push({ message, refusal: readings });
      else if (sensor !== undefined) {
        batch.accepted.push({ message, sensor, readings: withCorrections(sensor.corrections, readings.value) });
      }
    } catch (error) {
      postpone(batch, error, [message]);
    }
  }
};

const refusalCodeOf = { 'clock-ahead': 'clock-ahead', 'too-old': 'too-old', other: 'rejected-by-store' } as const;

type Rejection = { readonly reading: Reading; readonly outcome: Extract<AppendOutcome, { status: 'rejected' }> };

/** A message of which the store will not take everything: what it took stays, the whole message goes to the dead letters. */
const refusalOf = (readings: readonly Reading[], [first, ...others]: readonly Rejection[]): Refusal | undefined => {
  if (first === undefined) return undefined;
  const { quantity, measuredAt } = first.reading;
  const which = `${others.length + 1} of ${readings.length} readings, first ${quantity} at ${showInstant(measuredAt)}`;
  return refuse(refusalCodeOf[first.outcome.code], `${which}: ${first.outcome.reason}`);
};

const settle = (batch: Batch, group: readonly Accepted[], outcomes: readonly AppendOutcome[]): void => {
  let next = 0;
  for (const { message, readings } of group) {
    const rejections: Rejection[] = [];
    for (const reading of readings) {
      const outcome = outcomes[next++];
      if (outcome === undefined) continue;
      batch.readings[outcome.status] += 1;
      if (outcome.status === 'rejected') rejections.push({ reading, outcome });
    }
    const refusal = refusalOf(readings, rejections);
    if (refusal !== undefined) batch.refused.push({ message, refusal });
  }
};

/** In one call for all; when something unforeseen happens, by halves, so that only the message at fault comes again. */
const storeAll = async (batch: Batch, group: readonly Accepted[]): Promise<void> => {
  if (group.every(({ readings }) => readings.length === 0)) return;
  try {
    const { outcomes, revised, assessed } = await appendAssessed(batch.ports, group);
    const sensors = group.map(({ sensor }) => sensor);
    await suspectAlarms(batch.ports.suspect, sensors, assessed);
    batch.revised += revised;
    settle(batch, group, outcomes);
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) batch.unforeseenErrors += 1;
    const hopeless = error instanceof StoreUnavailableError || batch.unforeseenErrors > MAX_UNFORESEEN_ERRORS;
    if (hopeless || group.length === 1) {
      const messages = group.map(({ message }) => message);
      postpone(batch, error, messages);
      return;
    }
    const middle = Math.ceil(group.length / 2);
    await storeAll(batch, group.slice(0, middle));
    await storeAll(batch, group.slice(middle));
  }
};

const send = async (queue: RefusedQueue, letters: readonly RefusedMessage[]): Promise<readonly NotTaken[]> => {
  try {
    return await queue.send(letters);
  } catch (error) {
    return letters.map((_, index) => ({ index, error }));
  }
};

/** Sends the refused messages to the dead letters and counts those that arrived there; the others come again. */
const sendRefused = async (batch: Batch): Promise<IngestOutcome['refused']> => {
  const { refused, ports } = batch;
  if (refused.length === 0) return {};
  const refusedAt = ports.clock();
  const letters = refused.map(({ message: { body }, refusal: { code, reason } }): RefusedMessage => {
    return { refusedAt, code, reason, body };
  });
  const notTaken = new Map((await send(ports.refused, letters)).map(({ index, error }) => [index, error]));
  for (const [index, { message }] of refused.entries()) {
    if (notTaken.has(index)) postpone(batch, notTaken.get(index), [message]);
  }
  const counts: Partial<Record<RefusalCode, number>> = {};
  for (const [index, { code }] of letters.entries()) {
    if (!notTaken.has(index)) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
};

/** Consecutive messages of about this much text are worked on together. */
const PORTION_CHARACTERS = 500_000;

/**
 * A batch of ordinary messages is one portion. Large back-fills are taken a few at a time: decoded all at once, 6 MB of them are
 * more readings than a function has memory for.
 */
const portionsOf = (messages: readonly QueuedUplink[]): readonly (readonly QueuedUplink[])[] => {
  const portions: QueuedUplink[][] = [];
  let room = 0;
  for (const message of messages) {
    if (room < message.body.length || portions.length === 0) {
      portions.push([]);
      room = PORTION_CHARACTERS;
    }
    portions.at(-1)?.push(message);
    room -= message.body.length;
  }
  return portions;
};

/**
 * Turns batches of the uplink queue into stored readings and sensor states.
 *
 * Each message ends in one of three ways: its readings are stored; or it is refused for good and lies in the dead-letter queue
 * with its reason; or it is among `retry` and comes again, because something could not be done now. A message is never lost and
 * never spoils another one's batch. Doing it all twice changes nothing, so redelivery is harmless at any point.
 */
export const createIngest = (ports: IngestPorts): ((messages: readonly QueuedUplink[]) => Promise<IngestOutcome>) => {
  const find = {
    sensors: knownSensors(ports.registry, ports.clock),
    scripted: scriptedUplinks(ports.registry, ports.clock, ports.sandbox),
  };
  return async (messages) => {
    const readings = { stored: 0, unchanged: 0, corrected: 0, superseded: 0, rejected: 0 };
    const batch: Batch = {
      ports,
      accepted: [],
      refused: [],
      retry: new Set(),
      readings,
      unforeseenErrors: 0,
      revised: 0,
    };
    for (const portion of portionsOf(messages)) {
      await decodeAll(batch, find, openAll(batch, portion));
      await storeAll(batch, batch.accepted.splice(0));
    }
    const refused = await sendRefused(batch);
    return { retry: [...batch.retry], received: messages.length, readings, revised: batch.revised, refused };
  };
};
