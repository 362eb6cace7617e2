import { beforeAll, describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { ReceivedReport } from '../../../../shared/routing/crew/crew-report.ts';
import { diffPlans } from '../../../../shared/routing/lifecycle/diff-plans.ts';
import type { DayEvent } from '../../../../shared/routing/lifecycle/edit-schema.ts';
import { decidedProblem, type WorkingBasis } from '../../../../shared/routing/lifecycle/plan-basis.ts';
import { planOf } from '../../../../shared/routing/lifecycle/plan-body.ts';
import type { Plan, PlanRoute } from '../../../../shared/routing/plan.ts';
import { at, binsOf, openDay, SERVICE_DATE } from '../../../support/day-city.ts';
import { replanBySteps } from '../../../support/replan-by-steps.ts';

const head = { planId: 'p', serviceDate: SERVICE_DATE, trigger: 'dispatcher', requestedAt: 1 } as const;

let first: WorkingBasis;
/** The truck that leaves first, and what it serves until half past six. */
let truck = '';
let served: readonly PlanRoute['stops'][number][] = [];

const planAt = (basis: WorkingBasis, now: number): Plan => planOf(basis, head, { at: now, seed: 1 });
const routeOf = (plan: Plan, vehicleId: string): PlanRoute | undefined =>
  plan.routes.find((route) => route.vehicleId === vehicleId);

beforeAll(async () => {
  const day = await openDay();
  ({ basis: first } = await day.judge(await day.draft(), 1));
  const [route] = planAt(first, at('05:00')).routes;
  truck = route?.vehicleId ?? '';
  served = route?.stops.filter(({ kind, departsAt }) => kind === 'bin' && departsAt < at('06:00')) ?? [];
}, 60_000);

const reportOf = (binId: string, madeAt: number, vehicleId = truck): ReceivedReport => ({
  reportId: `${binId}-${madeAt}`,
  planId: 'p',
  vehicleId,
  binId,
  outcome: 'collected',
  at: madeAt,
  sequence: madeAt,
  receivedAt: madeAt,
});

const replan = async (
  basis: WorkingBasis,
  now: number,
  events: readonly DayEvent[],
  reports: readonly ReceivedReport[] = served.map(({ id = '', departsAt }) => reportOf(id, departsAt)),
) => {
  const replanned = await replanBySteps(basis, now, { events, reports });
  if (!replanned.ok) throw new Error(replanned.code);
  expect(checkSolution(decidedProblem(replanned.basis), replanned.basis.solution).faults).toEqual([]);
  return replanned;
};

const out = (time: string): DayEvent => ({ kind: 'truck-out', vehicleId: truck, at: at(time), reason: 'hydraulics' });
const back = (time: string, more: object = {}): DayEvent => ({
  kind: 'truck-back',
  vehicleId: truck,
  at: at(time),
  from: 'depot',
  ...more,
});

const litresOf = (ids: readonly (string | undefined)[]): number =>
  first.picked.reduce(
    (sum, { bin, expectedFraction }) =>
      sum + (ids.includes(bin.id) ? expectedFraction * bin.container.capacityLitres : 0),
    0,
  );

describe('a truck that stopped with a load on board', () => {
  it('says how much did not reach a disposal site, on its route and in what changed', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const before = planAt(first, at('05:00'));
    const plan = planAt(stopped.basis, at('06:10'));
    const collected = binsOf(plan, truck);
    const { onBoard } = routeOf(plan, truck)?.outOfService ?? {};
    expect(onBoard?.litres).toBeCloseTo(litresOf(collected), 3);
    expect(onBoard?.kg).toBeGreaterThan(0);
    const [difference] = diffPlans(before, plan).differences.filter(({ kind }) => kind === 'truck-out');
    const litres = Math.round(litresOf(collected));
    expect(difference?.en).toContain(`about ${litres.toLocaleString('en-US')} L (`);
    expect(difference?.en).toContain('did not reach a disposal site and must be fetched');
    expect(difference?.vi).toContain(`khoảng ${litres.toLocaleString('vi-VN')} lít (`);
    expect(difference?.vi).toContain('chưa đến điểm xử lý');
  });

  it('counts what its crew tells late', async () => {
    const [told, late] = [served.slice(0, 1), served.slice(1)];
    const words = told.map(({ id = '', departsAt }) => reportOf(id, departsAt));
    const [{ departsAt = 0 } = {}] = told;
    const early: DayEvent = { kind: 'truck-out', vehicleId: truck, at: departsAt + 1, reason: 'hydraulics' };
    const stopped = await replan(first, at('06:10'), [early], words);
    expect(binsOf(planAt(stopped.basis, at('06:10')), truck)).toEqual(told.map(({ id }) => id));
    const more = [...words, ...late.map((stop) => reportOf(stop.id ?? '', stop.departsAt))];
    const heard = await replan(stopped.basis, at('07:00'), [], more);
    const plan = planAt(heard.basis, at('07:00'));
    expect(routeOf(plan, truck)?.outOfService?.onBoard?.litres).toBeCloseTo(litresOf(served.map(({ id }) => id)), 3);
    const said = diffPlans(planAt(stopped.basis, at('06:10')), plan).differences.map(({ en }) => en);
    expect(said.join('\n')).toContain('on board did not reach a disposal site');
  });
});

