import { describe, expect, it } from 'vitest';
import { depotSchema, disposalSiteSchema } from '../../../shared/city/entities.ts';
import { aReading, aSensor, aStation, aTruck, city } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const position = { latitude: 10.9, longitude: 106.6 };

describe('GET /city', () => {
  it('answers the city', async () => {
    expect((await openOperations().call({ url: '/api/v1/city' })).json()).toEqual(city);
  });

  it('answers 404 before the city is set up', async () => {
    expect((await openOperations({ city: [] }).call({ url: '/api/v1/city' })).status).toBe(404);
  });
});

describe('GET /stations', () => {
  it('answers each station with the newest reading of each quantity, in both languages', async () => {
    const { call, store } = openOperations({
      station: [aStation('air-1'), aStation('water-1', { kind: 'water' })],
      sensor: [aSensor('a1', 'air-1', 'air')],
    });
    await store(
      aReading('a1', 'pm25', NOW - 2 * HOUR, 18),
      aReading('a1', 'pm25', NOW - HOUR, null),
      aReading('a1', 'no2', NOW - 2 * HOUR, 40, 3),
    );
    const { stations } = (await call({ url: '/api/v1/stations' })).json();
    expect(stations).toMatchObject([
      { id: 'air-1', kind: 'air', sensorIds: ['a1'], lastHeardAt: '2026-11-22T09:00:02.000Z' },
      { id: 'water-1', sensorIds: [], lastHeardAt: null, latest: [] },
    ]);
    expect(stations[0].latest).toEqual([
      {
        sensorId: 'a1',
        quantity: 'pm25',
        nameEn: 'PM2.5',
        nameVi: 'Bụi PM2.5',
        value: null,
        unit: 'µg/m³',
        measuredAt: '2026-11-22T09:00:00.000Z',
        flag: 9,
        test: 'gross-range',
      },
      expect.objectContaining({ quantity: 'no2', value: 40, flag: 3 }),
    ]);
  });
});

describe('GET /sensors', () => {
  it('answers every sensor with when it was last heard', async () => {
    const { call, store } = openOperations({ sensor: [aSensor('a1', 'air-1', 'air'), aSensor('a2', 'air-1', 'air')] });
    await store(aReading('a1', 'pm25', NOW, 18));
    const { sensors } = (await call({ url: '/api/v1/sensors' })).json();
    expect(sensors).toMatchObject([
      { id: 'a1', intervalSeconds: 900, lastReceivedAt: '2026-11-22T10:00:02.000Z' },
      { id: 'a2', lastReceivedAt: null },
    ]);
  });
});

describe('The fleet', () => {
  const { call } = openOperations({
    vehicle: [aTruck('t2'), aTruck('t1')],
    depot: [depotSchema.parse({ id: 'depot-1', name: 'Depot', position })],
    'disposal-site': [disposalSiteSchema.parse({ id: 'landfill', name: 'Nam Bình Dương', position })],
  });

  it.each([
    ['vehicles', 'vehicles', ['t1', 't2']],
    ['depots', 'depots', ['depot-1']],
    ['disposal-sites', 'disposalSites', ['landfill']],
  ])('is at /%s', async (path, member, ids) => {
    const body = (await call({ url: `/api/v1/${path}` })).json();
    expect(body[member].map((each: { id: string }) => each.id)).toEqual(ids);
  });
});

describe('GET /openapi.json', () => {
  it('describes every operation, with a schema for each success', async () => {
    const { paths } = (await openOperations().call({ url: '/api/v1/openapi.json' })).json();
    const operations = Object.values<Record<string, { operationId: string; responses: object }>>(paths).flatMap(
      (path) => Object.values(path),
    );
    expect(operations.length).toBeGreaterThanOrEqual(16);
    expect(new Set(operations.map((each) => each.operationId)).size).toBe(operations.length);
    for (const { responses } of operations) {
      const [success] = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect(success?.[1].content).toBeDefined();
    }
  });
});
