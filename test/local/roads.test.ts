import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bigCity, readingsOf } from '../../bench/planning/big-city.ts';
import { gridCity } from '../../bench/travel/grid-city.ts';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';

/** A small town whose bins all stand on an invented grid of streets. */
const corner = { longitude: 106.6, latitude: 10.7 };
const grid = gridCity({ ...corner, columns: 30, rows: 30, stepE7: 70_000 });

const planSchema = z.looseObject({
  planId: z.string(),
  status: z.string(),
  travelSource: z.string(),
  linesToFollow: z.number().optional(),
  closures: z.array(z.looseObject({ held: z.boolean() })).optional(),
  routes: z.array(
    z.looseObject({
      vehicleId: z.string(),
      geometry: z.array(z.string()).optional(),
      bins: z.number(),
      stops: z.array(z.looseObject({ kind: z.string(), id: z.string().optional() })),
    }),
  ),
});

let home: string;
let city: ChildCity;

const enter = async (): Promise<void> => {
  Object.assign(process.env, cityEnvironment(city.running));
  const { registry, readings, sensorStates } = openStores(readEnvironment(storesEnvironmentSchema));
  const town = bigCity(6, 1);
  await registry.putMany('bin', town.bins);
  await registry.putMany('sensor', town.sensors);
  await registry.putMany('depot', town.depots);
  await registry.putMany('disposal-site', town.disposalSites);
  await registry.putMany('vehicle', town.vehicles);
  const history = readingsOf(town, 2, Math.floor(Date.now() / 3_600_000) * 3_600_000);
  await readings.append(history);
  await sensorStates.record(history);
};

/** As `npm run roads` runs. */
const roads = async (file: string): Promise<{ readonly code: number; readonly said: string }> => {
  const command = spawn(process.execPath, [join(import.meta.dirname, '../../local/commands/roads.ts'), file], {
    env: { ...process.env, PHOSACH_HOME: home },
  });
  let said = '';
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const [code] = await once(command, 'close');
  return { code: Number(code), said };
};

const post = async (path: string, body: object): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' };
  const address = `${city.running.http}/api/v1/plans${path}`;
  return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })).json();
};

const planNow = async (planId: string): Promise<z.infer<typeof planSchema>> =>
  planSchema.parse(await (await fetch(`${city.running.http}/api/v1/plans/${planId}`)).json());

const plan = async (): Promise<z.infer<typeof planSchema>> => {
  const { planId } = z.looseObject({ planId: z.string() }).parse(await post('', {}));
  const answer = async (): Promise<{ status: string }> =>
    (await fetch(`${city.running.http}/api/v1/plans/${planId}`)).json() as Promise<{ status: string }>;
  await expect.poll(async () => (await answer()).status, { timeout: 120_000, interval: 200 }).not.toBe('requested');
  return planSchema.parse(await answer());
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'roads-city-'));
  city = await startChildCity(home, { PHOSACH_SOLVE_SECONDS: '0.3', PHOSACH_SOLVE_ISLANDS: '1' });
  await enter();
});
afterAll(async () => {
  await city.stop();
  await rm(home, { recursive: true, force: true });
});

describe('roads of a running city', () => {
  it('are what its plans rest on from the moment they are stored', async () => {
    const before = await plan();
    expect(before.travelSource).toMatch(/^great-circle × .* \(no roads are stored\)$/);
    expect(before.routes.every(({ geometry }) => geometry === undefined)).toBe(true);

    const elements = [
      ...[...grid.nodes].map(([id, [lon, lat]]) => ({ type: 'node', id, lon: lon / 1e7, lat: lat / 1e7 })),
      ...grid.ways.map((way) => ({ type: 'way', ...way })),
    ];
    const extract = join(home, 'grid.json');
    await writeFile(extract, JSON.stringify({ elements }));
    const { code, said } = await roads(extract);
    expect(said).toMatch(/Stored as roads\/[0-9a-f]{64}\.roads/);
    expect(code).toBe(0);

    const after = await plan();
    expect(after.travelSource).toMatch(/^roads © OpenStreetMap contributors \(ODbL\), \d+ crossings$/);
    expect(after.routes.length).toBeGreaterThan(0);
    for (const { geometry, bins } of after.routes) expect(geometry?.length).toBeGreaterThanOrEqual(bins);
  });

  it('lead the lines of an edit, and go round an area that is closed', async () => {
    const { planId, routes } = await plan();
    const [route] = routes;
    const moved = route?.stops.filter(({ kind }) => kind === 'bin').at(-1)?.id;
    const edit = { kind: 'move', binId: moved, vehicleId: route?.vehicleId, position: 1 };
    expect(await post(`/${planId}/edits`, { expectedVersion: 1, edit })).toMatchObject({ feasible: true });
    const linesToFollow = async (): Promise<unknown> => (await planNow(planId)).linesToFollow;
    await expect.poll(linesToFollow, { timeout: 60_000, interval: 100 }).toBeUndefined();
    const [drawn] = (await planNow(planId)).routes;
    expect(drawn?.geometry?.length).toBeGreaterThanOrEqual(drawn?.bins ?? 0);

    const area = { centre: { latitude: 10.705, longitude: 106.605 }, radiusMetres: 100 };
    const events = [{ kind: 'area-closed', area, reason: 'Đường ngập' }];
    await post(`/${planId}/replan`, { expectedVersion: 2, events, solveSeconds: 0.3 });
    const closures = async (): Promise<unknown> => (await planNow(planId)).closures?.map(({ held }) => held);
    await expect.poll(closures, { timeout: 60_000, interval: 100 }).toEqual([true]);
    expect((await planNow(planId)).travelSource).toContain('ways around 1 closed area');
  });

  it('stay as they are when a file is no extract', async () => {
    const file = join(home, 'broken.json');
    await writeFile(file, '{"elements": 3}');
    const { code, said } = await roads(file);
    expect(code).toBe(1);
    expect(said).toContain('not an OpenStreetMap extract: /elements');
    expect((await plan()).travelSource).toContain('roads ©');
  });
});
