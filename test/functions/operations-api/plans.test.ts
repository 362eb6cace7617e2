import { describe, expect, it, vi } from 'vitest';
import { planRequestSchema } from '../../../events/plan-request.ts';
import { logger } from '../../../shared/lambda/observability.ts';
import type { Plan } from '../../../shared/routing/plan.ts';
import { aTruck } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

/** One truck, one bin, one trip to the landfill. */
const aPlan = (planId: string, requestedAt: number): Plan => {
  const stop = { waitingSeconds: 0, legMetres: 1_200, loadLitres: 0, loadKg: 0 };
  const [depot, bin] = [
    { latitude: 10.97, longitude: 106.65 },
    { latitude: 10.98, longitude: 106.66 },
  ];
  const at = (minutes: number): number => requestedAt + minutes * 60_000;
  return {
    planId,
    serviceDate: '2026-11-22',
    trigger: 'dispatcher',
    requestedAt,
    status: 'planned',
    finishedAt: at(1),
    totals: {
      vehicles: 1,
      trips: 1,
      bins: 1,
      distanceMetres: 2_400,
      workingSeconds: 3_600,
      collectedLitres: 2_400,
      collectedKg: 480,
      costVnd: 310_000,
    },
    routes: [
      {
        vehicleId: 't1',
        vehicleName: 'Truck t1',
        startsAt: at(180),
        endsAt: at(240),
        distanceMetres: 2_400,
        drivingSeconds: 600,
        trips: 1,
        bins: 1,
        collectedLitres: 2_400,
        stops: [
          {
            ...stop,
            kind: 'depot',
            id: 'depot-1',
            name: 'Depot',
            position: depot,
            arrivesAt: at(180),
            departsAt: at(180),
          },
          {
            ...stop,
            kind: 'bin',
            id: 'bin-1',
            name: 'Bin 1',
            position: bin,
            arrivesAt: at(190),
            departsAt: at(202),
            trip: 1,
          },
          {
            ...stop,
            kind: 'depot',
            id: 'depot-1',
            name: 'Depot',
            position: depot,
            arrivesAt: at(240),
            departsAt: at(240),
          },
        ],
      },
    ],
    unserved: [{ binId: 'bin-7', name: 'Bin 7', reason: 'no time left' }],
    noData: [{ binId: 'bin-8', name: 'Bin 8', lastHeardAt: null }],
    travelSource: 'great-circle × 1.3 at 28 km/h',
    solver: { iterations: 1_000, seconds: 2, seed: 1 },
  };
};

const openWithPlans = async () => {
  const open = openOperations({ vehicle: [aTruck('t1')] });
  for (const [id, hoursAgo] of [
    ['plan-a', 3],
    ['plan-b', 2],
  ] as const) {
    const { planId, serviceDate, trigger, requestedAt } = aPlan(id, NOW - hoursAgo * HOUR);
    await open.parts.plans.request({ planId, serviceDate, trigger, requestedAt, status: 'requested' });
  }
  await open.parts.plans.complete(aPlan('plan-a', NOW - 3 * HOUR));
  return open;
};

