import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/routing/plan.ts';
import { aReport, reportIdOf } from '../../support/crew-reports.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { aBin, aTruck } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';
import { asked } from './with-token.ts';

const url = '/api/v1/crew-reports';

const open = async (plan: Plan = aPlanOfTwoTrucks('plan-a', NOW - 10 * HOUR)) => {
  const city = openOperations({
    vehicle: [aTruck('t1'), aTruck('t2')],
    bin: ['bin-1', 'bin-2', 'bin-3', 'bin-9'].map((id) => aBin(id)),
  });
  await city.parts.plans.complete(plan);
  const send = async (...reports: readonly unknown[]) =>
    (await city.call({ method: 'POST', url, body: { reports } })).json().results;
  return { ...city, send };
};

describe('POST /crew-reports', () => {
  it('takes a batch, tells what became of each, and lists the reports in the order made', async () => {
    const { send, call } = await open();
    const results = await send(
      aReport(2, { binId: 'bin-2', outcome: 'partly', fractionLeft: 0.5, note: 'đầy quá' }),
      aReport(1),
    );
    expect(results).toEqual([
      { status: 'accepted', reportId: reportIdOf(2), stop: 'as-planned' },
      { status: 'accepted', reportId: reportIdOf(1), stop: 'as-planned' },
    ]);
    const { reports } = (await call({ url: '/api/v1/plans/plan-a/crew-reports' })).json();
    expect(reports).toMatchObject([
      { reportId: reportIdOf(1), at: '2026-11-22T09:30:00.000Z', reportedBy: 'officer@local', isLastWord: true },
      { reportId: reportIdOf(2), fractionLeft: 0.5, receivedAt: '2026-11-22T10:00:00.000Z', isLastWord: true },
    ]);
  });

  it('knows a report that is sent again, alone or twice in a batch', async () => {
    const { send, call } = await open();
    expect(await send(aReport(1), aReport(1))).toMatchObject([{ status: 'accepted' }, { status: 'known' }]);
    expect(await send(aReport(1))).toMatchObject([{ status: 'known', stop: 'as-planned' }]);
    expect((await call({ url: '/api/v1/plans/plan-a/crew-reports' })).json().reports).toHaveLength(1);
  });

  it('tells the same whatever order a correction comes in, and what was taken back stands no more', async () => {
    const { send, call } = await open();
    const later = aReport(2, { at: aReport(1).at + 60_000, outcome: 'blocked' });
    await send(later);
    await send(aReport(1));
    const words = async () =>
      (await call({ url: '/api/v1/plans/plan-a/crew-reports' }))
        .json()
        .reports.filter((report: { isLastWord: boolean }) => report.isLastWord)
        .map((report: { outcome: string }) => report.outcome);
    expect(await words()).toEqual(['blocked']);
    await send(aReport(3, { at: later.at, sequence: 9, outcome: 'blocked', takenBack: true }));
    expect(await words()).toEqual([]);
  });

  it('takes reports of a stop that went to another truck, or is in the plan no more', async () => {
    const { send } = await open();
    expect(await send(aReport(1, { vehicleId: 't2' }), aReport(2, { binId: 'bin-9' }))).toEqual([
      { status: 'accepted', reportId: reportIdOf(1), stop: 'on-other-truck' },
      { status: 'accepted', reportId: reportIdOf(2), stop: 'not-in-plan' },
    ]);
  });

  it('takes reports of trucks and bins that have left the registry since', async () => {
    const { send, parts } = await open();
    await parts.registry.remove('vehicle', 't1');
    await parts.registry.remove('bin', 'bin-1');
    expect(await send(aReport(1))).toMatchObject([{ status: 'accepted' }]);
  });

  it.each([
    ['no object', 'text', 'not-a-report', null],
    ['an outcome that there is not', { ...aReport(1), outcome: 'done' }, 'not-a-report', reportIdOf(1)],
    ['a share of more than all', aReport(1, { outcome: 'partly', fractionLeft: 1.2 }), 'not-a-report', reportIdOf(1)],
    ['an instant that no clock shows', aReport(1, { at: 9e15 }), 'not-a-report', reportIdOf(1)],
    ['a plan that nobody made', aReport(1, { planId: 'plan-z' }), 'unknown-plan', reportIdOf(1)],
    ['a truck that nobody has', aReport(1, { vehicleId: 't9' }), 'unknown-truck', reportIdOf(1)],
    ['a bin that nobody set up', aReport(1, { binId: 'bin-77' }), 'unknown-bin', reportIdOf(1)],
    ['a phone that is an hour ahead', aReport(1, { at: NOW + HOUR }), 'clock-ahead', reportIdOf(1)],
    ['a phone that lay in a drawer', aReport(1, { at: NOW - 70 * 24 * HOUR }), 'too-old', reportIdOf(1)],
  ])('refuses %s with the reason, takes the others, and loses nothing', async (_what, sent, code, reportId) => {
    const { send, call } = await open();
    const results = await send(sent, aReport(50));
    expect(results).toMatchObject([{ status: 'refused', reportId, code }, { status: 'accepted' }]);
    expect(results[0].reason).not.toBe(results[0].reasonVi);
    const { refused } = (await call({ url: `${url}/refused?month=2026-11` })).json();
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ code, reportedBy: 'officer@local' });
    expect(JSON.parse(refused[0].sent)).toEqual(sent);
  });

  it('refuses another report under a known id, and keeps both', async () => {
    const { send, call } = await open();
    await send(aReport(1));
    expect(await send(aReport(1, { outcome: 'blocked' }))).toMatchObject([{ status: 'refused', code: 'id-reused' }]);
    expect((await call({ url: `${url}/refused` })).json().refused).toHaveLength(1);
  });

  it.each([[{ reports: [] }], [{ reports: Array.from({ length: 101 }, (_, n) => aReport(n)) }], [{}]])(
    'refuses a batch as a whole only for its size',
    async (body) => {
      const { call } = await open();
      const answer = await call({ method: 'POST', url, body });
      expect(answer.status).toBe(400);
      expect(answer.json().errors[0].field).toBe('reports');
    },
  );

  it('names the plan that is not there', async () => {
    const { call } = await open();
    expect((await call({ url: '/api/v1/plans/plan-z/crew-reports' })).status).toBe(404);
    expect((await call({ url: '/api/v1/plans/plan-a/crew-reports' })).json()).toEqual({ reports: [] });
  });
});

