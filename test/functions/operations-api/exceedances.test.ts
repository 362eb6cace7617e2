import { beforeEach, describe, expect, it } from 'vitest';
import type { Exceedance } from '../../../shared/environment/exceedance.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const exceedance = (id: string, hoursAgo: number, more: Partial<Exceedance> = {}): Exceedance => ({
  exceedanceId: id,
  stationId: 'air-1',
  stationName: 'Station air-1',
  sensorId: 'a1',
  quantity: 'no2',
  limitId: 'qcvn-05-2023-no2-1h',
  standard: 'QCVN 05:2023/BTNMT, Bảng 1',
  averagingPeriod: '1h',
  periodStartsAt: NOW - (hoursAgo + 1) * HOUR,
  periodEndsAt: NOW - hoursAgo * HOUR,
  value: 231.4,
  limit: 200,
  bound: 'max',
  unit: 'µg/m³',
  observed: 58,
  expected: 60,
  completeness: 58 / 60,
  evaluatedAt: NOW,
  ...more,
});

describe('GET /exceedances', () => {
  let open: ReturnType<typeof openOperations>;
  const idsOf = async (query: string) =>
    (await open.call({ url: `/api/v1/exceedances${query}` }))
      .json()
      .exceedances.map((each: Exceedance) => each.exceedanceId);

  beforeEach(async () => {
    open = openOperations();
    await open.parts.exceedances.put([
      exceedance('now', 0),
      exceedance('water', 5, { stationId: 'water-1', quantity: 'cod' }),
      exceedance('yesterday', 24),
      exceedance('old', 8 * 24),
    ]);
  });

  it('answers those of the last seven days, newest first, the one of this very moment too', async () => {
    expect(await idsOf('')).toEqual(['now', 'water', 'yesterday']);
  });

  it('writes every instant as ISO 8601', async () => {
    const [first] = (await open.call({ url: '/api/v1/exceedances?limit=1' })).json().exceedances;
    expect(first).toMatchObject({
      periodStartsAt: '2026-11-22T09:00:00.000Z',
      periodEndsAt: '2026-11-22T10:00:00.000Z',
      evaluatedAt: '2026-11-22T10:00:00.000Z',
      value: 231.4,
      limit: 200,
      bound: 'max',
      standard: 'QCVN 05:2023/BTNMT, Bảng 1',
    });
  });

  it.each([
    ['?stationId=water-1', ['water']],
    ['?quantity=no2', ['now', 'yesterday']],
    ['?from=2026-11-14T00:00:00Z&to=2026-11-15T00:00:00Z', ['old']],
  ])('filters %s', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it('pages', async () => {
    const { nextCursor } = (await open.call({ url: '/api/v1/exceedances?limit=2' })).json();
    expect(await idsOf(`?limit=2&cursor=${nextCursor}`)).toEqual(['yesterday']);
  });

  it.each([
    ['?quantity=noise', 'quantity'],
    ['?from=2020-01-01T00:00:00Z', 'from'],
    ['?cursor=nonsense', 'cursor'],
  ])('refuses %s, naming %s', async (query, field) => {
    const answer = await open.call({ url: `/api/v1/exceedances${query}` });
    expect(answer.status).toBe(400);
    expect(answer.json().errors).toMatchObject([{ field }]);
  });
});
