import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planAnswer } from '../../functions/operations-api/plan-answers.ts';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { eventually } from '../support/device.ts';

/** What a newcomer sees after `npm start`: the demo city with its simulated sensors. */
let home: string;
let city: ChildCity;

const get = async (path: string) => (await fetch(`${city.running.http}${path}`)).json();

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-demo-'));
  city = await startChildCity(home, { PHOSACH_DEMO: 'on', PHOSACH_SOLVE_SECONDS: '2' });
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('the demo city after its first start', () => {
  it('has its bins, stations and fleet, and every sensor on the line', async () => {
    const health = await eventually(
      () => get('/healthz'),
      ({ connectedSensors }) => connectedSensors === 136,
      60_000,
    );
    expect(health.connectedSensors).toBe(136);
    expect((await get('/api/v1/bins')).bins).toHaveLength(124);
    const { stations } = await get('/api/v1/stations');
    expect(stations.filter(({ kind }: { kind: string }) => kind === 'air')).toHaveLength(8);
    expect(stations.filter(({ kind }: { kind: string }) => kind === 'water')).toHaveLength(4);
    expect((await get('/api/v1/vehicles')).vehicles).toHaveLength(6);
  });

  it('shows two weeks of history, limits that were broken, and a plan with reasons', { timeout: 120_000 }, async () => {
    const latest = await eventually(
      () => get('/api/v1/plans/latest'),
      ({ status }) => status === 'planned',
      100_000,
    );
    expect(latest.status).toBe('planned');
    expect(latest.totals.bins).toBeGreaterThan(10);
    expect(planAnswer.parse(latest)).toEqual(latest);
    // The night's plan is what crews drive by.
    expect(latest).toMatchObject({ state: 'published', version: 1, publishedVersion: 1 });
    for (const route of latest.routes) {
      expect(route.stops[0].kind).toBe('depot');
      const driven = route.stops.filter(({ kind }: { kind: string }) => kind !== 'break');
      expect(driven.at(-2).kind).toBe('disposal');
      for (const stop of route.stops) if (stop.kind === 'bin') expect(stop.reason).not.toBe('');
    }
    const health = await get('/api/v1/sensors/health');
    expect(health.watched).toBe(136);
    expect(health.open).toEqual({ silent: 0, battery: expect.any(Number), clock: 0 });
    const { bins } = await get('/api/v1/bins');
    const known = bins.filter(({ fill }: { fill: { status: string } }) => fill.status === 'known');
    expect(known.length).toBeGreaterThan(110);
    const week = await get(`/api/v1/bins/${bins[0].id}/fill?limit=1000`);
    const first = Date.parse(week.points[0].measuredAt);
    expect(Date.now() - first).toBeGreaterThan(6.5 * 86_400_000);
    const { exceedances } = await get(
      `/api/v1/exceedances?from=${new Date(Date.now() - 14 * 86_400_000).toISOString()}`,
    );
    expect(exceedances.length).toBeGreaterThan(0);
    for (const { value, limit } of exceedances) expect(value).toBeGreaterThan(limit);
  });

  it('plans for a bin that somebody saw overflow, and says so', { timeout: 120_000 }, async () => {
    const headers = { 'content-type': 'application/json' };
    const post = async (path: string, body: object) =>
      (
        await fetch(`${city.running.http}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
      ).json();
    const { routes } = await get('/api/v1/plans/latest');
    const binId = routes[0].stops.find(({ kind }: { kind: string }) => kind === 'bin').id;
    const report = await post('/overflow-reports', { reportId: 'by-hand', binId, channel: 'citizen' });
    expect(report).toMatchObject({ binId, standing: 'open' });
    const { planId } = await post('/plans', {});
    const plan = await eventually(
      () => get(`/api/v1/plans/${planId}`),
      ({ status }) => status !== 'requested',
      100_000,
    );
    const stops = plan.routes.flatMap((route: { stops: readonly { id?: string }[] }) => route.stops);
    expect(stops.find(({ id }: { id?: string }) => id === binId)).toMatchObject({ reasonVi: 'người dân báo tràn rác' });
    const { decision, reports } = await get(`/api/v1/bins/${binId}/circumstances`);
    expect(decision).toMatchObject({ because: 'reported', reasonVi: 'người dân báo tràn rác' });
    expect(reports).toEqual([report]);
  });

  it('tells SensorThings clients of every place, and what it said last, in one answer', async () => {
    const query =
      '$top=1000&$count=true&$expand=Datastreams($top=1000;$filter=properties/derived eq false;$expand=Observations($top=1;$orderby=phenomenonTime desc;$select=result,phenomenonTime,resultQuality))';
    const answer = await get(`/sta/v1.1/Things?${query}`);
    expect(answer['@iot.count']).toBe(136);
    const datastreams = answer.value.flatMap(({ Datastreams }: { Datastreams: object[] }) => Datastreams);
    expect(datastreams.length).toBeGreaterThan(300);
    for (const { Observations } of datastreams) {
      expect(Observations).toHaveLength(1);
      const [{ result, resultQuality }] = Observations;
      expect(result === null).toBe(resultQuality.flag === 9);
    }
    const link = answer.value[0]['@iot.selfLink'];
    expect(link.startsWith(`${city.running.http}/sta/v1.1/Things(`)).toBe(true);
    expect((await (await fetch(link)).json()).name).toBe(answer.value[0].name);
    const [newest] = (await get('/sta/v1.1/Observations?$orderby=phenomenonTime desc&$top=1')).value;
    expect(Date.now() - Date.parse(newest.phenomenonTime)).toBeLessThan(2 * 3_600_000);
  });
});

describe('a demo city that is stopped while its history pours in', () => {
  it('stops cleanly, and the next start goes on with it', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'phosach-demo-stop-'));
    try {
      const first = await startChildCity(folder, { PHOSACH_DEMO: 'on', PHOSACH_SOLVE_SECONDS: '1' });
      await eventually(
        async () => (await fetch(`${first.running.http}/healthz`)).json(),
        ({ uplinks }) => uplinks.inFlight > 20,
      );
      expect(await first.stop()).toBe(0);
      const second = await startChildCity(folder, { PHOSACH_DEMO: 'on', PHOSACH_SOLVE_SECONDS: '1' });
      const plan = await eventually(
        async () => (await fetch(`${second.running.http}/api/v1/plans/latest`)).json(),
        ({ status }) => status === 'planned',
        90_000,
      );
      expect(plan.status).toBe('planned');
      expect(await second.stop()).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
