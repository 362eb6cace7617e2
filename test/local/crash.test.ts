import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { openPki } from '../../local/pki/pki.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores, type Stores } from '../../shared/storage/open.ts';
import { connectDevice, eventually } from '../support/device.ts';

const SENSORS = Array.from({ length: 8 }, (_, index) => `crash-${index}`);
const MESSAGES = 10_000;
const KILL_AFTER = [2_500, 6_000];
const WINDOW = 40;

let home: string;
let city: ChildCity;

const openCityStores = (): Stores => {
  Object.assign(process.env, cityEnvironment(city.running));
  return openStores(readEnvironment(storesEnvironmentSchema));
};

const storedInstants = async (stores: Stores, sensorId: string): Promise<readonly number[]> => {
  const instants: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await stores.readings.series({
      sensorId,
      quantity: 'fillDistance',
      from: 0,
      to: Date.now() + 60_000,
      limit: 10_000,
      ...(cursor && { cursor }),
    });
    instants.push(...page.readings.map(({ measuredAt }) => measuredAt));
    cursor = page.nextCursor;
  } while (cursor);
  return instants;
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-crash-'));
  city = await startChildCity(home);
  await openCityStores().registry.putMany(
    'sensor',
    SENSORS.map((id) => ({ id, kind: 'bin' as const, intervalSeconds: 60, status: 'active' as const })),
  );
  const pki = await openPki(home);
  for (const id of SENSORS) await pki.issueDevice(id);
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('kill -9 in the middle of 10,000 messages', () => {
  it('loses nothing that was acknowledged and doubles nothing', { timeout: 180_000 }, async () => {
    const base = Date.now() - 2 * MESSAGES;
    const acknowledged = new Map<string, Set<number>>(SENSORS.map((id) => [id, new Set()]));
    let next = 0;
    let acknowledgedCount = 0;
    const kills = [...KILL_AFTER];
    let killed: Promise<void> | undefined;

    const lane = async (client: MqttClient, sensorId: string): Promise<void> => {
      while (next < MESSAGES && client.connected) {
        const measuredAt = base + next;
        next += 1;
        try {
          await client.publishAsync(
            `phosach/uplink/${sensorId}`,
            JSON.stringify({ measuredAt, values: { fillDistance: 900 } }),
            { qos: 1 },
          );
          acknowledged.get(sensorId)?.add(measuredAt);
          acknowledgedCount += 1;
        } catch {
          return;
        }
        if (acknowledgedCount >= (kills[0] ?? Number.POSITIVE_INFINITY)) {
          kills.shift();
          killed = city.kill();
        }
      }
    };
    while (next < MESSAGES) {
      const clients = await Promise.all(SENSORS.map((id) => connectDevice(home, city.running, id)));
      for (const client of clients) client.on('error', () => undefined);
      const lost = Promise.race(
        clients.map((client) => new Promise<void>((resolve) => client.once('close', () => resolve()))),
      );
      const lanes = clients.flatMap((client, index) =>
        Array.from({ length: WINDOW }, () => lane(client, SENSORS[index] ?? '')),
      );
      await Promise.race([Promise.all(lanes), lost]);
      await Promise.all(clients.map((client) => client.endAsync(true)));
      if (killed !== undefined) {
        await killed;
        killed = undefined;
        city = await startChildCity(home);
      }
    }
    expect(kills).toEqual([]);
    expect(acknowledgedCount).toBeGreaterThan(MESSAGES * 0.8);

    const stores = openCityStores();
    for (const sensorId of SENSORS) {
      const wanted = acknowledged.get(sensorId) ?? new Set();
      const stored = await eventually(
        () => storedInstants(stores, sensorId),
        (instants) => [...wanted].every((instant) => new Set(instants).has(instant)),
        90_000,
      );
      const missing = [...wanted].filter((instant) => !new Set(stored).has(instant));
      expect(missing).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
    }
  });
});
