import { describe, expect, it } from 'vitest';
import { specialEventSchema } from '../../../shared/city/entities.ts';
import { aReport } from '../../support/crew-reports.ts';
import { at, gridBins, openDay } from '../../support/day-city.ts';
import { aBin, aTruck } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const iso = (instant: number): string => new Date(instant).toISOString();
const market = specialEventSchema.parse({
  id: 'market',
  name: 'Chợ phiên',
  nameEn: 'Market',
  from: '2026-11-01T05:00',
  to: '2026-11-01T11:00',
  weekdays: ['mon'],
  binIds: ['bin-2'],
});

const open = () => {
  const seed = { bin: [aBin('bin-1'), aBin('bin-2')], vehicle: [aTruck('t1')], 'special-event': [market] };
  const here = openOperations(seed);
  const post = (path: string, body: object) =>
    here.call({ method: 'POST', url: `/api/v1/overflow-reports${path}`, body });
  const get = async (path: string) => (await here.call({ url: `/api/v1${path}` })).json();
  return { ...here, post, get };
};

const said = { reportId: 'r1', binId: 'bin-1', channel: 'citizen', seenAt: iso(NOW - HOUR), note: 'đầy từ sáng' };

describe('POST /overflow-reports', () => {
  it('takes a report in the name of who enters it, and the same again as known', async () => {
    const { post, get } = open();
    const first = await post('', said);
    expect(first.status).toBe(201);
    expect(first.json()).toEqual({ ...said, reportedBy: 'officer@local', receivedAt: iso(NOW), standing: 'open' });
    const again = await post('', said);
    expect([again.status, again.json()]).toEqual([200, first.json()]);
    expect(await get('/overflow-reports')).toEqual({ reports: [first.json()] });
    expect(await get('/overflow-reports/r1')).toEqual(first.json());
  });

  it.each([
    ['an unknown bin', { ...said, binId: 'bin-9' }, 400, 'binId'],
    ['a time to come', { ...said, seenAt: iso(NOW + HOUR) }, 400, 'seenAt'],
    ['a time long ago', { ...said, seenAt: iso(NOW - 8 * 24 * HOUR) }, 400, 'seenAt'],
    ['no id', { binId: 'bin-1' }, 400, 'reportId'],
    ['a stranger’s channel', { ...said, channel: 'radio' }, 400, 'channel'],
  ])('names the field at fault: %s', async (_name, body, status, field) => {
    const answer = await open().post('', body);
    expect(answer.status).toBe(status);
    expect(answer.json().errors).toMatchObject([{ in: 'body', field }]);
  });

  it('says so where an id is another report’s', async () => {
    const { post } = open();
    await post('', said);
    const answer = await post('', { ...said, binId: 'bin-2' });
    expect(answer.status).toBe(409);
    expect(answer.json()).toMatchObject({
      type: 'urn:problem-type:phosach:id-reused',
      errors: [{ field: 'reportId' }],
    });
  });
});

describe('a report', () => {
  it('makes its bin due until it is withdrawn; it stays on record with who, when and why', async () => {
    const { post, get, time } = open();
    const decision = async () => (await get('/bins/bin-1/circumstances')).decision;
    expect((await decision()).status).not.toBe('due');
    await post('', said);
    expect(await decision()).toEqual({
      serviceDate: '2026-11-22',
      status: 'due',
      because: 'reported',
      reason: 'reported as overflowing by citizens',
      reasonVi: 'người dân báo tràn rác',
    });
    time.now = NOW + HOUR;
    const withdrawn = { at: iso(NOW + HOUR), by: 'officer@local', why: 'Nhầm thùng' };
    expect((await post('/r1/withdraw', { why: 'Nhầm thùng' })).json()).toMatchObject({
      standing: 'withdrawn',
      withdrawn,
    });
    expect((await post('/r1/withdraw', { why: 'Lần nữa' })).json()).toMatchObject({ withdrawn });
    expect((await decision()).status).not.toBe('due');
    expect((await get('/bins/bin-1/circumstances')).reports).toMatchObject([{ reportId: 'r1', withdrawn }]);
    expect((await get('/overflow-reports?standing=open')).reports).toEqual([]);
    expect((await post('/nowhere/withdraw', { why: 'x' })).status).toBe(404);
    expect((await post('/r1/withdraw', {})).json().errors).toMatchObject([{ field: 'why' }]);
  });

  it('is over as soon as a crew has emptied the bin', async () => {
    const { post, get, parts, time } = open();
    await post('', said);
    await parts.crewReports.add({ ...aReport(1, { binId: 'bin-1', at: NOW + HOUR }), receivedAt: NOW + HOUR });
    time.now = NOW + 2 * HOUR;
    const { reports, decision } = await get('/bins/bin-1/circumstances');
    expect(reports).toMatchObject([{ standing: 'emptied' }]);
    expect(decision.because).not.toBe('reported');
  });

  it('expires, and is found when it is asked for from then on', async () => {
    const { post, get, time } = open();
    await post('', said);
    time.now = NOW + 8 * 24 * HOUR;
    expect((await get('/overflow-reports')).reports).toEqual([]);
    const since = iso(NOW - 24 * HOUR);
    expect((await get(`/overflow-reports?binId=bin-1&since=${since}`)).reports).toMatchObject([
      { standing: 'expired' },
    ]);
    expect((await get('/overflow-reports?binId=bin-9')).status).toBe(404);
    expect((await get('/overflow-reports?since=2020-01-01T00:00:00Z')).errors).toMatchObject([{ field: 'since' }]);
  });
});

