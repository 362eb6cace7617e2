import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { findRunning } from '../../local/home.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';

/** The main job from end to end: the real process, real TLS clients, the handlers and SDK clients that run on AWS. */
let home: string;
let city: ChildCity;

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${city.running.http}${path}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: response.status === 304 ? undefined : await response.json(),
  };
};

const readings = async (
  sensorId: string,
): Promise<readonly { value: number | null; quantity: string; measuredAt: string }[]> =>
  (await get(`/open/v1/readings?sensor=${sensorId}&limit=1000`)).body.readings;

const publish = async (sensorId: string, payload: string | Buffer): Promise<void> => {
  const client = await connectDevice(home, city.running, sensorId);
  await client.publishAsync(`phosach/uplink/${sensorId}`, payload, { qos: 1 });
  await client.endAsync();
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-city-'));
  city = await startChildCity(home);
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('from a sensor’s message to a reading', () => {
  it('registers a sensor with one command and takes its message from any MQTT client', async () => {
    const added = await runCommand(home, 'local/commands/sensor.ts', [
      'add',
      'air-1',
      '--kind',
      'air',
      '--latitude',
      '10.98',
      '--longitude',
      '106.65',
    ]);
    expect(added).toMatchObject({ code: 0 });
    const measuredAt = new Date(Date.now() - 60_000).toISOString();
    await publish(
      'air-1',
      JSON.stringify({ measuredAt, values: { pm25: 41.5, no2: 30 }, units: { no2: 'ppb' }, battery: 88 }),
    );
    const stored = await eventually(
      () => readings('air-1'),
      (list) => list.length >= 3,
    );
    expect(stored.find(({ quantity }) => quantity === 'pm25')).toMatchObject({ value: 41.5, unit: 'µg/m³' });
    // 30 ppb × 46.0055 g/mol ÷ 24.465 L/mol at 25 °C and 1 atm.
    expect(stored.find(({ quantity }) => quantity === 'no2')?.value).toBeCloseTo(56.41, 1);
    expect(stored.find(({ quantity }) => quantity === 'battery')?.value).toBe(88);
  });

  it('fills a bin on the dispatcher’s screen', async () => {
    await runCommand(home, 'local/commands/sensor.ts', [
      'add',
      'level-1',
      '--kind',
      'bin',
      '--latitude',
      '10.981',
      '--longitude',
      '106.651',
    ]);
    const bins = async () =>
      (await get('/api/v1/bins')).body.bins as {
        id: string;
        sensorIds: string[];
        fill: { status: string; fraction?: number };
      }[];
    const before = (await bins()).find(({ sensorIds }) => sensorIds.includes('level-1'));
    expect(before?.fill.status).toBe('no-data');
    await publish('level-1', JSON.stringify({ measuredAt: Date.now() - 1_000, values: { fillDistance: 600 } }));
    const after = await eventually(
      async () => (await bins()).find(({ sensorIds }) => sensorIds.includes('level-1')),
      (bin) => bin?.fill.status === 'known',
    );
    expect(after?.fill.fraction).toBeGreaterThan(0.3);
    expect(after?.fill.fraction).toBeLessThan(1);
  });

  it('answers open data with an ETag that a second request can use', async () => {
    const first = await get('/open/v1/stations');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect((await get('/open/v1/stations', { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('what cannot be stored', () => {
  it('keeps refused messages with their bytes and reason, and takes them again when the cause is mended', async () => {
    const rubbish = Buffer.from([0xff, 0x00, 0x7b]);
    await publish('air-1', rubbish);
    const issued = await runCommand(home, 'local/commands/sensor.ts', ['certificate', 'late-registered']);
    expect(issued.code).toBe(0);
    await publish('late-registered', JSON.stringify({ measuredAt: Date.now() - 5_000, values: { pm10: 12 } }));

    const list = await eventually(
      () => runCommand(home, 'local/commands/redrive.ts', ['--list']),
      ({ stdout }) => stdout.includes('not-json') && stdout.includes('unknown-sensor'),
    );
    expect(list.stdout).toContain('not-json');
    expect(list.stdout).toContain('unknown-sensor');
    expect(list.stdout).toContain('late-registered');

    await runCommand(home, 'local/commands/sensor.ts', [
      'add',
      'late-registered',
      '--kind',
      'air',
      '--latitude',
      '10.97',
      '--longitude',
      '106.66',
    ]);
    const redriven = await runCommand(home, 'local/commands/redrive.ts', ['--code', 'unknown-sensor']);
    expect(redriven.code).toBe(0);
    const stored = await eventually(
      () => readings('late-registered'),
      (found) => found.length === 1,
    );
    expect(stored).toMatchObject([{ quantity: 'pm10', value: 12 }]);
  });

  it('disconnects a device that speaks for another', async () => {
    const client = await connectDevice(home, city.running, 'air-1');
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish('phosach/uplink/level-1', '{}', { qos: 1 });
    await closed;
    await client.endAsync(true);
  });

  it('answers a bad request with the field at fault', async () => {
    const { status, headers, body } = await get('/open/v1/readings?station=air-1&from=yesterday');
    expect(status).toBe(400);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(body)).toContain('from');
  });
});

describe('a plan', () => {
  it('is made on request and answered as JSON and GeoJSON', async () => {
    const response = await fetch(`${city.running.http}/api/v1/plans`, { method: 'POST' });
    expect(response.status).toBe(202);
    const location = response.headers.get('location') ?? '';
    const plan = await eventually(
      async () => (await get(location)).body,
      ({ status }) => status !== 'requested',
    );
    // One bin, no truck: an honest plan says so instead of failing.
    expect(plan.status).toBe('planned');
    const geojson = await get(`${location}/geojson`);
    expect(geojson.body.type).toBe('FeatureCollection');
  });
});

describe('a process that ends', () => {
  it('refuses a second city in the same folder', async () => {
    await expect(startChildCity(home)).rejects.toThrow(/already runs/);
  });

  it('stops cleanly, and is the same city when it starts again', async () => {
    expect(await city.stop()).toBe(0);
    expect(findRunning(home)).toBeUndefined();
    city = await startChildCity(home);
    expect(await readings('late-registered')).toHaveLength(1);
  });
});
