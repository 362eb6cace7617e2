import type { Sensor } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import type { OpenedUplink } from './open-uplink.ts';

/** How long a sensor that was found may be out of date: a retirement takes this long to bite. */
const TTL_MS = 30_000;

export type SensorLookup =
  | { readonly status: 'found'; readonly sensor: Sensor }
  | { readonly status: 'unknown' }
  /** The registry did not answer: ask again later. */
  | { readonly status: 'unavailable'; readonly error: unknown };

/** What names the device of an uplink; the two kinds of names cannot collide. */
const addressOf = (uplink: OpenedUplink): string =>
  uplink.envelope === 'city-json' ? `id ${uplink.sensorId}` : `devEui ${uplink.frame.devEui}`;

/** One lookup for each uplink, in their order. */
export type SensorFinder = (uplinks: readonly OpenedUplink[]) => Promise<readonly SensorLookup[]>;

/**
 * Finds the sensors of a batch of uplinks with one registry call for all ids and one for each LoRaWAN device.
 * Remembers only sensors that it found, so that a sensor added a moment ago works with its next message.
 */
export const knownSensors = (registry: Registry, clock: () => number): SensorFinder => {
  const remembered = new Map<string, { readonly sensor: Sensor; readonly until: number }>();

  const fetchByIds = async (ids: readonly string[]): Promise<readonly [string, SensorLookup][]> => {
    if (ids.length === 0) return [];
    try {
      const found = new Map((await registry.getMany('sensor', ids)).map((sensor) => [sensor.id, sensor]));
      return ids.map((id) => [`id ${id}`, lookupOf(found.get(id))]);
    } catch (error) {
      return ids.map((id) => [`id ${id}`, { status: 'unavailable', error }]);
    }
  };

  const fetchByDevEui = async (devEui: string): Promise<[string, SensorLookup]> => {
    try {
      return [`devEui ${devEui}`, lookupOf(await registry.sensorByDevEui(devEui))];
    } catch (error) {
      return [`devEui ${devEui}`, { status: 'unavailable', error }];
    }
  };

  const recall = (uplink: OpenedUplink, now: number): Sensor | undefined => {
    const memory = remembered.get(addressOf(uplink));
    return memory !== undefined && memory.until > now ? memory.sensor : undefined;
  };

  return async (uplinks) => {
    const now = clock();
    const ids = new Set<string>();
    const devEuis = new Set<string>();
    for (const uplink of uplinks) {
      if (recall(uplink, now) !== undefined) continue;
      if (uplink.envelope === 'city-json') ids.add(uplink.sensorId);
      else devEuis.add(uplink.frame.devEui);
    }
    const fetched = new Map<string, SensorLookup>(
      (
        await Promise.all([fetchByIds([...ids]), ...[...devEuis].map(async (devEui) => [await fetchByDevEui(devEui)])])
      ).flat(),
    );
    for (const [address, lookup] of fetched) {
      if (lookup.status === 'found') remembered.set(address, { sensor: lookup.sensor, until: now + TTL_MS });
    }
    return uplinks.map((uplink) => fetched.get(addressOf(uplink)) ?? lookupOf(recall(uplink, now)));
  };
};

const lookupOf = (sensor: Sensor | undefined): SensorLookup =>
  sensor === undefined ? { status: 'unknown' } : { status: 'found', sensor };
