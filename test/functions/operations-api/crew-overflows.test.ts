import { describe, expect, it } from 'vitest';
import type { CrewOverflow } from '../../../shared/routing/crew/crew-overflow.ts';
import { aReport, reportIdOf } from '../../support/crew-reports.ts';
import { at, binsOf, gridBins, openDay, truckWith } from '../../support/day-city.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { aBin, aReading, aSensor, aTruck } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';
import { asked } from './with-token.ts';

const url = '/api/v1/crew-reports';
const MINUTE = 60_000;

const anOverflow = (n: number, more: Partial<CrewOverflow> = {}): CrewOverflow => ({
  kind: 'overflow',
  reportId: reportIdOf(n),
  binId: 'bin-9',
  vehicleId: 't1',
  planId: 'plan-a',
  at: NOW - 10 * MINUTE,
  sequence: n,
  ...more,
});
const takenBack = (n: number, of: number, binId = 'bin-9') => ({
  kind: 'overflow-taken-back',
  reportId: reportIdOf(n),
  overflowId: reportIdOf(of),
  binId,
  at: NOW,
  sequence: n,
});

const open = async () => {
  const bins = ['bin-1', 'bin-2', 'bin-3', 'bin-9'].map((id) => aBin(id));
  const city = openOperations({
    vehicle: [aTruck('t1'), aTruck('t2')],
    bin: bins,
    sensor: bins.map(({ id }) => aSensor(`s-${id}`, id, 'bin')),
  });
  await city.parts.plans.complete(aPlanOfTwoTrucks('plan-a', NOW - 10 * HOUR));
  const send = async (...reports: readonly unknown[]) =>
    (await city.call({ method: 'POST', url, body: { reports } })).json().results;
  const reports = async (query = '') => (await city.call({ url: `/api/v1/overflow-reports${query}` })).json().reports;
  return { ...city, send, reports };
};

const asCrew = (
  city: Pick<Awaited<ReturnType<typeof open>>, 'parts'>,
  request: Parameters<typeof asked>[1],
  email?: string,
) => asked(city, request, '[crew]', email);

