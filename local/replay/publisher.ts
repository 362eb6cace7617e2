import type { SensorClient } from '../simulator/client.ts';
import { slotsOf } from '../simulator/limit.ts';
import type { MappedColumn } from './options.ts';
import type { Measurement } from './read-row.ts';

export type PublisherOptions = {
  readonly connect: (sensorId: string) => Promise<SensorClient>;
  readonly columns: readonly MappedColumn[];
  /** Rows of one sensor in a message. */
  readonly batch: number;
};

/** Publishes measurements as their sensors. */
export type Publisher = {
  /** Takes a measurement; waits while too many messages are unacknowledged. */
  readonly take: (measurement: Measurement) => Promise<void>;
  /** Sends what is left and resolves when the city has acknowledged everything. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
  readonly counts: () => { readonly messages: number; readonly acknowledged: number };
};

/** Messages under way at a time, all sensors together: enough to keep the line busy, few enough to keep memory flat. */
const MOST_IN_FLIGHT = 512;
/** Half of the 128 KB that a message may hold. */
const MOST_MESSAGE_CHARACTERS = 64_000;

type Voice = {
  readonly client: SensorClient;
  /** Entries of the next message by their instant. */
  readonly pending: Map<number, string>;
  characters: number;
};

/** The entry of the city's plain JSON; units only where the file's are not the canonical ones. */
const entryOf = ({ measuredAt, values }: Measurement, units: Readonly<Record<string, string>>): string => {
  const named = Object.keys(values).filter((quantity) => units[quantity] !== undefined);
  const own = Object.fromEntries(named.map((quantity) => [quantity, units[quantity]]));
  return JSON.stringify({ measuredAt, values, ...(named.length > 0 && { units: own }) });
};

export const openPublisher = ({ connect, columns, batch }: PublisherOptions): Publisher => {
  const units = Object.fromEntries(
    columns.flatMap(({ quantity, unit }) => (unit === undefined ? [] : [[quantity, unit]])),
  );
  const voices = new Map<string, Promise<Voice>>();
  const slots = slotsOf(MOST_IN_FLIGHT);
  let messages = 0;
  let acknowledged = 0;
  let failure: unknown;

  const open = async (sensorId: string): Promise<Voice> => ({
    client: await connect(sensorId),
    pending: new Map(),
    characters: 0,
  });
  const voiceOf = (sensorId: string): Promise<Voice> => {
    const voice = voices.get(sensorId) ?? open(sensorId);
    voices.set(sensorId, voice);
    return voice;
  };
  const flush = async (voice: Voice): Promise<void> => {
    const entries = [...voice.pending.values()];
    voice.pending.clear();
    voice.characters = 0;
    if (entries.length === 0) return;
    await slots.acquire();
    if (failure !== undefined) throw failure;
    messages += 1;
    voice.client
      .publish(entries.length === 1 ? (entries[0] ?? '') : `[${entries.join(',')}]`)
      .then(
        () => {
          acknowledged += 1;
        },
        (error: unknown) => {
          failure ??= error;
        },
      )
      .finally(slots.release);
  };

  return {
    take: async (measurement) => {
      const voice = await voiceOf(measurement.sensorId);
      const entry = entryOf(measurement, units);
      // A message that says two things about one instant would be refused as a whole.
      const repeats = voice.pending.has(measurement.measuredAt);
      if (repeats || voice.characters + entry.length > MOST_MESSAGE_CHARACTERS) await flush(voice);
      voice.pending.set(measurement.measuredAt, entry);
      voice.characters += entry.length;
      if (voice.pending.size >= batch) await flush(voice);
    },
    finish: async () => {
      for (const voice of await Promise.all(voices.values())) await flush(voice);
      // Every slot is free again when the last message is acknowledged.
      for (let slot = 0; slot < MOST_IN_FLIGHT; slot += 1) await slots.acquire();
      if (failure !== undefined) throw failure;
    },
    close: async () => {
      const opened = await Promise.allSettled(voices.values());
      await Promise.all(opened.map((voice) => (voice.status === 'fulfilled' ? voice.value.client.close() : undefined)));
    },
    counts: () => ({ messages, acknowledged }),
  };
};