describe('POST /plans', () => {
  const seed = { vehicle: [aTruck('t1', { shift: { from: '20:00', to: '04:00' } })] };

  it('records the request, queues it and says where the plan will be', async () => {
    const { call, sent, parts } = openOperations(seed);
    const answer = await call({
      method: 'POST',
      url: '/api/v1/plans',
      body: { serviceDate: '2026-11-25', solveSeconds: 5 },
    });
    expect(answer.status).toBe(202);
    expect(answer.headers.location).toBe('/api/v1/plans/plan-2026-11-25-00000000');
    expect(answer.json()).toEqual({
      planId: 'plan-2026-11-25-00000000',
      serviceDate: '2026-11-25',
      trigger: 'dispatcher',
      requestedAt: '2026-11-22T10:00:00.000Z',
      status: 'requested',
    });
    expect(sent).toEqual([
      {
        planId: 'plan-2026-11-25-00000000',
        serviceDate: '2026-11-25',
        trigger: 'dispatcher',
        requestedAt: NOW,
        solveSeconds: 5,
      },
    ]);
    expect(planRequestSchema.parse(sent[0])).toEqual(sent[0]);
    expect(await parts.plans.summary('plan-2026-11-25-00000000')).toMatchObject({ status: 'requested' });
    expect((await call({ url: String(answer.headers.location) })).json()).toEqual(answer.json());
  });

  it.each([
    ['no body', undefined],
    ['an empty body', {}],
  ])('plans the next shift with %s: at 17:00 tonight’s of 20:00', async (_case, body) => {
    const { call } = openOperations(seed);
    const answer = await call({ method: 'POST', url: '/api/v1/plans', ...(body ? { body } : {}) });
    expect(answer.json().serviceDate).toBe('2026-11-22');
  });

  it('plans tomorrow’s shift once tonight’s has begun, by the city’s clock', async () => {
    const { call, time } = openOperations(seed);
    // 20:00 in Thủ Dầu Một is 13:00 UTC.
    time.now = Date.UTC(2026, 10, 22, 12, 59, 59);
    expect((await call({ method: 'POST', url: '/api/v1/plans' })).json().serviceDate).toBe('2026-11-22');
    time.now = Date.UTC(2026, 10, 22, 13);
    expect((await call({ method: 'POST', url: '/api/v1/plans' })).json().serviceDate).toBe('2026-11-23');
    // 01:00 of the 23rd in the city, still the 22nd in UTC.
    time.now = Date.UTC(2026, 10, 22, 18);
    expect((await call({ method: 'POST', url: '/api/v1/plans' })).json().serviceDate).toBe('2026-11-23');
  });

  it('gives two requests two plans, even when the same digits are drawn', async () => {
    const draws = ['aaaaaaaa', 'aaaaaaaa', 'bbbbbbbb'];
    const { call, sent } = openOperations(seed, { newSuffix: () => draws.shift() ?? 'cccccccc' });
    await call({ method: 'POST', url: '/api/v1/plans' });
    await call({ method: 'POST', url: '/api/v1/plans' });
    expect(sent.map((request) => request.planId)).toEqual(['plan-2026-11-22-aaaaaaaa', 'plan-2026-11-22-bbbbbbbb']);
  });

  it.each([
    [{ serviceDate: '22.11.2026' }, 'serviceDate'],
    [{ serviceDate: '2026-02-30' }, 'serviceDate'],
    [{ serviceDate: '2026-11-20' }, 'serviceDate'],
    [{ serviceDate: '2027-01-01' }, 'serviceDate'],
    [{ solveSeconds: 301 }, 'solveSeconds'],
    [{ solveSeconds: 'long' }, 'solveSeconds'],
    [{ date: '2026-11-22' }, 'date'],
  ])('refuses %j, naming the field, and queues nothing', async (body, field) => {
    const { call, sent } = openOperations(seed);
    const answer = await call({ method: 'POST', url: '/api/v1/plans', body });
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toMatchObject([{ in: 'body', field, pointer: `/${field}` }]);
    expect(sent).toEqual([]);
  });

  it('marks the plan failed when the queue does not take it, so that nobody waits', async () => {
    const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
    const planQueue = { send: async () => Promise.reject(new Error('no queue')) };
    const { call, parts } = openOperations(seed, { planQueue });
    const answer = await call({ method: 'POST', url: '/api/v1/plans' });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(await parts.plans.list({ limit: 10 })).toMatchObject({ plans: [{ status: 'failed' }] });
    expect(logged.mock.calls[0]?.[0]).toBe('A plan request could not be queued');
    logged.mockRestore();
  });
});