describe('a crew that saw a bin overflow', () => {
  it('says so among the reports of its stops: the bin is due, whoever asks', async () => {
    const { send, reports, call } = await open();
    const seen = anOverflow(2, { note: 'tràn ra vỉa hè', photoKey: `crew-photos/${reportIdOf(2)}` });
    expect(await send(aReport(1), seen, aReport(3, { binId: 'bin-2' }))).toEqual([
      { status: 'accepted', reportId: reportIdOf(1), stop: 'as-planned' },
      { status: 'accepted', reportId: reportIdOf(2), stop: 'not-in-plan' },
      { status: 'accepted', reportId: reportIdOf(3), stop: 'as-planned' },
    ]);
    const { kind: _kind, sequence: _sequence, at: _at, ...said } = seen;
    expect(await reports('?standing=open')).toEqual([
      {
        ...said,
        channel: 'crew',
        reportedBy: 'officer@local',
        seenAt: '2026-11-22T09:50:00.000Z',
        receivedAt: '2026-11-22T10:00:00.000Z',
        standing: 'open',
      },
    ]);
    const { decision } = (await call({ url: '/api/v1/bins/bin-9/circumstances' })).json();
    expect(decision).toMatchObject({ status: 'due', because: 'reported', reasonVi: 'tổ thu gom báo tràn rác' });
    // It is no report of a stop.
    expect((await call({ url: '/api/v1/plans/plan-a/crew-reports' })).json().reports).toHaveLength(2);
  });

  it('is heard once, however often and late it is sent, and with or without a plan', async () => {
    const { send, reports } = await open();
    const { planId: _plan, vehicleId: _vehicle, ...alone } = anOverflow(1);
    expect(await send(alone, alone)).toMatchObject([{ status: 'accepted', stop: 'not-in-plan' }, { status: 'known' }]);
    expect(await send(alone)).toMatchObject([{ status: 'known' }]);
    expect(await send(anOverflow(2, { planId: 'plan-nobody-knows', binId: 'bin-1' }))).toMatchObject([
      { status: 'accepted' },
    ]);
    expect(await reports()).toHaveLength(2);
  });

  it('is done with as soon as a crew or a sensor says that the bin was emptied after it was seen', async () => {
    const { send, reports, store, time } = await open();
    await send(
      anOverflow(1, { binId: 'bin-1', at: NOW - 40 * MINUTE }),
      aReport(2, { at: NOW - 30 * MINUTE }),
      anOverflow(3, { binId: 'bin-2', at: NOW - 2 * HOUR }),
    );
    const standing = async () =>
      (await reports()).map((report: { binId: string; standing: string }) => `${report.binId} ${report.standing}`);
    expect((await standing()).sort()).toEqual(['bin-1 emptied', 'bin-2 open']);
    // In a city whose levels nobody has followed yet: the book of outlooks is empty.
    const levels = [
      [-5, 0.9],
      [-4, 0.92],
      [-1, 0.05],
      [-0.5, 0.06],
    ] as const;
    await store(
      ...levels.map(([hours, level]) =>
        aReading('s-bin-2', 'fillDistance', NOW + hours * HOUR, Math.round(1_000 * (1 - level))),
      ),
    );
    time.now = NOW + 5 * MINUTE;
    expect((await standing()).sort()).toEqual(['bin-1 emptied', 'bin-2 emptied']);
  });

  it('takes its own word back: it stays on record, withdrawn, and sends nobody', async () => {
    const { send, reports, parts } = await open();
    await send(anOverflow(1));
    expect(await send(takenBack(2, 1), takenBack(2, 1))).toMatchObject([
      { status: 'accepted', reportId: reportIdOf(2) },
      { status: 'known' },
    ]);
    expect(await reports()).toMatchObject([
      { standing: 'withdrawn', withdrawn: { by: 'officer@local', why: 'taken back by the crew' } },
    ]);
    await parts.overflowReports.add({
      reportId: reportIdOf(7),
      binId: 'bin-1',
      channel: 'citizen',
      reportedBy: 'officer@local',
      seenAt: NOW,
      receivedAt: NOW,
    });
    // Not a citizen's, and not what nobody said.
    expect(await send(takenBack(8, 7, 'bin-1'), takenBack(9, 50))).toMatchObject([
      { status: 'refused', code: 'unknown-report' },
      { status: 'refused', code: 'unknown-report' },
    ]);
    expect(await parts.overflowReports.get(reportIdOf(7))).not.toHaveProperty('withdrawn');
  });

  it.each([
    ['a kind that there is not', { ...anOverflow(1), kind: 'fire' }, 'not-a-report'],
    ['no bin', { ...anOverflow(1), binId: undefined }, 'not-a-report'],
    ['an instant that no clock shows', anOverflow(1, { at: 9e15 }), 'not-a-report'],
    ['a bin that nobody set up', anOverflow(1, { binId: 'bin-77' }), 'unknown-bin'],
    ['a phone that is an hour ahead', anOverflow(1, { at: NOW + HOUR }), 'clock-ahead'],
    ['what was seen eight days ago', anOverflow(1, { at: NOW - 8 * 24 * HOUR }), 'too-old'],
  ])('is told why it is refused, and nothing is lost: %s', async (_what, sent, code) => {
    const { send, call } = await open();
    const results = await send(sent, anOverflow(50));
    expect(results).toMatchObject([{ status: 'refused', reportId: reportIdOf(1), code }, { status: 'accepted' }]);
    expect(results[0].reason).not.toBe(results[0].reasonVi);
    const { refused } = (await call({ url: `${url}/refused?month=2026-11` })).json();
    expect(refused).toMatchObject([{ code, reportedBy: 'officer@local' }]);
  });

  it('may be ten minutes ahead by its phone, as with its other reports, and reuses no id', async () => {
    const { send } = await open();
    expect(await send(anOverflow(1, { at: NOW + 10 * MINUTE }))).toMatchObject([{ status: 'accepted' }]);
    expect(await send(anOverflow(1, { binId: 'bin-2' }))).toMatchObject([{ status: 'refused', code: 'id-reused' }]);
  });

  it('needs no other right than to report; its photo is its own and the office’s', async () => {
    const city = await open();
    const body = { reports: [anOverflow(1)] };
    const sent = await asCrew(city, { method: 'POST', url, body });
    expect(JSON.parse(sent.body ?? '')).toMatchObject({ results: [{ status: 'accepted' }] });
    expect(await city.parts.overflowReports.get(reportIdOf(1))).toMatchObject({ reportedBy: 'to-1@tdm.vn' });
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 250]);
    const photo = { method: 'PUT', url: `/api/v1/crew-photos/${reportIdOf(1)}`, bytes };
    expect((await asCrew(city, photo, 'to-2@tdm.vn')).statusCode).toBe(403);
    expect((await asCrew(city, photo)).statusCode).toBe(201);
    const direct = { reportId: 'r1', binId: 'bin-1' };
    const refused = await asCrew(city, { method: 'POST', url: '/api/v1/overflow-reports', body: direct });
    expect(refused.statusCode).toBe(403);
  });
});

