import { describe, expect, it } from 'vitest';
import { closeDay, driveBy } from '../../support/drive-plan.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const open = async () => {
  const city = openOperations();
  await city.parts.plans.complete(aPlanOfTwoTrucks('plan-a', NOW - 5 * HOUR));
  const { planId, serviceDate, trigger } = aPlanOfTwoTrucks('plan-b', NOW);
  await city.parts.plans.request({ planId, serviceDate, trigger, requestedAt: NOW, status: 'requested' });
  return city.call;
};

describe('GET /plans/{planId}/routes', () => {
  it('is what crews drive by now, which no draft is', async () => {
    const { call, parts } = openOperations();
    await parts.plans.complete(aPlanOfTwoTrucks('plan-draft', NOW - 4 * HOUR));
    expect((await call({ url: '/api/v1/plans/current/routes' })).status).toBe(404);
    await driveBy(parts.plans, aPlanOfTwoTrucks('plan-a', NOW - 5 * HOUR));
    expect((await call({ url: '/api/v1/plans/current/routes' })).json()).toMatchObject({ planId: 'plan-a' });
    await driveBy(parts.plans, { ...aPlanOfTwoTrucks('plan-next', NOW), serviceDate: '2026-11-23' });
    expect((await call({ url: '/api/v1/plans/current/routes' })).json()).toMatchObject({ planId: 'plan-a' });
    await closeDay(parts.plans, 'plan-a');
    expect((await call({ url: '/api/v1/plans/current/routes' })).json()).toMatchObject({ planId: 'plan-next' });
  });

  it('lists the trucks without their stops, of a plan or of the newest that is ready', async () => {
    const call = await open();
    const answer = (await call({ url: '/api/v1/plans/plan-a/routes' })).json();
    expect(answer).toMatchObject({ planId: 'plan-a', timeZone: 'Asia/Ho_Chi_Minh' });
    expect(answer.routes).toMatchObject([
      { vehicleId: 't1', bins: 3, trips: 2, startsAt: '2026-11-22T08:00:00.000Z' },
      { vehicleId: 't2', bins: 1 },
    ]);
    expect(answer.routes[0]).not.toHaveProperty('stops');
    expect((await call({ url: '/api/v1/plans/latest/routes' })).json()).toEqual(answer);
  });

  it.each([
    ['gpx', 'application/gpx+xml', /^<\?xml[\s\S]*<rte>[\s\S]*<rte>/],
    ['ics', 'text/calendar; charset=utf-8', /^BEGIN:VCALENDAR\r\n/],
    ['csv', 'text/csv; charset=utf-8; header=present', /^planId,serviceDate,/],
  ])('is the whole plan as %s, by name or by Accept, as a file', async (format, type, body) => {
    const call = await open();
    const byName = await call({ url: `/api/v1/plans/plan-a/routes?format=${format}` });
    const byType = await call({ url: '/api/v1/plans/plan-a/routes', headers: { accept: type.split(';')[0] ?? '' } });
    expect(byName.status).toBe(200);
    expect(byName.headers['content-type']).toBe(type);
    expect(byName.headers['content-disposition']).toBe(`attachment; filename="plan-a.${format}"`);
    expect(byName.headers.vary).toBe('Accept');
    expect(byName.body).toMatch(body);
    expect(byType.body).toBe(byName.body);
  });
});

describe('GET /plans/{planId}/routes/{vehicleId}', () => {
  it('is one truck’s route with its stops', async () => {
    const call = await open();
    const { route, ...head } = (await call({ url: '/api/v1/plans/plan-a/routes/t2' })).json();
    expect(head).toMatchObject({ planId: 'plan-a', serviceDate: '2026-11-22' });
    expect(route.stops.map(({ id }: { id: string }) => id)).toEqual(['depot-1', 'bin-4', 'site-1', 'depot-1']);
  });

  it.each(['gpx', 'ics', 'csv'])('is that truck alone as %s', async (format) => {
    const call = await open();
    const { body, headers } = await call({ url: `/api/v1/plans/plan-a/routes/t2?format=${format}` });
    expect(headers['content-disposition']).toBe(`attachment; filename="plan-a-t2.${format}"`);
    expect(body).toContain('Xe 2');
    expect(body).not.toContain('Xe 1');
  });

  it.each([
    ['/plans/plan-z/routes', 404],
    ['/plans/plan-b/routes/t1', 404],
    ['/plans/plan-a/routes/t9', 404],
    ['/plans/plan-a/routes/t1?format=pdf', 400],
    ['/plans/plan-a/routes/t1?lang=fr', 400],
  ])('refuses %s with %i', async (path, status) => {
    const call = await open();
    expect((await call({ url: `/api/v1${path}` })).status).toBe(status);
  });
});