describe('GET /crew-reports/open', () => {
  it('lists what comes back as due, until somebody collects it', async () => {
    const { send, call } = await open();
    await send(
      aReport(1, { outcome: 'partly', fractionLeft: 0.4 }),
      aReport(2, { binId: 'bin-2', outcome: 'blocked' }),
      aReport(3, { binId: 'bin-3' }),
    );
    const binsOpen = async (query = '') =>
      (await call({ url: `${url}/open${query}` })).json().reports.map(({ binId }: { binId: string }) => binId);
    expect((await binsOpen()).sort()).toEqual(['bin-1', 'bin-2']);
    expect(await binsOpen('?since=2026-11-22T09:45:00Z')).toEqual([]);
    await send(aReport(4, { at: NOW }));
    expect(await binsOpen()).toEqual(['bin-2']);
  });
});

describe('who may', () => {
  it('report: crews, in their own name, and whoever answers the telephone, but nobody else', async () => {
    const city = await open();
    const request = { method: 'POST', url, body: { reports: [aReport(1)] } };
    expect((await asked(city, request, '[visitor]')).statusCode).toBe(403);
    expect((await asked(city, request, '[crew]')).statusCode).toBe(200);
    expect(await city.parts.crewReports.get(reportIdOf(1))).toMatchObject({ reportedBy: 'to-1@tdm.vn' });
    expect((await asked(city, request, '[dispatcher]')).statusCode).toBe(200);
  });

  it('with a crew’s token read plans and report, and nothing else', async () => {
    const city = await open();
    for (const path of ['/city', '/plans', '/plans/latest', '/plans/plan-a', '/plans/plan-a/crew-reports']) {
      expect((await asked(city, { url: `/api/v1${path}` }, '[crew]')).statusCode, path).toBe(200);
    }
    for (const path of ['/sensors', '/episodes', '/crew-reports/refused', '/crew-reports/open', '/bins']) {
      expect((await asked(city, { url: `/api/v1${path}` }, '[crew]')).statusCode, path).toBe(403);
    }
    expect((await asked(city, { method: 'POST', url: '/api/v1/plans', body: {} }, '[crew]')).statusCode).toBe(403);
    expect((await asked(city, { url: '/api/v1/sensors' }, '[crew dispatcher]')).statusCode).toBe(200);
  });
});

describe('photos of reports', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 250]);
  const webp = Buffer.from('RIFF\x24\0\0\0WEBPVP8 ....', 'latin1');
  const photoUrl = `/api/v1/crew-photos/${reportIdOf(1)}`;
  const put = (city: Awaited<ReturnType<typeof open>>, bytes: Buffer, groups = '[crew]', email = 'to-1@tdm.vn') =>
    asked(city, { method: 'PUT', url: photoUrl, bytes, headers: { 'content-type': 'image/jpeg' } }, groups, email);

  it.each([
    ['image/jpeg', jpeg],
    ['image/webp', webp],
  ])('are kept once and come back byte for byte: %s', async (type, bytes) => {
    const city = await open();
    expect((await put(city, bytes)).statusCode).toBe(201);
    expect((await put(city, bytes)).statusCode).toBe(200);
    expect((await put(city, bytes === jpeg ? webp : jpeg)).statusCode).toBe(409);
    const answer = await asked(city, { url: photoUrl }, '[dispatcher]', 'an@tdm.vn');
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': 'private, no-store' });
    expect(Buffer.from(answer.body ?? '', 'base64')).toEqual(bytes);
  });

  it('are refused when they are none, whatever they are called, or too big', async () => {
    const city = await open();
    expect((await put(city, Buffer.from('<svg onload="alert(1)"/>'))).statusCode).toBe(415);
    expect((await put(city, Buffer.alloc(0))).statusCode).toBe(415);
    expect((await put(city, Buffer.concat([jpeg, Buffer.alloc(3_000_000)]))).statusCode).toBe(413);
    expect((await asked(city, { url: photoUrl }, '[officer]')).statusCode).toBe(404);
    const elsewhere = await asked(city, { url: '/api/v1/crew-photos/secret' }, '[officer]');
    expect(elsewhere.statusCode).toBe(400);
  });

  it('are for the office and for the crew whose report it is', async () => {
    const city = await open();
    await asked(city, { method: 'POST', url, body: { reports: [aReport(1)] } }, '[crew]');
    expect((await put(city, jpeg, '[crew]', 'to-2@tdm.vn')).statusCode).toBe(403);
    expect((await put(city, jpeg)).statusCode).toBe(201);
    expect((await asked(city, { url: photoUrl }, '[crew]')).statusCode).toBe(200);
    expect((await asked(city, { url: photoUrl }, '[crew]', 'to-2@tdm.vn')).statusCode).toBe(403);
    expect((await asked(city, { url: photoUrl }, '[]', 'x@tdm.vn')).statusCode).toBe(403);
  });
});
