import { expect, it } from 'vitest';
import type { Plan } from '../../../shared/routing/plan.ts';
import { routeLegs } from '../../../shared/routing/route-lines.ts';
import { liesIn, touchesAny } from '../../../shared/routing/travel/closed-area.ts';
import { at, binsOf, gridBins, openDay, truckWith } from '../../support/day-city.ts';
import { aBin } from '../../support/small-city.ts';
import { endOfLane, streetGrid } from '../../support/street-grid.ts';

/** Around the market: one bin of the grid, bin-15, stands in it. */
const market = { centre: { latitude: 10.976, longitude: 106.646 }, radiusMetres: 500 };
const lane = { centre: { latitude: 10.976, longitude: 106.614 }, radiusMetres: 60 };
const atTheEnd = aBin('lane-end', { position: endOfLane, serviceSeconds: 240 });

/** Legs ahead whose line touches an area, as "from → to". */
const crossing = (plan: Plan, area: typeof market): string[] => {
  const touches = touchesAny([{ ...area, radiusMetres: area.radiusMetres - 5 }]);
  return plan.routes.flatMap((route) => {
    const places = route.stops.filter(({ position }) => position !== undefined);
    const first = places.findLastIndex(({ done }) => done !== undefined);
    const ahead = { stops: places.slice(Math.max(0, first)), geometry: route.geometry };
    if (route.outOfService !== undefined) return [];
    return routeLegs(ahead).flatMap(({ line }) =>
      line.some((point, index) => index > 0 && touches(line[index - 1] ?? point, point))
        ? [`${route.vehicleId}: ${line[0]} → ${line.at(-1)}`]
        : [],
    );
  });
};

const straightLegs = (plan: Plan): number =>
  plan.routes.flatMap((route) => routeLegs(route).filter(({ alongRoads }) => !alongRoads)).length;

