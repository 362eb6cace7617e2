import { describe, expect, it, vi } from 'vitest';
import { logger } from '../../../shared/lambda/observability.ts';
import { currentPlan } from '../../../shared/routing/lifecycle/current-plan.ts';
import { stopsAhead } from '../../../shared/routing/lifecycle/plan-basis.ts';
import { at, binsOf, openDay, SERVICE_DATE, truckOf, truckWith } from '../../support/day-city.ts';

type Day = Awaited<ReturnType<typeof openDay>>;

const lock = (binId: string) => ({ kind: 'lock-stop', binId });

const edited = async (day: Day, planId: string, expectedVersion: number, edit: object, query = '') => {
  const answer = await day.call({
    method: 'POST',
    url: `/api/v1/plans/${planId}/edits${query}`,
    body: { expectedVersion, edit },
  });
  return { ...answer, body: answer.json() };
};

const firstBin = async (day: Day, planId: string): Promise<string> => {
  const plan = await day.planOf(planId);
  return binsOf(plan, plan.routes[0]?.vehicleId ?? '')[0] ?? '';
};

describe('the life of a plan over the API', () => {
  it('goes from draft to published, in progress and closed, with who and why', async () => {
    const day = await openDay();
    const planId = await day.draft();
    expect((await day.call({ url: `/api/v1/plans/${planId}` })).json()).toMatchObject({ state: 'draft', version: 1 });
    expect((await day.post(planId, 'start', { expectedVersion: 1 })).status).toBe(409);
    await day.post(planId, 'publish', { expectedVersion: 1, why: 'looked at' });
    expect((await day.post(planId, 'publish', { expectedVersion: 1 })).json().type).toContain('already-published');
    expect((await day.post(planId, 'discard', { expectedVersion: 1 })).status).toBe(409);
    await day.post(planId, 'start', { expectedVersion: 1 });
    const closed = (await day.post(planId, 'close', { expectedVersion: 1, why: 'all home' })).json();
    expect(closed.log).toMatchObject([
      { act: 'published', by: 'officer@local', why: 'looked at', version: 1 },
      { act: 'started' },
      { act: 'closed', why: 'all home' },
    ]);
    expect((await edited(day, planId, 1, lock('bin-01'))).status).toBe(409);
    expect((await currentPlan(day.parts.plans, SERVICE_DATE))?.planId).toBe(planId);
    const { plans } = (await day.call({ url: '/api/v1/plans' })).json();
    expect(plans[0]).toMatchObject({ state: 'closed', publishedVersion: 1 });
  });

  it('lets one of two who saw the same version change it', async () => {
    const day = await openDay();
    const planId = await day.draft();
    const [first, second] = await Promise.all([
      edited(day, planId, 1, lock('bin-01')),
      edited(day, planId, 1, lock('bin-02')),
    ]);
    expect([first.status, second.status].sort()).toEqual([200, 409]);
    const late = await edited(day, planId, 1, lock('bin-03'));
    expect(late.body).toMatchObject({ status: 409, type: 'urn:problem-type:phosach:version-conflict' });
    expect(late.body.detail).toContain('it is at version 2, not 1');
    expect((await day.post(planId, 'publish', { expectedVersion: 1 })).status).toBe(409);
  });

  it('lets another plan of the day take over before trucks leave, and not after', async () => {
    const day = await openDay();
    const [one, two] = [await day.draft(), await day.draft()];
    await day.post(one, 'publish', { expectedVersion: 1 });
    day.time.now += 60_000;
    await day.post(two, 'publish', { expectedVersion: 1 });
    expect(await day.parts.plans.life(one)).toMatchObject({ state: 'superseded' });
    expect((await currentPlan(day.parts.plans, SERVICE_DATE))?.planId).toBe(two);
    await day.post(two, 'start', { expectedVersion: 1 });
    const three = await day.draft();
    const refused = (await day.post(three, 'publish', { expectedVersion: 1 })).json();
    expect(refused.detail).toContain(`Plan ${two} of that day is in progress`);
    expect((await day.post(three, 'discard', { expectedVersion: 1 })).json().state).toBe('discarded');
    expect((await day.call({ url: '/api/v1/plans/latest' })).json().planId).toBe(two);
  });
});

