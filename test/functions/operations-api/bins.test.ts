import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { aBin, aReading, aSensor } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const seed = {
  bin: [aBin('bin-1', { ward: 'Phú Cường' }), aBin('bin-2')],
  sensor: [aSensor('s1', 'bin-1', 'bin'), aSensor('s2', 'bin-2', 'bin')],
};

const fillOf = async (...readings: readonly Reading[]) => {
  const { store, call } = openOperations(seed);
  await store(...readings);
  return (await call({ url: '/api/v1/bins/bin-1' })).json().fill;
};

describe('The fill of a bin', () => {
  it('is read off the latest distance: 250 mm above a floor at 1,000 mm is a quarter', async () => {
    const fill = await fillOf(
      aReading('s1', 'fillDistance', NOW - HOUR, 750),
      aReading('s1', 'fillDistance', NOW - 2 * HOUR, 900),
    );
    expect(fill).toEqual({ status: 'known', fraction: 0.25, measuredAt: '2026-11-22T09:00:00.000Z', flag: 1 });
  });

  it('is still told, with its flag, where the reading is suspect', async () => {
    expect(await fillOf(aReading('s1', 'fillDistance', NOW - HOUR, 10, 3))).toMatchObject({ status: 'known', flag: 3 });
  });

  it('is unknown, never empty, when the bin was never measured', async () => {
    expect(await fillOf()).toMatchObject({ status: 'no-data', lastHeardAt: null });
  });

  it('is unknown when the sensor has been silent for more than a day, and says since when', async () => {
    expect(await fillOf(aReading('s1', 'fillDistance', NOW - 25 * HOUR, 500))).toMatchObject({
      status: 'no-data',
      lastHeardAt: '2026-11-21T09:00:02.000Z',
    });
  });

  it('is an old one where the sensor is silent by its own limits, and says since when', async () => {
    const heard = aReading('s1', 'fillDistance', NOW - 3 * HOUR, 1_000);
    // Empty when it was last heard of, three hours ago, by a sensor that should report every quarter of an hour.
    expect(await fillOf(heard)).toMatchObject({
      status: 'known',
      fraction: 0,
      silentSince: '2026-11-22T07:00:02.000Z',
    });
    expect(await fillOf(aReading('s1', 'fillDistance', NOW - HOUR, 1_000))).not.toHaveProperty('silentSince');
    const seldom = { ...aSensor('s1', 'bin-1', 'bin'), intervalSeconds: 4 * 3_600 };
    const { store, call } = openOperations({ ...seed, sensor: [seldom] });
    await store(heard);
    expect((await call({ url: '/api/v1/bins/bin-1' })).json().fill).not.toHaveProperty('silentSince');
  });

  it('is no old one while another sensor of the bin speaks', async () => {
    const two = [aSensor('s1', 'bin-1', 'bin'), aSensor('s3', 'bin-1', 'bin')];
    const { store, call } = openOperations({ ...seed, sensor: two });
    await store(aReading('s1', 'fillDistance', NOW - 5 * HOUR, 500), aReading('s3', 'fillDistance', NOW - HOUR, 500));
    expect((await call({ url: '/api/v1/bins' })).json().bins[0].fill).not.toHaveProperty('silentSince');
  });

  it.each([
    ['failed its test', aReading('s1', 'fillDistance', NOW - HOUR, 500, 4)],
    ['is missing', aReading('s1', 'fillDistance', NOW - HOUR, null)],
    ['is a lost echo, from far below the floor', aReading('s1', 'fillDistance', NOW - HOUR, 3_000)],
  ])('is unknown when the only reading %s', async (_case, reading) => {
    expect(await fillOf(reading)).toMatchObject({ status: 'no-data', reason: expect.any(String) });
  });
});

describe('GET /bins', () => {
  it('answers every bin with its sensors and fill, and when', async () => {
    const { store, call } = openOperations(seed);
    await store(aReading('s1', 'fillDistance', NOW - HOUR, 0));
    const body = (await call({ url: '/api/v1/bins' })).json();
    expect(body.generatedAt).toBe('2026-11-22T10:00:00.000Z');
    expect(body.bins).toMatchObject([
      { id: 'bin-1', ward: 'Phú Cường', serviceLevel: 0.8, sensorIds: ['s1'], fill: { status: 'known', fraction: 1 } },
      { id: 'bin-2', sensorIds: ['s2'], fill: { status: 'no-data' } },
    ]);
  });

  it('forgets a retired sensor', async () => {
    const { store, call, parts } = openOperations(seed);
    await store(aReading('s1', 'fillDistance', NOW - HOUR, 500));
    await parts.registry.put('sensor', { ...aSensor('s1', 'bin-1', 'bin'), status: 'retired' });
    expect((await call({ url: '/api/v1/bins/bin-1' })).json()).toMatchObject({
      sensorIds: [],
      fill: { status: 'no-data' },
    });
  });

  it('answers an empty list in an empty city', async () => {
    expect((await openOperations().call({ url: '/api/v1/bins' })).json().bins).toEqual([]);
  });
});