describe('a truck that stopped, of which its crew tells late', () => {
  const stops = async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')], []);
    const before = planAt(stopped.basis, at('06:10'));
    const assumed = binsOf(before, truck);
    expect(assumed.length).toBeGreaterThan(1);
    const [binId = ''] = assumed;
    const heard = async (outcome: ReceivedReport['outcome'], more: object = {}) => {
      const { departsAt = 0 } = routeOf(before, truck)?.stops.find(({ id }) => id === binId) ?? {};
      const word = { ...reportOf(binId, departsAt), outcome, ...more };
      const { basis } = await replan(stopped.basis, at('07:00'), [], [word]);
      return planAt(basis, at('07:00'));
    };
    return { binId, assumed, heard, before };
  };

  it('has not served what was taken as served, and the bin is not lost', async () => {
    const { binId, heard } = await stops();
    const plan = await heard('blocked');
    expect(binsOf(plan, truck)).not.toContain(binId);
    expect(plan.excluded).toMatchObject([{ binId, reason: 'the crew could not get at it' }]);
    expect(routeOf(plan, truck)?.outOfService).toMatchObject({ at: at('06:10'), reason: 'hydraulics' });
  });

  it('holds only what was taken out of a bin', async () => {
    const { binId, heard, before, assumed } = await stops();
    const plan = await heard('partly', { fractionLeft: 0.5 });
    const [full, now] = [before, plan].map((each) => routeOf(each, truck)?.outOfService?.onBoard?.litres ?? 0);
    expect((full ?? 0) - (now ?? 0)).toBeCloseTo(litresOf([binId]) / 2, 3);
    expect(full).toBeCloseTo(litresOf(assumed), 3);
    const stop = routeOf(plan, truck)?.stops.find(({ id }) => id === binId);
    expect(stop?.done).toBe('reported');
  });
});