describe('edits over the API', () => {
  it('say what would come of them without writing, then write it as a version with a diff', async () => {
    const day = await openDay();
    const planId = await day.draft();
    const plan = await day.planOf(planId);
    const [from, to] = plan.routes.map(({ vehicleId }) => vehicleId);
    const edit = { kind: 'move', binId: binsOf(plan, from ?? '')[0], vehicleId: to };
    const dry = await edited(day, planId, 1, edit, '?dryRun=true');
    expect(dry.body).toMatchObject({ feasible: true, dryRun: true, breaches: [] });
    expect(await day.parts.plans.life(planId)).toMatchObject({ version: 1 });
    const done = await edited(day, planId, 1, edit);
    expect(done.body.diff).toEqual(dry.body.diff);
    expect(done.body.diff.differences[0]).toMatchObject({ kind: 'moved', fromVehicleId: from, vehicleId: to });
    expect(done.body.diff.totals.distanceMetres).not.toBe(0);
    expect((await day.judge(planId, 2)).verdict.faults).toEqual([]);
    const old = (await day.call({ url: `/api/v1/plans/${planId}/versions/1` })).json();
    expect(truckWith(await day.planOf(planId), edit.binId ?? '')).toBe(to);
    expect(old.routes).toHaveLength(plan.routes.length);
  });

  it('refuse what no truck could drive with 422, and say the same dry with 200', async () => {
    const day = await openDay({ trucks: [truckOf(1), truckOf(2, { streams: ['recyclable'] })] });
    const planId = await day.draft();
    const edit = { kind: 'move', binId: await firstBin(day, planId), vehicleId: 'truck-2' };
    const dry = await edited(day, planId, 1, edit, '?dryRun=true');
    expect(dry).toMatchObject({ status: 200, body: { feasible: false, code: 'infeasible' } });
    expect(dry.body.breaches[0].en).toContain('may not carry the waste of');
    expect(dry.body.breaches[0].vi).toContain('không được chở');
    const real = await edited(day, planId, 1, edit);
    expect(real).toMatchObject({ status: 422, body: { errors: [{ in: 'body', pointer: '/edit' }] } });
    expect(await day.parts.plans.life(planId)).toMatchObject({ version: 1 });
  });

  it.each([
    [{ kind: 'exclude', binId: 'bin-01' }, 'edit.reason'],
    [{ kind: 'exclude', binId: 'bin-01', reason: '  ' }, 'edit.reason'],
    [{ kind: 'teleport', binId: 'bin-01' }, 'edit.kind'],
    [{ kind: 'move', binId: 'bin-01', vehicleId: 'truck-1', position: 0 }, 'edit.position'],
  ])('refuse %j with 400 and the field', async (edit, field) => {
    const day = await openDay();
    const planId = await day.draft();
    const { status, body } = await edited(day, planId, 1, edit);
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe(field);
  });

  it('are undone and done again as versions; a new edit ends what can be redone', async () => {
    const day = await openDay();
    const planId = await day.draft();
    const binId = await firstBin(day, planId);
    await edited(day, planId, 1, lock(binId));
    await edited(day, planId, 2, { kind: 'exclude', binId, reason: 'street fair' });
    const isLocked = async (): Promise<boolean> =>
      (await day.planOf(planId)).routes.some(({ stops }) => stops.some(({ id, locked }) => id === binId && locked));
    const step = async (which: 'undo' | 'redo', expectedVersion: number) =>
      (await day.post(planId, which, { expectedVersion })).status;
    expect(await step('undo', 3)).toBe(200);
    expect(await isLocked()).toBe(true);
    expect(await step('undo', 4)).toBe(200);
    expect(await isLocked()).toBe(false);
    expect(truckWith(await day.planOf(planId), binId)).toBeDefined();
    expect(await step('undo', 5)).toBe(409);
    expect(await step('redo', 5)).toBe(200);
    expect(await isLocked()).toBe(true);
    expect(await step('redo', 6)).toBe(200);
    expect((await day.planOf(planId)).excluded).toMatchObject([{ binId, by: 'officer@local' }]);
    expect(await step('redo', 7)).toBe(409);
    expect(await step('undo', 7)).toBe(200);
    await edited(day, planId, 8, lock('bin-02'));
    expect(await step('redo', 9)).toBe(409);
    const { versions } = (await day.call({ url: `/api/v1/plans/${planId}/versions` })).json();
    expect(versions.map(({ change }: { change: { kind: string } }) => change.kind).reverse()).toEqual([
      'planned',
      'edit',
      'edit',
      'undo',
      'undo',
      'redo',
      'redo',
      'undo',
      'edit',
    ]);
  });

  it('begin where the trucks are once they are on the road', async () => {
    const day = await openDay();
    const planId = await day.draft();
    await day.post(planId, 'publish', { expectedVersion: 1 });
    await day.post(planId, 'start', { expectedVersion: 1 });
    const plan = await day.planOf(planId);
    // The longest day has stops ahead whatever the optimizer made of the others.
    const [longest, other] = [...plan.routes].sort((a, b) => b.endsAt - a.endsAt);
    const [from, to] = [longest?.vehicleId, other?.vehicleId];
    day.time.now = at('06:30');
    const done = longest?.stops.filter(({ kind, departsAt }) => kind === 'bin' && departsAt < at('06:20')) ?? [];
    for (const { id = '', departsAt } of done) await day.report(planId, from ?? '', id, 'collected', departsAt);
    const refused = await edited(day, planId, 1, { kind: 'move', binId: done[0]?.id, vehicleId: to }, '?dryRun=true');
    expect(refused.body).toMatchObject({ feasible: false, code: 'already-done' });
    const last = binsOf(plan, from ?? '').at(-1);
    expect((await edited(day, planId, 1, { kind: 'move', binId: last, vehicleId: to })).status).toBe(200);
    const { basis, verdict } = await day.judge(planId, 2);
    expect(verdict.faults).toEqual([]);
    expect(stopsAhead(basis.solution, to ?? '')).toContain(last);
    const stops = (await day.planOf(planId)).routes.find(({ vehicleId }) => vehicleId === from)?.stops ?? [];
    expect(stops.filter(({ done: how }) => how === 'reported').map(({ id }) => id)).toEqual(
      expect.arrayContaining(done.map(({ id }) => id)),
    );
  });
});

