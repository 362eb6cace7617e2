import { describe, expect, it } from 'vitest';
import { aBin, aReading, aSensor, aTruck, city } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

/** A bin emptied at eight in the morning of the 22nd, 0.6 full. */
const open = async () => {
  const operations = openOperations({
    city: [{ ...city, collectionsBefore: { perBinPerWeek: 7, name: 'hằng ngày' } }],
    bin: [aBin('B1', { ward: 'Phú Cường' })],
    sensor: [{ ...aSensor('s-1', 'B1', 'bin'), intervalSeconds: 3_600 }],
    vehicle: [aTruck('truck-1')],
  });
  const emptiedAt = NOW - 9 * HOUR;
  await operations.store(
    ...Array.from({ length: 40 }, (_, index) => NOW - (index + 0.5) * HOUR).map((at) =>
      aReading('s-1', 'fillDistance', at, at < emptiedAt ? 400 : 950),
    ),
  );
  return operations;
};

describe('GET /kpis', () => {
  it('tells the week’s figures with reasons where there are none', async () => {
    const { call } = await open();
    const answer = (await call({ url: '/api/v1/kpis' })).json();
    expect(answer).toMatchObject({
      from: '2026-11-16',
      to: '2026-11-22',
      baseline: { perBinPerWeek: 7, name: 'hằng ngày' },
      missingDays: [],
      total: {
        collections: { value: 1, reason: null },
        collectionsAvoided: { value: 1 },
        meanFillAtPickUp: { value: 0.6 },
        serviceLevel: { value: 1 },
        distanceKm: { value: null, reason: { code: 'no-plan', vi: expect.stringContaining('kế hoạch') } },
      },
    });
    expect(answer.rows).toHaveLength(7);
    // Whoever reads kilometres is told that nobody measured them.
    const { figures, words } = answer.sources;
    expect(Object.keys(figures)).toEqual(Object.keys(answer.total));
    expect(figures).toMatchObject({ distanceKm: 'planned', collections: 'measured', planAdherence: 'reported' });
    expect(words.planned.en).toContain('not by trucks’ tracks');
    expect(answer.adherenceTold).toEqual({ stops: 0, byCrews: 0 });
    expect(answer.rows[0].figures.collections).toMatchObject({ value: null, reason: { code: 'no-levels' } });
  });

  it('by ward, against another baseline', async () => {
    const { call } = await open();
    const answer = (
      await call({ url: '/api/v1/kpis?by=ward&from=2026-11-22&to=2026-11-22&baselinePerWeek=14' })
    ).json();
    expect(answer.rows).toMatchObject([{ key: 'Phú Cường', figures: { collectionsAvoided: { value: 1 } } }]);
  });

  it('as CSV, empty where nobody knows', async () => {
    const { call } = await open();
    const answer = await call({ url: '/api/v1/kpis?by=day&from=2026-11-21&to=2026-11-22&format=csv' });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, , today, total] = answer.body.split('\r\n');
    expect(head).toBe(
      'day,name,collections,collectionsAvoided,distanceKm,workingHours,fuelLitres,co2Kg,costVnd,overflows,overflowHours,meanFillAtPickUp,shareBelowHalf,serviceLevel,sensorUptime,planAdherence,onTime',
    );
    expect(today).toBe('2026-11-22,2026-11-22,1,0,,,,,,0,0,0.6,0,1,1,,');
    expect(total).toMatch(/^total,,1,1,,/);
  });

  it.each([
    ['a period that ends before it starts', 'from=2026-11-22&to=2026-11-20', 'from'],
    ['more than a year', 'from=2025-01-01&to=2026-11-20', 'from'],
    ['a day that is none', 'from=2026-02-30', 'from'],
    ['a division that is none', 'by=driver', 'by'],
  ])('refuses %s', async (_, query, field) => {
    const { call } = await open();
    const answer = await call({ url: `/api/v1/kpis?${query}` });
    expect(answer.status).toBe(400);
    expect(answer.json().errors[0].field).toBe(field);
  });
});