describe('GET /bins/{binId}', () => {
  it('answers 404 for a bin that does not exist', async () => {
    const answer = await openOperations(seed).call({ url: '/api/v1/bins/bin-9' });
    expect(answer.status).toBe(404);
    expect(answer.json().detail).toContain('bin-9');
  });

  it('answers 400 for what cannot be an id', async () => {
    const answer = await openOperations(seed).call({ url: '/api/v1/bins/bin%209' });
    expect(answer.json().errors).toMatchObject([{ in: 'path', field: 'binId' }]);
  });
});

describe('GET /bins/{binId}/fill', () => {
  const history = async (query: string) => {
    const { store, call, parts } = openOperations(seed);
    await parts.registry.put('sensor', aSensor('s3', 'bin-1', 'bin'));
    await store(
      aReading('s1', 'fillDistance', NOW - 200 * HOUR, 100),
      aReading('s1', 'fillDistance', NOW - 4 * HOUR, 800),
      aReading('s3', 'fillDistance', NOW - 4 * HOUR, 790),
      aReading('s1', 'fillDistance', NOW - 3 * HOUR, null),
      aReading('s3', 'fillDistance', NOW - 2 * HOUR, 600, 4),
      aReading('s1', 'fillDistance', NOW - HOUR, 400),
    );
    const follow = async (cursor?: string) =>
      (await call({ url: `/api/v1/bins/bin-1/fill?${query}${cursor ? `&cursor=${cursor}` : ''}` })).json();
    return { call, follow };
  };

  it('answers the last week, oldest first, from all its sensors; what cannot be believed is null', async () => {
    const { follow } = await history('');
    expect(await follow()).toEqual({
      binId: 'bin-1',
      points: [
        { measuredAt: '2026-11-22T06:00:00.000Z', fraction: 0.2, flag: 1 },
        { measuredAt: '2026-11-22T06:00:00.000Z', fraction: 0.21, flag: 1 },
        { measuredAt: '2026-11-22T07:00:00.000Z', fraction: null, flag: 9 },
        { measuredAt: '2026-11-22T08:00:00.000Z', fraction: null, flag: 4 },
        { measuredAt: '2026-11-22T09:00:00.000Z', fraction: 0.6, flag: 1 },
      ],
    });
  });

  it.each([1, 2, 3, 4, 5])('in pages of %i answers each point once', async (limit) => {
    const { follow } = await history(`limit=${limit}`);
    const fractions: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await follow(cursor);
      expect(page.points.length).toBeLessThanOrEqual(limit);
      fractions.push(...page.points.map((point: { fraction: number | null }) => point.fraction));
      cursor = page.nextCursor;
    } while (cursor !== undefined && fractions.length < 20);
    expect(fractions).toEqual([0.2, 0.21, null, null, 0.6]);
  });

  it('in pages answers each point of a lone sensor once', async () => {
    const { store, call } = openOperations(seed);
    await store(
      ...[900, 700, 500, 300].map((value, hour) => aReading('s2', 'fillDistance', NOW - (9 - hour) * HOUR, value)),
    );
    const fractions: unknown[] = [];
    let cursor = '';
    do {
      const page = (await call({ url: `/api/v1/bins/bin-2/fill?limit=1${cursor && `&cursor=${cursor}`}` })).json();
      fractions.push(...page.points.map((point: { fraction: number | null }) => point.fraction));
      cursor = page.nextCursor ?? '';
    } while (cursor !== '' && fractions.length < 20);
    expect(fractions).toEqual([0.1, 0.3, 0.5, 0.7]);
  });

  it('refuses the cursor of another bin', async () => {
    const { call, follow } = await history('limit=2');
    const { nextCursor } = await follow();
    const answer = await call({ url: `/api/v1/bins/bin-2/fill?limit=2&cursor=${nextCursor}` });
    expect(answer.json().errors).toMatchObject([{ field: 'cursor' }]);
  });
});
