import { expect, it } from 'vitest';
import { at, binsOf, gridBins, openDay, truckWith } from '../../support/day-city.ts';

const area = { centre: { latitude: 10.976, longitude: 106.646 }, radiusMetres: 300 };

it('goes through a day: a truck stops with its load, comes back, a road is closed and opens early', async () => {
  const day = await openDay();
  const { time, post, work, judge, planOf, report, call } = day;
  const planId = await day.draft();
  const everyBin = gridBins(36).map(({ id }) => id);
  const routeOf = async (vehicleId: string) => {
    const { routes } = (await call({ url: `/api/v1/plans/${planId}` })).json();
    return routes.find((route: { vehicleId: string }) => route.vehicleId === vehicleId);
  };
  const replan = async (version: number, events: readonly object[]) => {
    expect((await post(planId, 'replan', { expectedVersion: version, events })).status).toBe(202);
    expect((await work())[0]).toMatchObject({ status: 'replanned', version: version + 1 });
    const judged = await judge(planId, version + 1);
    expect(judged.verdict.faults).toEqual([]);
    const plan = await planOf(planId);
    const known = [...plan.unserved, ...(plan.excluded ?? [])].map(({ binId }) => binId);
    for (const binId of everyBin) expect(truckWith(plan, binId) ?? known.find((id) => id === binId)).toBeDefined();
    return plan;
  };
  time.now = at('04:30');
  await post(planId, 'publish', { expectedVersion: 1 });
  time.now = at('05:00');
  await post(planId, 'start', { expectedVersion: 1 });
  const first = await planOf(planId);
  const [busiest, another] = [...first.routes].sort((some, others) => others.stops.length - some.stops.length);
  const stopping = busiest?.vehicleId ?? '';
  const planned = busiest?.stops ?? [];
  const served = planned.filter(({ kind, departsAt }) => kind === 'bin' && departsAt < at('06:05'));
  for (const stop of served) await report(planId, stopping, stop.id ?? '', 'collected', stop.departsAt);

  time.now = at('06:10');
  await replan(1, [{ kind: 'truck-out', vehicleId: stopping, reason: 'hydraulics burst' }]);
  const stopped = await routeOf(stopping);
  expect(stopped.outOfService).toMatchObject({ at: '2026-11-22T23:10:00.000Z', reason: 'hydraulics burst' });
  expect(stopped.outOfService.onBoard.litres).toBeGreaterThan(0);
  const said = (await call({ url: `/api/v1/plans/${planId}/diff?from=1&to=2` })).json().differences;
  expect(said.map(({ vi }: { vi: string }) => vi).join('\n')).toContain(
    'trên xe chưa đến điểm xử lý, cần cho người đến lấy',
  );
  await post(planId, 'publish', { expectedVersion: 2 });

  // Nobody closes an area of which nobody knows what lies in it.
  const bowTie = [
    [106.6, 10.9],
    [106.62, 10.92],
    [106.62, 10.9],
    [106.6, 10.92],
  ];
  const crossing = await post(planId, 'replan', {
    expectedVersion: 2,
    events: [{ kind: 'area-closed', area: { polygon: bowTie }, reason: 'x' }],
  });
  expect(crossing.status).toBe(400);
  expect(crossing.json().errors).toMatchObject([
    { pointer: '/events/0/area/polygon', code: 'crosses-itself', values: { latitude: 10.91, longitude: 106.61 } },
  ]);

  // 07:00: it is mended. Who was never out cannot come back.
  time.now = at('07:00');
  const other = another?.vehicleId ?? '';
  const wrong = await post(planId, 'replan', {
    expectedVersion: 2,
    events: [
      { kind: 'truck-back', vehicleId: other },
      { kind: 'area-opened', closureId: 'closure-1' },
    ],
  });
  expect(wrong.status).toBe(400);
  expect(wrong.json().errors).toMatchObject([
    { pointer: '/events/0/vehicleId', message: expect.stringContaining('is not out of service') },
    { pointer: '/events/1/closureId', messageVi: expect.stringContaining('không có khu vực bị chặn') },
  ]);
  const back = await replan(2, [{ kind: 'truck-back', vehicleId: stopping, from: 'depot' }]);
  expect(binsOf(back, stopping).slice(0, served.length)).toEqual(served.map(({ id }) => id));
  const returned = await routeOf(stopping);
  expect(returned.outOfService).toBeUndefined();
  expect(returned.stood).toMatchObject([
    { at: '2026-11-22T23:10:00.000Z', until: '2026-11-23T00:00:00.000Z', onBoard: stopped.outOfService.onBoard },
  ]);

  // Undone, it is out of service again with its load; redone, it is back.
  expect((await post(planId, 'undo', { expectedVersion: 3 })).status).toBe(200);
  expect((await routeOf(stopping)).outOfService).toMatchObject({ reason: 'hydraulics burst' });
  expect((await judge(planId, 4)).verdict.faults).toEqual([]);
  expect((await post(planId, 'redo', { expectedVersion: 4 })).status).toBe(200);
  expect((await judge(planId, 5)).verdict.faults).toEqual([]);
  await post(planId, 'publish', { expectedVersion: 5 });

  // 07:20: its crew tells late of one more bin from before it stopped.
  time.now = at('07:20');
  const late = planned.find((stop) => stop.kind === 'bin' && stop.departsAt >= at('06:05'));
  await report(planId, stopping, late?.id ?? '', 'collected', at('06:09'));
  const closed = await replan(5, [
    { kind: 'area-closed', area, until: '2026-11-23T12:00:00+07:00', reason: 'a burst pipe' },
  ]);
  expect(binsOf(closed, stopping).slice(0, served.length + 1)).toContain(late?.id);
  const shown = (await call({ url: `/api/v1/plans/${planId}` })).json();
  expect(shown.closures).toMatchObject([{ closureId: 'closure-1', reason: 'a burst pipe' }]);

  time.now = at('07:40');
  const opened = await replan(6, [{ kind: 'area-opened', closureId: 'closure-1', at: '2026-11-23T07:35:00+07:00' }]);
  expect(opened.closures).toBeUndefined();
  const { differences } = (await call({ url: `/api/v1/plans/${planId}/diff?from=6` })).json();
  expect(differences).toContainEqual(
    expect.objectContaining({ kind: 'area-opened', vi: 'Khu vực đã mở lại: a burst pipe' }),
  );
  const { versions } = (await call({ url: `/api/v1/plans/${planId}/versions` })).json();
  expect(versions[0].change.events).toMatchObject([{ kind: 'area-opened', at: '2026-11-23T00:35:00.000Z' }]);
});