it('closes roads for the rest of a day: ways and lines go round, edits and later re-plans too, until they open again', async () => {
  const day = await openDay({ bins: [...gridBins(36), atTheEnd], travel: streetGrid() });
  const { time, post, work, judge, planOf, call } = day;
  const planId = await day.draft();
  const first = await planOf(planId);
  expect(straightLegs(first)).toBe(0);
  expect(truckWith(first, 'lane-end')).toBeDefined();
  expect(crossing(first, market).length).toBeGreaterThan(0);
  await post(planId, 'publish', { expectedVersion: 1 });
  await post(planId, 'start', { expectedVersion: 1 });

  // 05:02: the streets around the market are flooded until ten, and a tree lies across the lane all day.
  time.now = at('05:02');
  const events = [
    { kind: 'area-closed', area: market, until: '2026-11-23T10:00:00+07:00', reason: 'flooded' },
    { kind: 'area-closed', area: lane, reason: 'a tree has fallen' },
  ];
  expect((await post(planId, 'replan', { expectedVersion: 1, events })).status).toBe(202);
  expect((await work())[0]).toMatchObject({ status: 'replanned', version: 2 });
  const second = await planOf(planId);
  const judged = await judge(planId, 2);
  expect(judged.verdict.faults).toEqual([]);
  expect(second.travelSource).toBe('streets of a grid; ways around 2 closed areas');
  expect(second.closures).toMatchObject([{ reason: 'flooded', until: at('10:00'), held: true }, { held: true }]);
  const shown = (await call({ url: `/api/v1/plans/${planId}` })).json();
  expect(shown.closures[0]).toMatchObject({ area: market, until: '2026-11-23T03:00:00.000Z', held: true });
  expect(straightLegs(second)).toBe(0);
  expect(crossing(second, lane)).toEqual([]);
  // Only to and from the bin that is served when it is open again.
  const served = second.routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'bin-15');
  expect(served?.departsAt).toBeGreaterThanOrEqual(at('10:00'));
  const [longitude, latitude] = [106.646, 10.976];
  for (const leg of crossing(second, market)) expect(leg).toContain(`${longitude},${latitude}`);
  expect(second.unserved).toEqual([
    {
      binId: 'lane-end',
      name: 'Bin lane-end',
      reason: 'no open road leads there and back while roads are closed: flooded; a tree has fallen',
      reasonVi: 'không còn đường vào ra khi khu vực bị chặn: flooded; a tree has fallen',
    },
  ]);

  // An edit is judged by the roads that are left; its lines follow, and say so until they are there.
  const [truck, other] = second.routes.map(({ vehicleId }) => vehicleId);
  if (truck === undefined || other === undefined) throw new Error('Too few trucks');
  const moved = binsOf(second, truck).at(-2) ?? '';
  const edit = { kind: 'move', binId: moved, vehicleId: other };
  expect((await post(planId, 'edits', { expectedVersion: 2, edit })).json()).toMatchObject({ feasible: true });
  const waiting = await planOf(planId);
  expect(waiting.linesToFollow).toBeGreaterThan(0);
  expect(straightLegs(waiting)).toBe(waiting.linesToFollow);
  expect(await work()).toMatchObject([{ status: 'drawn', version: 3, lines: waiting.linesToFollow }]);
  const third = await planOf(planId);
  expect(third.linesToFollow).toBeUndefined();
  expect(straightLegs(third)).toBe(0);
  expect(third.closures).toEqual(second.closures);
  for (const leg of crossing(third, market)) expect(leg).toContain(`${longitude},${latitude}`);
  expect((await judge(planId, 3)).verdict.faults).toEqual([]);
  const include = { kind: 'include', binId: 'lane-end' };
  const refused = await post(planId, 'edits', { expectedVersion: 3, edit: include });
  expect(refused.status).toBe(422);
  expect(refused.json().detail).toContain('No open road leads');

  // A later re-plan without a word about closures keeps to them.
  time.now = at('06:30');
  await post(planId, 'replan', { expectedVersion: 3 });
  expect((await work())[0]).toMatchObject({ status: 'replanned', version: 4 });
  const fourth = await planOf(planId);
  expect((await judge(planId, 4)).verdict.faults).toEqual([]);
  expect(fourth.closures).toHaveLength(2);
  expect(fourth.unserved.map(({ binId }) => binId)).toEqual(['lane-end']);
  for (const leg of crossing(fourth, market)) expect(leg).toContain(`${longitude},${latitude}`);

  // After ten the market is open again, and the lane is not.
  time.now = at('10:01');
  await post(planId, 'replan', { expectedVersion: 4 });
  expect((await work())[0]).toMatchObject({ status: 'replanned', version: 5 });
  const fifth = await planOf(planId);
  const after = await judge(planId, 5);
  expect(after.verdict.faults).toEqual([]);
  expect(fifth.closures).toMatchObject([{ reason: 'a tree has fallen' }]);
  expect(after.basis.closedWays?.areas).toEqual([lane]);
});

it('says in words that a source without roads cannot rule a closed area out', async () => {
  const day = await openDay();
  const planId = await day.draft();
  await day.post(planId, 'publish', { expectedVersion: 1 });
  await day.post(planId, 'start', { expectedVersion: 1 });
  // No bin has been served by then, whatever the order of the day.
  day.time.now = at('05:02');
  await day.post(planId, 'replan', {
    expectedVersion: 1,
    events: [{ kind: 'area-closed', area: market, reason: 'flooded' }],
  });
  expect((await day.work())[0]).toMatchObject({ status: 'replanned' });
  const { versions } = (await day.call({ url: `/api/v1/plans/${planId}/versions` })).json();
  const notes: { en: string; vi: string }[] = versions[0].change.notes;
  expect(notes.map(({ en }) => en)).toContain(
    'Ways through the closed area are not ruled out, only its bins are held back: great-circle distances know no roads',
  );
  expect(notes.every(({ vi }) => vi.length > 0)).toBe(true);
  const plan = await day.planOf(planId);
  expect(plan.closures).toMatchObject([{ held: false }]);
  expect(plan.excluded?.map(({ binId }) => binId)).toEqual(['bin-15']);
  expect(liesIn(market, gridBins(15).at(-1)?.position ?? { latitude: 0, longitude: 0 })).toBe(true);
  // Nothing is to follow where lines are straight anyway.
  const [truck, other] = plan.routes.map(({ vehicleId }) => vehicleId);
  const edit = { kind: 'move', binId: binsOf(plan, truck ?? '').at(-1), vehicleId: other };
  expect((await day.post(planId, 'edits', { expectedVersion: 2, edit })).status).toBe(200);
  expect((await day.planOf(planId)).linesToFollow).toBeUndefined();
  expect(await day.work()).toEqual([]);
});