describe('GET /bin-places', () => {
  it('tells a phone what bins are called and where they stand, and not what is in them', async () => {
    const city = await open();
    const { bins } = (await city.call({ url: '/api/v1/bin-places' })).json();
    expect(bins).toHaveLength(4);
    const { id, name, stream, position } = aBin('bin-1');
    expect(bins[0]).toEqual({ id, name, stream, position });
    expect((await asCrew(city, { url: '/api/v1/bin-places' })).statusCode).toBe(200);
  });
});

describe('the rest of a day planned anew', () => {
  it('hears of bins that crews saw overflow, though the dispatcher names none, and says so in its version', async () => {
    const strangers = [aBin('market', { position: { latitude: 10.972, longitude: 106.655 }, serviceSeconds: 240 })];
    const day = await openDay({ bins: gridBins(12), empty: strangers });
    const planId = await day.draft();
    day.time.now = at('05:00');
    await day.post(planId, 'publish', { expectedVersion: 1 });
    const [vehicleId = ''] = (await day.planOf(planId)).routes.map((route) => route.vehicleId);
    day.time.now = at('06:00');
    const seen = anOverflow(1, { binId: 'market', vehicleId, planId, at: at('05:50') });
    const sent = await day.call({ method: 'POST', url, body: { reports: [seen] } });
    expect(sent.json().results).toMatchObject([{ status: 'accepted', stop: 'not-in-plan' }]);

    await day.post(planId, 'replan', { expectedVersion: 1, why: 'A crew rang' });
    expect((await day.work())[0]).toMatchObject({ status: 'replanned', version: 2 });
    const second = await day.planOf(planId);
    const truck = truckWith(second, 'market');
    expect(truck).toBeDefined();
    expect((await day.judge(planId, 2)).verdict).toMatchObject({ faults: [] });
    const stop = second.routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'market');
    expect(stop?.reasonVi).toBe('được báo đầy tràn lúc 05:50');
    const { versions } = (await day.call({ url: `/api/v1/plans/${planId}/versions` })).json();
    expect(versions[0].change.events).toEqual([{ kind: 'overflow', binId: 'market', at: '2026-11-22T22:50:00.000Z' }]);

    // Heard once; and a dispatcher who takes it out afterwards knows why.
    const edit = { kind: 'exclude', binId: 'market', reason: 'emptied by hand' };
    expect((await day.post(planId, 'edits', { expectedVersion: 2, edit })).status).toBe(200);
    await day.post(planId, 'replan', { expectedVersion: 3, why: 'again' });
    expect((await day.work())[0]).toMatchObject({ status: 'replanned', version: 4 });
    expect(binsOf(await day.planOf(planId), truck ?? '')).not.toContain('market');
  });
});