describe('GET /plans', () => {
  it('answers summaries, the newest request first, in pages', async () => {
    const { call } = await openWithPlans();
    const first = (await call({ url: '/api/v1/plans?limit=1' })).json();
    expect(first.plans).toMatchObject([{ planId: 'plan-b', status: 'requested' }]);
    const second = (await call({ url: `/api/v1/plans?limit=1&cursor=${first.nextCursor}` })).json();
    expect(second.plans).toMatchObject([
      { planId: 'plan-a', status: 'planned', totals: { bins: 1 }, unservedCount: 1, noDataCount: 1 },
    ]);
    expect(second).not.toHaveProperty('nextCursor');
  });
});

describe('GET /plans/latest', () => {
  it('answers the newest plan that is ready, whole, with instants as ISO 8601', async () => {
    const { call } = await openWithPlans();
    expect((await call({ url: '/api/v1/plans/latest' })).json()).toMatchObject({
      planId: 'plan-a',
      requestedAt: '2026-11-22T07:00:00.000Z',
      finishedAt: '2026-11-22T07:01:00.000Z',
      routes: [
        {
          startsAt: '2026-11-22T10:00:00.000Z',
          stops: [{}, { id: 'bin-1', arrivesAt: '2026-11-22T10:10:00.000Z' }, {}],
        },
      ],
    });
  });

  it('answers 404 while none is ready, as GeoJSON too', async () => {
    const { call } = openOperations();
    expect((await call({ url: '/api/v1/plans/latest' })).status).toBe(404);
    expect((await call({ url: '/api/v1/plans/latest/geojson' })).status).toBe(404);
  });
});

describe('GET /plans/{planId}', () => {
  it('answers the summary of a plan that is not ready', async () => {
    const { call } = await openWithPlans();
    expect((await call({ url: '/api/v1/plans/plan-b' })).json()).toMatchObject({ status: 'requested' });
  });

  it('answers why a plan failed', async () => {
    const { call, parts } = await openWithPlans();
    const summary = await parts.plans.summary('plan-b');
    if (summary?.status !== 'requested') throw new Error('not requested');
    await parts.plans.fail({ ...summary, status: 'failed', finishedAt: NOW, reason: 'no truck is available' });
    expect((await call({ url: '/api/v1/plans/plan-b' })).json()).toMatchObject({
      status: 'failed',
      reason: 'no truck is available',
      finishedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  it('answers one whole that was finished while it was being looked up', async () => {
    const { call, parts } = await openWithPlans();
    const look = vi.spyOn(parts.plans, 'get').mockResolvedValueOnce(undefined);
    const answer = await call({ url: '/api/v1/plans/plan-a' });
    expect(look).toHaveBeenCalledTimes(2);
    expect(answer.json()).toMatchObject({ status: 'planned', routes: [{ vehicleId: 't1' }] });
  });

  it('answers 404 for one that does not exist', async () => {
    const { call } = await openWithPlans();
    expect((await call({ url: '/api/v1/plans/plan-z' })).status).toBe(404);
  });

  it.each([
    ['/plans/plan-a/geojson', {}],
    ['/plans/latest/geojson', {}],
    ['/plans/plan-a?format=geojson', {}],
    ['/plans/plan-a', { accept: 'application/geo+json' }],
    ['/plans/latest', { accept: 'application/geo+json' }],
  ])('is GeoJSON at %s with %j', async (path, headers) => {
    const { call } = await openWithPlans();
    const answer = await call({ url: `/api/v1${path}`, headers });
    expect(answer.headers['content-type']).toBe('application/geo+json');
    const types = answer.json().features.map((each: { geometry: { type: string } }) => each.geometry.type);
    expect(types).toContain('LineString');
    expect(types).toContain('Point');
  });

  it('has no GeoJSON before it is ready', async () => {
    const { call } = await openWithPlans();
    expect((await call({ url: '/api/v1/plans/plan-b/geojson' })).status).toBe(404);
  });
});