describe('re-planning over the API', () => {
  const onTheRoad = async (time: string) => {
    const day = await openDay();
    const planId = await day.draft();
    await day.post(planId, 'publish', { expectedVersion: 1 });
    await day.post(planId, 'start', { expectedVersion: 1 });
    day.time.now = at(time);
    return { day, planId, plan: await day.planOf(planId) };
  };

  it('is carried out once, however often the queue delivers it', async () => {
    const { day, planId, plan } = await onTheRoad('06:00');
    await day.post(planId, 'replan', {
      expectedVersion: 1,
      events: [{ kind: 'crew-late', vehicleId: plan.routes[0]?.vehicleId, minutes: 30 }],
    });
    const [request] = day.sent.splice(0);
    if (request === undefined) throw new Error('Nothing was queued');
    expect(await day.carryOut(request)).toMatchObject({ status: 'replanned', version: 2 });
    expect(await day.carryOut(request)).toMatchObject({ status: 'already-finished' });
    expect(await day.parts.plans.life(planId)).toMatchObject({ version: 2, replans: [{ status: 'done', version: 2 }] });
  });

  it('reaches bins of a late crew later, and says so', async () => {
    const { day, planId, plan } = await onTheRoad('05:30');
    const vehicleId = plan.routes[0]?.vehicleId ?? '';
    await day.post(planId, 'replan', { expectedVersion: 1, events: [{ kind: 'crew-late', vehicleId, minutes: 45 }] });
    await day.work();
    const { verdict } = await day.judge(planId, 2);
    expect(verdict.faults).toEqual([]);
    const next = (await day.planOf(planId)).routes.find((route) => route.vehicleId === vehicleId);
    const waiting = next?.stops.filter(({ kind, done }) => kind === 'bin' && done === undefined) ?? [];
    for (const { departsAt } of waiting) expect(departsAt).toBeGreaterThan(at('05:30'));
    const diff = (await day.call({ url: `/api/v1/plans/${planId}/diff?from=1` })).json();
    const kinds = new Set(diff.differences.map(({ kind }: { kind: string }) => kind));
    expect(kinds.has('later') || kinds.has('moved')).toBe(true);
  });

  it('serves nobody in a closed area before it opens, and leaves out who cannot wait', async () => {
    const { day, planId, plan } = await onTheRoad('05:20');
    // The last bin of a morning: no truck has been there yet.
    const bin = plan.routes[0]?.stops.findLast(({ kind }) => kind === 'bin');
    const area = { centre: bin?.position, radiusMetres: 1_000 };
    const close = async (expectedVersion: number, more: object) => {
      const events = [{ kind: 'area-closed', area, reason: 'burst pipe', ...more }];
      await day.post(planId, 'replan', { expectedVersion, events });
      return (await day.work())[0];
    };
    expect(await close(1, { until: '2026-11-23T08:00:00+07:00' })).toMatchObject({ status: 'replanned' });
    const opened = await day.judge(planId, 2);
    expect(opened.verdict.faults).toEqual([]);
    const inside = (await day.planOf(planId)).routes.flatMap(({ stops }) => stops).filter(({ id }) => id === bin?.id);
    expect(inside).toHaveLength(1);
    for (const { departsAt } of inside) expect(departsAt).toBeGreaterThanOrEqual(at('08:00'));
    expect(await close(2, {})).toMatchObject({ status: 'replanned' });
    expect((await day.judge(planId, 3)).verdict.faults).toEqual([]);
    expect((await day.planOf(planId)).excluded?.map(({ binId, reason }) => [binId, reason])).toContainEqual([
      bin?.id,
      'burst pipe',
    ]);
  });

  it('goes on when the plan is published while it is being worked out', async () => {
    const { day, planId } = await onTheRoad('06:00');
    await day.post(planId, 'replan', { expectedVersion: 1 });
    const [request] = day.sent.splice(0);
    if (request?.replan === undefined) throw new Error('Nothing was queued');
    const life = await day.parts.plans.life(planId);
    if (life === undefined) throw new Error('No life');
    await day.parts.plans.move({ ...life, log: [...life.log] });
    expect(await day.carryOut(request)).toMatchObject({ status: 'replanned', version: 2 });
  });

  it('is on record with the reason when somebody changed the plan first', async () => {
    const { day, planId } = await onTheRoad('06:00');
    await day.post(planId, 'replan', { expectedVersion: 1 });
    await edited(day, planId, 1, lock('bin-30'));
    expect((await day.work())[0]).toMatchObject({ status: 'failed' });
    const { life } = (await day.call({ url: `/api/v1/plans/${planId}/versions` })).json();
    expect(life.replans).toMatchObject([{ status: 'failed', reason: expect.stringContaining('version 2, not 1') }]);
  });

  it('says at once when it cannot be queued', async () => {
    const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
    const { day, planId } = await onTheRoad('06:00');
    Object.assign(day.parts.planQueue, { send: async () => Promise.reject(new Error('no queue')) });
    expect((await day.post(planId, 'replan', { expectedVersion: 1 })).status).toBe(503);
    expect(await day.parts.plans.life(planId)).toMatchObject({ replans: [{ status: 'failed' }] });
    logged.mockRestore();
  });
});

describe('nightly plans', () => {
  it('are drafts, or published at once where the city says so, also when the planner died in between', async () => {
    const day = await openDay();
    const nightly = { trigger: 'schedule', serviceDate: SERVICE_DATE, requestedAt: day.time.now } as const;
    await day.carryOut(nightly);
    expect(await day.parts.plans.life(`plan-${SERVICE_DATE}-schedule`)).toMatchObject({ state: 'draft' });
    const [city] = await day.parts.registry.list('city');
    if (city === undefined) throw new Error('No city');
    await day.parts.registry.put('city', { ...city, publishPlansAtOnce: true });
    // The plan is there, its publication is not: what a death in between leaves.
    expect(await day.carryOut(nightly)).toMatchObject({ status: 'already-finished' });
    expect(await day.parts.plans.life(`plan-${SERVICE_DATE}-schedule`)).toMatchObject({
      state: 'published',
      log: [{ by: 'schedule' }],
    });
  });
});