describe('a truck that comes back', () => {
  it('goes on with its day from its depot, with its load counted, and what it did stays done', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const held = routeOf(planAt(stopped.basis, at('06:10')), truck)?.outOfService?.onBoard?.litres ?? 0;
    const returned = await replan(stopped.basis, at('07:00'), [back('07:00')]);
    const plan = planAt(returned.basis, at('07:00'));
    const route = routeOf(plan, truck);
    expect(route?.outOfService).toBeUndefined();
    expect(route?.stood).toMatchObject([{ at: at('06:10'), until: at('07:00'), reason: 'hydraulics' }]);
    const ids = served.map(({ id }) => id);
    expect(binsOf(plan, truck).slice(0, ids.length)).toEqual(ids);
    const stand = route?.stops.find(({ kind }) => kind === 'stand');
    expect(stand).toMatchObject({ name: 'Depot', departsAt: at('07:00') });
    expect(stand?.loadLitres).toBeCloseTo(held, 3);
    // It empties before its day ends, and nothing ahead of it lies before its return.
    const ahead = route?.stops.slice(route.stops.findIndex(({ kind }) => kind === 'stand') + 1) ?? [];
    expect(ahead.some(({ kind }) => kind === 'disposal')).toBe(true);
    expect(ahead.every(({ arrivesAt }) => arrivesAt >= at('07:00'))).toBe(true);
    expect(ahead.at(-1)?.loadLitres).toBe(0);
    expect(returned.notes.map(({ en }) => en).join('\n')).toContain('back in service from its depot, with about');
    const diff = diffPlans(planAt(stopped.basis, at('06:10')), plan).differences;
    const [said] = diff.filter(({ kind }) => kind === 'truck-back');
    expect(said?.en).toMatch(/back in service, \d+ bins ahead of it; about [\d,]+ L \([\d,]+ kg\) on board/);
    expect(said?.vi).toMatch(/chạy lại, còn \d+ thùng phía trước; đang chở khoảng/);
    expect(diff.some(({ kind }) => kind === 'truck-added')).toBe(false);
  });

  it('takes bins again: with all others gone it serves what they had', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const others = stopped.basis.problem.vehicles.map(({ id }) => id);
    const gone = others.map((vehicleId): DayEvent => ({ kind: 'truck-out', vehicleId, at: at('06:30'), reason: 'x' }));
    const returned = await replan(stopped.basis, at('06:30'), [...gone, back('06:30')]);
    const plan = planAt(returned.basis, at('06:30'));
    const ahead = routeOf(plan, truck)?.stops.filter(({ kind, done }) => kind === 'bin' && done === undefined) ?? [];
    expect(ahead.length).toBeGreaterThan(3);
    for (const { outOfService, vehicleId } of plan.routes) expect(outOfService === undefined).toBe(vehicleId === truck);
  });

  it('begins where it stopped, when that is what it does', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const last = binsOf(planAt(stopped.basis, at('06:10')), truck).at(-1);
    const returned = await replan(stopped.basis, at('06:40'), [back('06:40', { from: 'last-place' })]);
    const route = routeOf(planAt(returned.basis, at('06:40')), truck);
    const stand = route?.stops.find(({ kind }) => kind === 'stand');
    const { position } = first.picked.find(({ bin }) => bin.id === last)?.bin ?? {};
    expect(stand).toMatchObject({ position, legMetres: 0 });
  });

  it('is empty where its load was taken from it', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const returned = await replan(stopped.basis, at('07:00'), [back('07:00', { emptied: true })]);
    const route = routeOf(planAt(returned.basis, at('07:00')), truck);
    expect(route?.stops.find(({ kind }) => kind === 'stand')).toMatchObject({ loadLitres: 0, loadKg: 0 });
    expect(route?.stood).toMatchObject([{ onBoard: { litres: 0, kg: 0 } }]);
    expect(returned.notes.map(({ vi }) => vi).join('\n')).toContain('rác trên xe đã được chuyển đi');
  });

  it('may stop and come back within one order, and comes back when it was said to join', async () => {
    const both = await replan(first, at('07:00'), [out('06:10'), back('07:00')]);
    const route = routeOf(planAt(both.basis, at('07:00')), truck);
    expect(route).toMatchObject({ stood: [{ at: at('06:10'), until: at('07:00') }] });
    expect(route?.outOfService).toBeUndefined();
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const joined = await replan(stopped.basis, at('07:00'), [{ kind: 'truck-joins', vehicleId: truck }]);
    expect(planAt(joined.basis, at('07:00')).routes.filter(({ vehicleId }) => vehicleId === truck)).toMatchObject([
      { stood: [{ at: at('06:10'), until: at('07:00') }] },
    ]);
  });

  it('stands until the hour it was said to come back, whatever is planned meanwhile', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const promised = await replan(stopped.basis, at('06:20'), [back('08:00')]);
    const again = await replan(promised.basis, at('06:50'), []);
    for (const { basis } of [promised, again]) {
      const route = routeOf(planAt(basis, at('06:50')), truck);
      expect(route?.stops.find(({ kind }) => kind === 'stand')?.departsAt).toBe(at('08:00'));
      const ahead = route?.stops.filter(({ kind, done }) => kind === 'bin' && done === undefined) ?? [];
      expect(ahead.every(({ arrivesAt }) => arrivesAt > at('08:00'))).toBe(true);
    }
  });

  it('keeps what its crew did before and after it stood in order, however late that is told', async () => {
    const [known, late] = [served.slice(0, 1), served.slice(1)];
    const words = known.map(({ id = '', departsAt }) => reportOf(id, departsAt));
    const stopped = await replan(first, at('06:10'), [out('06:10')], words);
    const returned = await replan(stopped.basis, at('06:40'), [back('06:40')], words);
    const then = late.map((stop) => reportOf(stop.id ?? '', stop.departsAt + 60_000));
    const heard = await replan(returned.basis, at('06:50'), [], [...words, ...then]);
    const stops = routeOf(planAt(heard.basis, at('06:50')), truck)?.stops ?? [];
    const stand = stops.findIndex(({ kind }) => kind === 'stand');
    const before = stops.slice(0, stand).flatMap(({ kind, id }) => (kind === 'bin' ? [id] : []));
    expect(before).toEqual(expect.arrayContaining(served.map(({ id }) => id)));
    expect(stops.slice(0, stand).every(({ done }, index) => index === 0 || done === 'reported')).toBe(true);
  });

  it('is told in words that it cannot: its shift is over, or it was never out', async () => {
    const stopped = await replan(first, at('06:10'), [out('06:10')]);
    const late = await replan(stopped.basis, at('06:20'), [back('14:00')]);
    expect(late.notes.map(({ en }) => en).join('\n')).toContain('its shift is over');
    expect(routeOf(planAt(late.basis, at('06:20')), truck)?.outOfService).toBeDefined();
    const never = await replan(first, at('06:10'), [back('06:10')]);
    expect(never.notes.map(({ vi }) => vi).join('\n')).toContain('không ở trạng thái ngừng');
  });

  it('has had its break where it stood through the time for it', async () => {
    const withBreak: WorkingBasis = {
      ...first,
      problem: {
        ...first.problem,
        vehicles: first.problem.vehicles.map((vehicle) => ({
          ...vehicle,
          breaks: [{ window: [7.5 * 3_600, 8 * 3_600], seconds: 1_200 }],
        })),
      },
    };
    const stopped = await replan(withBreak, at('06:10'), [out('06:10')]);
    const returned = await replan(stopped.basis, at('09:00'), [back('09:00')]);
    const stops = routeOf(planAt(returned.basis, at('09:00')), truck)?.stops ?? [];
    expect(stops.filter(({ kind }) => kind === 'break')).toMatchObject([{ arrivesAt: at('07:30') }]);
    expect(stops.some(({ kind, done }) => kind === 'disposal' && done === undefined)).toBe(true);
  });
});
