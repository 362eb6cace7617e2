import * as z from 'zod';
import { qualityStateSchema } from '../../telemetry/qartod/state-schema.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import { StoreUnavailableError } from '../../telemetry/reading-store.ts';
import { advance, type SensorState, type SensorStateStore } from '../../telemetry/sensor-state.ts';
import { backOff } from '../back-off.ts';
import { mapInParallel } from '../parallel.ts';
import {
  batchGet,
  getItem,
  type Item,
  ifAtVersion,
  type Key,
  putItem,
  queryItems,
  type TableOptions,
} from './items.ts';
import { readingSchema } from './stored-reading.ts';

/** Spreads a city of thousands of sensors over partitions; changing it strands what was written before. */
const SHARDS = 16;
const WRITES_IN_FLIGHT = 16;
const CONFLICT_ATTEMPTS = 12;

type Versioned = { readonly state: SensorState; readonly version: number };

/**
 * Latest states of sensors in DynamoDB. A state is written on condition that nobody has written it since it was read, so that
 * of two writers neither undoes the other.
 */
export const dynamodbSensorStates = (options: TableOptions): SensorStateStore => {
  const read = async (sensorIds: readonly string[]): Promise<readonly Versioned[]> =>
    (await batchGet(options, sensorIds.map(stateKey))).map(versionedOf);

  /** Answers false when another writer came first. */
  const write = (state: SensorState, version: number): Promise<boolean> => {
    const { quality, ...rest } = state;
    const item = {
      ...stateKey(state.sensorId),
      ...rest,
      // One string: as a map of maps it would cost more than all the rest of the item, and nobody queries it.
      ...(quality !== undefined && { quality: JSON.stringify(quality) }),
      version: version + 1,
    };
    return putItem(options, item, ifAtVersion(version));
  };

  const fold = async (readings: readonly Reading[], sensorId: string, first: Versioned | undefined): Promise<void> => {
    let current = first;
    for (let attempt = 0; attempt < CONFLICT_ATTEMPTS; attempt += 1) {
      const next = advance(current?.state, readings);
      if (next === undefined || next === current?.state) return;
      if (await write(next, current?.version ?? 0)) return;
      await backOff(attempt);
      const item = await getItem(options, stateKey(sensorId));
      current = item && versionedOf(item);
    }
    throw new StoreUnavailableError(`The state of sensor ${sensorId} is being written by too many at once`);
  };

  return {
    record: async (readings) => {
      const bySensor = Map.groupBy(readings, ({ sensorId }) => sensorId);
      const known = new Map((await read([...bySensor.keys()])).map((found) => [found.state.sensorId, found]));
      await mapInParallel([...bySensor], WRITES_IN_FLIGHT, ([sensorId, own]) =>
        fold(own, sensorId, known.get(sensorId)),
      );
    },
    read: async (sensorIds) => {
      const known = new Map((await read(sensorIds)).map((found) => [found.state.sensorId, found]));
      return sensorIds.map((sensorId) => ({ sensorId, version: 0, ...known.get(sensorId) }));
    },
    write: async (states) => {
      const written = await mapInParallel(states, WRITES_IN_FLIGHT, ({ state, version }) => write(state, version));
      return states.flatMap(({ sensorId }, index) => (written[index] ? [] : [sensorId]));
    },
    get: async (sensorIds) => (await read(sensorIds)).map(({ state }) => state),
    list: async () => {
      const shards = Array.from({ length: SHARDS }, (_, shard) => partition(shard));
      const items = await mapInParallel(shards, SHARDS, (pk) => queryItems(options, pk));
      const states = items.flat().map((item) => versionedOf(item).state);
      return states.sort((a, b) => (a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : 0));
    },
  };
};

const partition = (shard: number): string => `sensor-state#${String(shard).padStart(2, '0')}`;

const stateKey = (sensorId: string): Key => ({ pk: partition(shardOf(sensorId)), sk: sensorId });

/** FNV-1a (Fowler, Noll, Vo), 32 bits: the same on every machine and for ever. */
const shardOf = (sensorId: string): number => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(sensorId)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % SHARDS;
};

const stateSchema = z.object({
  sensorId: z.string(),
  lastReceivedAt: z.int(),
  latest: z.record(z.string(), readingSchema),
  quality: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(qualityStateSchema)
    .optional(),
  version: z.int().positive(),
});

const versionedOf = (item: Item): Versioned => {
  const { version, latest, quality, ...rest } = stateSchema.parse(item);
  return {
    state: { ...rest, latest: latest as Partial<Record<Quantity, Reading>>, ...(quality && { quality }) },
    version,
  };
};
