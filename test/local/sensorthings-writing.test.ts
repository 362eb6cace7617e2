import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { aWholeThing } from '../functions/sensorthings-api/writing.ts';
import { aBin } from '../support/small-city.ts';

/** Writing into SensorThings from end to end: gateway, bundled function in several isolates, the embedded table, and a power cut. */
let home: string;
let city: ChildCity;

const WRITABLE = { PHOSACH_STA_WRITE: 'on' };

const ask = async (method: string, path: string, body?: object) => {
  const url = path.startsWith('http') ? path : `${city.running.http}${path}`;
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, location: response.headers.get('location') ?? '', text };
};

const list = async (path: string): Promise<readonly Record<string, unknown>[]> =>
  JSON.parse((await ask('GET', `/sta/v1.1${path}`)).text).value;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-sta-write-'));
  city = await startChildCity(home, WRITABLE);
  Object.assign(process.env, cityEnvironment(city.running));
  await openStores(readEnvironment(storesEnvironmentSchema)).registry.put('bin', aBin('bin-1'));
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('Writing into the SensorThings of a running city', () => {
  it('is read at once by every instance, survives kill -9, and appears nowhere else', {
    timeout: 180_000,
  }, async () => {
    const thing = await ask('POST', '/sta/v1.1/Things', aWholeThing('Market'));
    expect(thing.status).toBe(201);
    const path = new URL(thing.location).pathname.slice('/sta/v1.1'.length);
    const [datastream] = await list(`${path}/Datastreams`);
    const observations = `/Datastreams(${datastream?.['@iot.id']})/Observations`;
    for (let result = 0; result < 10; result += 1) {
      const made = await ask('POST', `/sta/v1.1${observations}`, { result });
      const read = await Promise.all([made.location, made.location].map((location) => ask('GET', location)));
      expect(read.map(({ status }) => status)).toEqual([200, 200]);
    }
    await city.kill();
    city = await startChildCity(home, WRITABLE);
    expect((await list(observations)).map(({ result }) => result)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [own] = await list("/Things?$filter=properties/id eq 'bin-1'");
    expect((await ask('DELETE', `/sta/v1.1/Things(${own?.['@iot.id']})`)).status).toBe(200);
    expect(await list('/Things')).toMatchObject([{ name: 'Market' }]);
    for (const surface of [
      '/open/v1/catalog',
      '/ogc/collections/stations/items',
      '/ogc/collections/bins/items',
      '/api/v1/bins',
    ]) {
      const { status, text } = await ask('GET', surface);
      expect([surface, status]).toEqual([surface, 200]);
      expect(text).not.toContain('Market');
    }
    expect((await ask('GET', '/ogc/collections/bins/items')).text).toContain('bin-1');
  });

  it('is over when the city starts without it, and what is the city’s is all there', { timeout: 120_000 }, async () => {
    await city.stop();
    city = await startChildCity(home);
    expect((await list('/Things')).map(({ name }) => name)).toEqual(['Bin bin-1']);
    expect((await ask('POST', '/sta/v1.1/Things', aWholeThing())).status).toBe(405);
  });
});