describe('GET /bins/{binId}/circumstances', () => {
  it('tells the events that concern the bin, and that it is due before the next', async () => {
    const { get } = open();
    const { events, decision, reports } = await get('/bins/bin-2/circumstances');
    expect(reports).toEqual([]);
    expect(events.map(({ from }: { from: string }) => from)).toEqual([
      '2026-11-22T22:00:00.000Z',
      '2026-11-29T22:00:00.000Z',
    ]);
    expect(events[0]).toMatchObject({
      eventId: 'market',
      name: 'Chợ phiên',
      nameEn: 'Market',
      to: '2026-11-23T04:00:00.000Z',
    });
    expect(decision).toMatchObject({ because: 'event', reasonVi: 'thu gom trước khi diễn ra: Chợ phiên' });
    expect((await get('/bins/bin-1/circumstances')).events).toEqual([]);
    expect((await get('/bins/bin-9/circumstances')).status).toBe(404);
  });
});

describe('an overflow of a re-plan', () => {
  it('is a report, so that a bin that was not reached is due in the next plan, in words', async () => {
    const day = await openDay({ bins: gridBins(4), empty: [aBin('market'), aBin('school')] });
    const { time, post, work, planOf, parts, report, call } = day;
    const planId = await day.draft();
    expect((await planOf(planId)).routes.flatMap(({ stops }) => stops.map(({ id }) => id))).not.toContain('market');
    time.now = at('04:30');
    await post(planId, 'publish', { expectedVersion: 1 });
    time.now = at('06:10');
    const events = ['market', 'school', 'nowhere'].map((binId) => ({ kind: 'overflow', binId }));
    expect((await post(planId, 'replan', { expectedVersion: 1, events })).status).toBe(202);
    await work();
    const listed = async () => (await call({ url: '/api/v1/overflow-reports' })).json().reports;
    expect(await listed()).toMatchObject([
      { binId: 'market', channel: 'dispatcher', reportedBy: 'officer@local', planId, seenAt: iso(at('06:10')) },
      { binId: 'school', standing: 'open' },
    ]);
    // One of them is served today, the other is not reached.
    const replanned = await planOf(planId);
    const truck = replanned.routes.find(({ stops }) => stops.some(({ id }) => id === 'school'))?.vehicleId ?? '';
    await report(planId, truck, 'school', 'collected', at('09:00'));
    time.now = at('14:00');
    expect((await listed()).map(({ standing }: { standing: string }) => standing)).toEqual(['open', 'emptied']);
    const next = await call({ method: 'POST', url: '/api/v1/plans', body: { serviceDate: '2026-11-24' } });
    await work();
    const stops = (await planOf(next.json().planId)).routes.flatMap((route) => route.stops);
    expect(stops.find(({ id }) => id === 'market')).toMatchObject({
      reason: 'reported as overflowing by the dispatcher',
      reasonVi: 'điều độ viên báo tràn rác',
      expectedFillFraction: 1,
    });
    // It may be taken along, but not because of a report that is over.
    expect(stops.find(({ id }) => id === 'school')?.reason ?? '').not.toContain('overflowing');
    expect(await parts.overflowReports.since(0)).toHaveLength(2);
  });
});
