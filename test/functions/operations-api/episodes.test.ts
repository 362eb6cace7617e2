import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { actingOfficer } from '../../../functions/operations-api/identity.ts';
import { trackEpisodes } from '../../../shared/environment/episodes/track-episodes.ts';
import { endOf, judgedHour } from '../../support/judged-periods.ts';
import { memoryJudgedPeriods } from '../../support/memory-episodes.ts';
import { aStation } from '../../support/small-city.ts';
import { openOperations } from './operations-city.ts';

const AT_START = '?from=2026-10-30T00:00:00Z&to=2026-11-20T00:00:00Z';

describe('episodes over the operations API', () => {
  let open: ReturnType<typeof openOperations>;
  let ids: readonly string[];
  const get = async (url: string) => (await open.call({ url: `/api/v1${url}` })).json();
  const post = (id: string, act: string, body: object) =>
    open.call({ method: 'POST', url: `/api/v1/episodes/${encodeURIComponent(id)}/${act}`, body });

  beforeEach(async () => {
    const judgedPeriods = memoryJudgedPeriods();
    open = openOperations({ station: [aStation('air-1', { name: 'Trạm Phú Lợi' })] }, { judgedPeriods });
    const { episodes } = open.parts;
    for (const [hour, value] of [230, null, -400, 260, 90, 90, 90, 150, 215].entries()) {
      await trackEpisodes({ episodes, judgedPeriods, judged: [judgedHour(hour, value)], at: endOf(hour) });
    }
    ids = (await get(`/episodes${AT_START}`)).episodes.map((each: { episodeId: string }) => each.episodeId);
  });

  it('lists them newest first, with the station, the limit and its decision', async () => {
    const { episodes } = await get(`/episodes${AT_START}`);
    expect(episodes).toMatchObject([
      { phase: 'open', handling: 'unacknowledged', peak: { value: 215 } },
      {
        phase: 'closed',
        closedBecause: 'under-limit',
        stationName: 'Trạm Phú Lợi',
        unit: 'µg/m³',
        limit: {
          standard: 'QCVN 05:2023/BTNMT, Bảng 1',
          decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
          value: 200,
        },
        startsAt: '2026-10-30T17:00:00.000Z',
        peak: { value: 260, completeness: 1 },
      },
    ]);
  });

  it.each([
    ['&phase=open', 1],
    ['&phase=withdrawn', 0],
    ['&stationId=air-1&quantity=no2&handling=unacknowledged', 2],
    ['&handling=acknowledged', 0],
    ['&limit=1', 1],
  ])('filters by %s', async (query, count) => {
    expect((await get(`/episodes${AT_START}${query}`)).episodes).toHaveLength(count);
  });

  it('pages', async () => {
    const { nextCursor } = await get(`/episodes${AT_START}&limit=1`);
    const { episodes } = await get(`/episodes${AT_START}&limit=1&cursor=${nextCursor}`);
    expect(episodes).toMatchObject([{ episodeId: ids[1] }]);
  });

  it('tells one with its transitions and its periods, those without data too', async () => {
    const detail = await get(`/episodes/${encodeURIComponent(ids[1] ?? '')}`);
    expect(detail.events.map(({ kind, by }: { kind: string; by: string }) => `${kind} by ${by}`)).toEqual([
      'opened by system',
      'deepened by system',
      'closing by system',
      'closed by system',
    ]);
    expect(detail.periods.map((each: { value: number; isValid: boolean }) => [each.value, each.isValid])).toEqual([
      [230, true],
      [null, false],
      [400, false],
      [260, true],
      [90, true],
      [90, true],
      [90, true],
    ]);
  });

  it('acknowledges in somebody’s name, with a cause and a note, and takes that back on record', async () => {
    const id = ids[1] ?? '';
    const acknowledged = await post(id, 'acknowledge', { note: '  Đốt rác ở bãi cạnh trạm ', cause: 'burning' });
    expect(acknowledged.status).toBe(200);
    expect(acknowledged.json()).toMatchObject({
      handling: 'acknowledged',
      acknowledgements: [{ by: 'officer@local', cause: 'burning', note: 'Đốt rác ở bãi cạnh trạm' }],
    });
    expect((await post(id, 'reopen', { note: 'Chưa rõ' })).json()).toMatchObject({ handling: 'reopened' });
    const { events, acknowledgements } = await get(`/episodes/${encodeURIComponent(id)}`);
    expect(acknowledgements).toHaveLength(1);
    expect(events.slice(-2)).toMatchObject([
      { kind: 'acknowledged', by: 'officer@local', at: '2026-11-22T10:00:00.000Z', cause: 'burning' },
      { kind: 'reopened', note: 'Chưa rõ' },
    ]);
  });

  it.each([
    [{ note: 'x', cause: 'magic' }, 'cause'],
    [{ note: '  ', cause: 'traffic' }, 'note'],
    [{ cause: 'traffic' }, 'note'],
    [{ note: 'x', cause: 'traffic', by: 'somebody else' }, 'by'],
  ])('refuses %j, naming %s', async (body, field) => {
    const answer = await post(ids[0] ?? '', 'acknowledge', body);
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toMatchObject([{ in: 'body', field }]);
  });

  it('knows no episode that is none', async () => {
    for (const act of ['acknowledge', 'reopen']) {
      expect(
        (await post('air-1~a1~x~7', act, { note: 'x', ...(act === 'acknowledge' && { cause: 'other' }) })).status,
      ).toBe(404);
    }
    const answer = await open.call({ url: '/api/v1/episodes/nothing' });
    expect(answer.status).toBe(404);
    expect(answer.json().errors).toMatchObject([{ in: 'path', field: 'episodeId' }]);
  });

  it('does not reopen what nobody acknowledged', async () => {
    const answer = await post(ids[0] ?? '', 'reopen', { note: 'x' });
    expect(answer.status).toBe(409);
    expect(answer.json().type).toBe('urn:problem-type:phosach:not-acknowledged');
  });
});

describe('who acts', () => {
  const withClaims = (claims: object): APIGatewayProxyEventV2 =>
    ({ requestContext: { authorizer: { jwt: { claims } } } }) as unknown as APIGatewayProxyEventV2;
  const nobody = { requestContext: {} } as unknown as APIGatewayProxyEventV2;

  it('is whom the token names, though another is configured', () => {
    const event = withClaims({ email: 'lan@tdm.gov.vn', sub: '1', 'cognito:groups': '[dispatcher officer]' });
    expect(actingOfficer(event, 'officer@local')).toBe('lan@tdm.gov.vn');
  });

  it.each([
    [withClaims({ sub: '1', 'cognito:groups': '[dispatcher]' }), 403],
    [withClaims({ sub: '1' }), 403],
    [withClaims({ 'cognito:groups': '[admin]' }), 401],
    [nobody, 401],
  ])('is nobody without a name or a group that may', (event, status) => {
    expect(() => actingOfficer(event, undefined)).toThrow(
      expect.objectContaining({ options: expect.objectContaining({ status }) }),
    );
  });
});
