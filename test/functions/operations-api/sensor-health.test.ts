import { describe, expect, it } from 'vitest';
import type { Sensor } from '../../../shared/city/entities.ts';
import { watchSensors } from '../../../shared/telemetry/health/watch-sensors.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const sensor = (id: string): Sensor => ({ id, kind: 'bin', siteId: 'B1', intervalSeconds: 900, status: 'active' });

const reading = (sensorId: string, receivedAt: number, fields: Partial<Reading> = {}): Reading => ({
  sensorId,
  quantity: 'fillDistance',
  value: 900,
  measuredAt: receivedAt - 1_000,
  receivedAt,
  quality: { flag: 1, test: 'gross-range' },
  ...fields,
});

/** Checked now: one sensor is well, one is silent since five hours ago, one has a low battery. */
const checked = async () => {
  const city = openOperations({ sensor: [sensor('a-well'), sensor('b-silent'), sensor('c-weak')] });
  await city.store(
    reading('a-well', NOW - HOUR / 4),
    reading('b-silent', NOW - 5 * HOUR),
    reading('c-weak', NOW - HOUR / 4),
    reading('c-weak', NOW - HOUR / 4, { quantity: 'battery', value: 12 }),
  );
  await watchSensors({ at: NOW, ...city.parts });
  return city;
};

describe('GET /sensors/health', () => {
  it('tells of every sensor in use since when it has a problem, when it was last heard, and why in two languages', async () => {
    const { call } = await checked();
    const answer = (await call({ url: '/api/v1/sensors/health' })).json();
    expect(answer).toMatchObject({ watched: 3, open: { silent: 1, battery: 1, clock: 0 } });
    expect(answer.sensors[0]).toMatchObject({ sensorId: 'a-well', problems: [] });
    expect(answer.sensors[1]).toEqual({
      sensorId: 'b-silent',
      kind: 'bin',
      siteId: 'B1',
      lastReceivedAt: '2026-11-22T05:00:00.000Z',
      checkedAt: '2026-11-22T10:00:00.000Z',
      problems: [
        {
          kind: 'silent',
          since: '2026-11-22T05:00:00.000Z',
          openedAt: '2026-11-22T10:00:00.000Z',
          wellSince: null,
          reason: {
            code: 'no-message',
            en: 'No message for more than 2 h',
            vi: 'Không có bản tin nào trong hơn 2 giờ',
          },
        },
      ],
    });
    expect(answer.sensors[2].problems[0].reason.vi).toBe('Pin còn 12 %, dưới mức 20 %');
  });

  it.each([
    ['any', ['b-silent', 'c-weak']],
    ['silent', ['b-silent']],
    ['battery', ['c-weak']],
    ['clock', []],
  ])('filters by %s', async (problem, ids) => {
    const { call } = await checked();
    const answer = (await call({ url: `/api/v1/sensors/health?problem=${problem}` })).json();
    expect(answer.sensors.map(({ sensorId }: { sensorId: string }) => sensorId)).toEqual(ids);
    expect(answer.watched).toBe(3);
  });

  it('refuses a problem that nobody looks for', async () => {
    const { call } = await checked();
    expect((await call({ url: '/api/v1/sensors/health?problem=boredom' })).status).toBe(400);
  });

  it('says nothing of a city that was never checked', async () => {
    const { call } = openOperations({ sensor: [sensor('a-well')] });
    expect((await call({ url: '/api/v1/sensors/health' })).json()).toMatchObject({ watched: 0, sensors: [] });
  });
});

describe('GET /sensors/health/events', () => {
  it('tells once that a problem was opened, and once that it was closed', async () => {
    const city = await checked();
    for (const hour of [1, 2, 3, 4]) {
      const at = NOW + hour * HOUR;
      await city.store(reading('b-silent', at - HOUR / 10));
      await watchSensors({ at, ...city.parts });
    }
    city.time.now = NOW + 5 * HOUR;
    const answer = (await city.call({ url: '/api/v1/sensors/health/events?sensorId=b-silent' })).json();
    expect(answer.events).toMatchObject([
      { event: 'closed', at: '2026-11-22T13:00:00.000Z', closedBecause: 'mended' },
      { event: 'opened', at: '2026-11-22T10:00:00.000Z', closedBecause: null, since: '2026-11-22T05:00:00.000Z' },
    ]);
    const all = (await city.call({ url: '/api/v1/sensors/health/events?limit=2' })).json();
    expect(all.events).toHaveLength(2);
  });
});
