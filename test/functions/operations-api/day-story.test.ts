import { expect, it } from 'vitest';
import { currentPlan } from '../../../shared/routing/lifecycle/current-plan.ts';
import { at, binsOf, gridBins, openDay, SERVICE_DATE, truckWith } from '../../support/day-city.ts';
import { aBin } from '../../support/small-city.ts';

/** Two bins that the plan did not have, and one that it did. */
const strangers = [
  aBin('market', { position: { latitude: 10.972, longitude: 106.655 }, serviceSeconds: 240 }),
  aBin('school', { position: { latitude: 10.985, longitude: 106.66 }, serviceSeconds: 240 }),
];

it('survives a day: published at 04:30, truck 2 out at 06:10, two overflows, an offline crew heard at 08:00', async () => {
  const day = await openDay({ bins: gridBins(36), empty: strangers });
  const { time, post, work, judge, planOf, parts, report, call } = day;
  const planId = await day.draft();
  const everyBin = gridBins(36).map(({ id }) => id);
  expect(await currentPlan(parts.plans, SERVICE_DATE)).toBeUndefined();

  time.now = at('04:30');
  expect((await post(planId, 'publish', { expectedVersion: 1 })).json()).toMatchObject({
    state: 'published',
    publishedVersion: 1,
  });
  const published = await currentPlan(parts.plans, SERVICE_DATE);
  expect(published?.planId).toBe(planId);
  const first = await planOf(planId);
  expect((await judge(planId, 1)).verdict).toMatchObject({ faults: [], complete: true });
  expect(first.routes.length).toBeGreaterThanOrEqual(2);

  time.now = at('05:00');
  expect((await post(planId, 'start', { expectedVersion: 1 })).json()).toMatchObject({ state: 'in-progress' });
  const [stopping, offline] = first.routes.map(({ vehicleId }) => vehicleId);
  if (stopping === undefined || offline === undefined) throw new Error('Too few trucks');
  const stoppedRoute = first.routes.find(({ vehicleId }) => vehicleId === stopping);
  const served = stoppedRoute?.stops.filter(({ kind, departsAt }) => kind === 'bin' && departsAt < at('06:00')) ?? [];
  for (const stop of served) await report(planId, stopping, stop.id ?? '', 'collected', stop.departsAt);
  expect(served.length).toBeGreaterThan(0);

  // 06:10: truck 2 stands, two bins overflow.
  time.now = at('06:10');
  const asked = await post(planId, 'replan', {
    expectedVersion: 1,
    why: 'Hydraulics',
    events: [
      { kind: 'truck-out', vehicleId: stopping, at: '2026-11-23T06:10:00+07:00', reason: 'hydraulics burst' },
      { kind: 'overflow', binId: 'market' },
      { kind: 'overflow', binId: 'school' },
    ],
  });
  expect(asked.status).toBe(202);
  expect((await work())[0]).toMatchObject({ status: 'replanned', version: 2 });
  const second = await planOf(planId);
  expect((await judge(planId, 2)).verdict).toMatchObject({ faults: [], complete: true });
  const [frozen] = second.routes.filter(({ outOfService }) => outOfService !== undefined);
  expect(frozen).toMatchObject({ vehicleId: stopping, outOfService: { reason: 'hydraulics burst' } });
  expect(binsOf(second, stopping).slice(0, served.length)).toEqual(served.map(({ id }) => id));
  for (const binId of [...everyBin, 'market', 'school']) expect(truckWith(second, binId), binId).toBeDefined();
  expect(truckWith(second, 'market')).not.toBe(stopping);
  // Nobody is sent into the past: whatever is not done yet lies behind ten past six.
  for (const { stops } of second.routes)
    for (const stop of stops)
      if (stop.kind === 'bin' && stop.done === undefined) expect(stop.departsAt).toBeGreaterThan(at('06:10'));

  const diff = (await call({ url: `/api/v1/plans/${planId}/diff?from=1&to=2` })).json();
  const said = diff.differences.map(({ en }: { en: string }) => en).join('\n');
  expect(said).toContain('out of service after');
  expect(said).toContain('Bin market: new, on Truck');
  expect(said).toMatch(/Bin bin-\d\d: moved from Truck truck-\d to Truck truck-\d/);
  expect(diff.differences.every(({ vi }: { vi: string }) => vi.length > 0)).toBe(true);
  expect(diff.differences.some(({ vi }: { vi: string }) => vi.includes('chuyển từ'))).toBe(true);
  expect(diff.totals.bins).toBe(2);

  // Crews drive by version 1 until somebody publishes.
  expect((await currentPlan(parts.plans, SERVICE_DATE))?.finishedAt).toBe(first.finishedAt);
  await post(planId, 'publish', { expectedVersion: 2 });
  expect((await currentPlan(parts.plans, SERVICE_DATE))?.finishedAt).toBe(second.finishedAt);

  // 08:00: the phone of a crew without signal since the morning sends everything at once, twice and out of order.
  time.now = at('08:00');
  const theirs =
    second.routes
      .find(({ vehicleId }) => vehicleId === offline)
      ?.stops.filter(({ kind, departsAt }) => kind === 'bin' && departsAt < at('07:30')) ?? [];
  const blocked = theirs.at(-1)?.id ?? '';
  for (const stop of theirs.toReversed()) {
    const outcome = stop.id === blocked ? 'blocked' : 'collected';
    await report(planId, offline, stop.id ?? '', outcome, stop.departsAt + 12 * 60_000);
  }
  await post(planId, 'replan', { expectedVersion: 2, why: 'Crew back in touch' });
  expect((await work())[0]).toMatchObject({ status: 'replanned', version: 3 });
  const third = await planOf(planId);
  const { basis, verdict } = await judge(planId, 3);
  expect(verdict.faults).toEqual([]);
  expect(third.excluded).toMatchObject([{ binId: blocked, reason: 'the crew could not get at it' }]);
  const done = basis.problem.vehicles.find(({ id }) => id === offline)?.done ?? [];
  const doneBins = done.flatMap(({ kind, id }) => (kind === 'stop' ? [id] : []));
  expect(doneBins).toEqual(expect.arrayContaining(theirs.map(({ id }) => id).filter((id) => id !== blocked)));
  const told = (await call({ url: `/api/v1/plans/${planId}/diff?from=2` })).json();
  expect(told.differences.map(({ en }: { en: string }) => en)).toContainEqual(
    expect.stringContaining('the crew could not get at it'),
  );

  // Nothing was overwritten, and who did what is on record.
  const { versions, life } = (await call({ url: `/api/v1/plans/${planId}/versions` })).json();
  expect(versions.map(({ version }: { version: number }) => version)).toEqual([3, 2, 1]);
  expect(versions[1]).toMatchObject({ by: 'officer@local', why: 'Hydraulics', change: { kind: 'replan' } });
  expect(life.log.map(({ act }: { act: string }) => act)).toEqual(['published', 'started', 'published']);
  expect(await parts.plans.version(planId, 1)).toMatchObject({ plan: { finishedAt: first.finishedAt } });

  time.now = at('13:00');
  expect((await post(planId, 'close', { expectedVersion: 3 })).json()).toMatchObject({ state: 'closed' });
  expect((await post(planId, 'undo', { expectedVersion: 3 })).status).toBe(409);
});
