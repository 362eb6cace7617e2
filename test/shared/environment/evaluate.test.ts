import { describe, expect, it } from 'vitest';
import type { Sensor } from '../../../shared/city/entities.ts';
import { evaluateCity } from '../../../shared/environment/evaluate.ts';
import { exceedanceSchema } from '../../../shared/environment/exceedance.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../../shared/telemetry/reading.ts';
import { memoryExceedances, memoryRegistry } from '../../support/memory-stores.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A wall-clock time in Thủ Dầu Một (UTC+7). */
const local = (text: string): number => Date.parse(`${text}:00+07:00`);

const position = { latitude: 10.98, longitude: 106.66 };
const sensor = (id: string, siteId: string | undefined, fields: Partial<Sensor> = {}): Sensor => ({
  id,
  kind: 'air',
  intervalSeconds: 900,
  status: 'active',
  ...(siteId !== undefined && { siteId }),
  ...fields,
});

const setUp = () => {
  const registry = memoryRegistry({
    city: [
      {
        id: 'tdm',
        name: 'Thủ Dầu Một',
        timeZone: 'Asia/Ho_Chi_Minh',
        centre: position,
        travel: { speedKmh: 30, detourFactor: 1.3 },
        densityKgPerLitre: { recyclable: 0.05, food: 0.3, other: 0.15 },
      },
    ],
    station: [
      { id: 'phu-cuong', name: 'Phú Cường', kind: 'air', referenceStation: false, position },
      { id: 'song-sai-gon', name: 'Sông Sài Gòn', kind: 'water', referenceStation: false, position },
    ],
    sensor: [
      sensor('air-1', 'phu-cuong'),
      sensor('air-2', undefined),
      sensor('water-1', 'song-sai-gon', { kind: 'water' }),
    ],
  });
  const readings = memoryReadingStore();
  const exceedances = memoryExceedances();
  const all = async () =>
    (await exceedances.list({ from: 0, to: local('2030-01-01T00:00'), limit: 1_000 })).exceedances;
  const evaluate = (at: number, options: Partial<Parameters<typeof evaluateCity>[0]> = {}) =>
    evaluateCity({ at, cityId: 'tdm', registry, readings, exceedances, ...options });

  /** Four readings in each hour from the one that ends an hour after `start`, one value an hour. */
  const hours = async (quantity: Quantity, start: number, values: readonly number[], fields: Partial<Reading> = {}) => {
    const batch = values.flatMap((value, index) =>
      [15, 30, 45, 60].map((minute): Reading => {
        const measuredAt = start + index * HOUR + minute * MINUTE;
        const quality = { flag: 1 as QualityFlag, test: 'gross-range' };
        return { sensorId: 'air-1', quantity, value, measuredAt, receivedAt: measuredAt + 1_000, quality, ...fields };
      }),
    );
    await readings.append(batch);
  };
  return { registry, readings, exceedances, all, evaluate, hours };
};

describe('the hourly evaluation', () => {
  it('records an hour above its limit with the data that it rests on', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('no2', local('2026-11-21T07:00'), [180, 230, 200]);
    const summary = await evaluate(local('2026-11-21T10:05'));
    expect(summary).toEqual({
      from: local('2026-11-19T10:00'),
      to: local('2026-11-21T10:00'),
      stations: 2,
      evaluated: 3,
      // 45 hours and the two days that ended in the last 48 hours have too little data.
      invalid: 47,
      exceedances: 1,
      written: 1,
      withdrawn: 0,
      // The means of three hours, and for each that neither index can be computed without particles.
      derived: 9,
      lateDays: 0,
    });
    const [exceedance, ...others] = await all();
    expect(others).toEqual([]);
    expect(exceedanceSchema.parse(exceedance)).toEqual({
      exceedanceId: `phu-cuong~air-1~no2~qcvn-05-2023-no2-1h-200~${local('2026-11-21T09:00')}`,
      stationId: 'phu-cuong',
      stationName: 'Phú Cường',
      sensorId: 'air-1',
      quantity: 'no2',
      limitId: 'qcvn-05-2023-no2-1h-200',
      standard: 'QCVN 05:2023/BTNMT, Bảng 1',
      averagingPeriod: '1h',
      periodStartsAt: local('2026-11-21T08:00'),
      periodEndsAt: local('2026-11-21T09:00'),
      value: 230,
      limit: 200,
      bound: 'max',
      unit: 'µg/m³',
      observed: 4,
      expected: 4,
      completeness: 1,
      evaluatedAt: local('2026-11-21T10:05'),
    });
  });

  it('takes exactly the limit for kept, and a millionth above it for broken', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('o3', local('2026-11-21T07:00'), [200, 200.000_001]);
    await evaluate(local('2026-11-21T10:00'));
    expect((await all()).map(({ periodEndsAt }) => periodEndsAt)).toEqual([local('2026-11-21T09:00')]);
  });

  it('does not judge an hour that still runs, nor one with half of its readings', async () => {
    const { evaluate, hours, readings, all } = setUp();
    await hours('so2', local('2026-11-21T07:00'), [400]);
    expect(await evaluate(local('2026-11-21T08:00') - 1)).toMatchObject({ exceedances: 0 });
    const bad = [local('2026-11-21T07:30'), local('2026-11-21T07:45')].map((measuredAt): Reading => {
      const quality = { flag: 4, test: 'gross-range' } as const;
      return { sensorId: 'air-1', quantity: 'so2', value: 400, measuredAt, receivedAt: measuredAt + HOUR, quality };
    });
    await readings.append(bad);
    expect(await evaluate(local('2026-11-21T08:00'))).toMatchObject({ evaluated: 0, exceedances: 0 });
    expect(await all()).toEqual([]);
  });

  it('looks only at air sensors that stand at an air station', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('no2', local('2026-11-21T07:00'), [300], { sensorId: 'air-2' });
    await hours('no2', local('2026-11-21T07:00'), [300], { sensorId: 'water-1' });
    expect(await evaluate(local('2026-11-21T10:00'))).toMatchObject({ evaluated: 0, invalid: 0 });
    expect(await all()).toEqual([]);
  });

  it('changes nothing when nothing changed', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('no2', local('2026-11-21T07:00'), [230]);
    await evaluate(local('2026-11-21T09:00'));
    const before = await all();
    expect(await evaluate(local('2026-11-21T10:00'))).toMatchObject({ exceedances: 1, written: 0, withdrawn: 0 });
    expect(await all()).toEqual(before);
  });

  it('withdraws what late data disproves and keeps the rest', async () => {
    const { evaluate, hours, readings, all } = setUp();
    // Three readings of 210 make an hour; the fourth, 150, arrives a day later: (3 × 210 + 150) / 4 = 195.
    await hours('no2', local('2026-11-20T07:00'), [210, 230]);
    const late = { sensorId: 'air-1', quantity: 'no2', measuredAt: local('2026-11-20T08:00') } as const;
    await readings.append([
      { ...late, value: null, receivedAt: late.measuredAt + 2_000, quality: { flag: 9, test: 'missing' } },
    ]);
    expect(await evaluate(local('2026-11-20T09:00'))).toMatchObject({ exceedances: 2 });
    expect((await all()).at(-1)).toMatchObject({ observed: 3, completeness: 0.75, value: 210 });
    await readings.append([
      { ...late, value: 150, receivedAt: late.measuredAt + 24 * HOUR, quality: { flag: 1, test: 'gross-range' } },
    ]);
    expect(await evaluate(local('2026-11-21T09:00'))).toMatchObject({ exceedances: 1, written: 0, withdrawn: 1 });
    expect(await all()).toMatchObject([{ value: 230 }]);
  });

  it('withdraws an hour that was corrected to no measurement at all, but not one whose readings have expired', async () => {
    const { evaluate, hours, readings, all } = setUp();
    await hours('no2', local('2026-11-20T07:00'), [230, 240]);
    await evaluate(local('2026-11-20T09:00'));
    const later = local('2026-11-20T12:00');
    await hours('no2', local('2026-11-20T07:00'), [0], {
      value: null,
      receivedAt: later,
      quality: { flag: 9, test: 'missing' },
    });
    expect(await evaluate(later)).toMatchObject({ withdrawn: 1 });
    expect(await evaluate(later, { readings: memoryReadingStore() })).toMatchObject({ withdrawn: 0 });
    expect(await all()).toMatchObject([{ value: 240 }]);
    expect(
      await readings.versions({ sensorId: 'air-1', quantity: 'no2', measuredAt: local('2026-11-20T07:15') }),
    ).toHaveLength(2);
  });

  it('leaves alone what it did not look at: older periods and sensors long gone', async () => {
    const { evaluate, hours, registry, all } = setUp();
    await hours('no2', local('2026-11-20T07:00'), [230]);
    await evaluate(local('2026-11-20T09:00'));
    await evaluate(local('2026-11-30T09:00'));
    await registry.remove('sensor', 'air-1');
    await evaluate(local('2026-11-20T10:00'));
    expect(await all()).toHaveLength(1);
  });
});

describe('the daily evaluation', () => {
  const day = (value: number, count = 24): number[] => Array(count).fill(value);

  it('judges a calendar day of the city when it has ended', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('pm25', local('2026-11-20T00:00'), [...day(30, 12), ...day(62, 12)]);
    expect(await evaluate(local('2026-11-20T23:59'))).toMatchObject({ evaluated: 0, exceedances: 0 });
    await evaluate(local('2026-11-21T00:00'));
    expect(await all()).toMatchObject([
      {
        averagingPeriod: '24h',
        periodStartsAt: local('2026-11-20T00:00'),
        periodEndsAt: local('2026-11-21T00:00'),
        value: 46,
        limit: 45,
        bound: 'max',
        observed: 24,
        expected: 24,
      },
    ]);
  });

  it('compares the last day of 2025 with 50 µg/m³ and the first of 2026 with 45', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('pm25', local('2025-12-31T00:00'), day(48, 48));
    await evaluate(local('2026-01-02T00:00'));
    expect(await all()).toMatchObject([{ value: 48, limit: 45, periodEndsAt: local('2026-01-02T00:00') }]);
  });

  it('needs 18 hours', async () => {
    const { evaluate, hours, all } = setUp();
    await hours('pm10', local('2026-11-20T00:00'), day(150, 17));
    expect(await evaluate(local('2026-11-21T00:00'))).toMatchObject({ evaluated: 0, exceedances: 0 });
    await hours('pm10', local('2026-11-20T17:00'), [150]);
    expect(await evaluate(local('2026-11-21T01:00'))).toMatchObject({ evaluated: 1, exceedances: 1 });
    expect(await all()).toMatchObject([{ observed: 18, expected: 24, completeness: 0.75 }]);
  });

  it('keeps the day that began before the look-back whole', async () => {
    const { evaluate, hours } = setUp();
    await hours('tsp', local('2026-11-20T00:00'), day(250));
    // The run at 20:00 on the 22nd looks back to 20:00 on the 20th; the 20th ended after that.
    expect(await evaluate(local('2026-11-22T20:00'))).toMatchObject({ exceedances: 1 });
  });
});

describe('an evaluation on demand', () => {
  it('covers the range asked for, in months at a time, and nothing else', async () => {
    const { evaluate, hours, all } = setUp();
    for (const month of ['05', '06', '07']) await hours('no2', local(`2026-${month}-10T07:00`), [250]);
    const range = { from: local('2026-05-15T00:00'), to: local('2026-07-31T00:00') };
    const summary = await evaluate(local('2026-11-21T10:00'), { range });
    expect(summary).toMatchObject({ ...range, exceedances: 2, written: 2 });
    expect((await all()).map(({ periodEndsAt }) => periodEndsAt)).toEqual([
      local('2026-07-10T08:00'),
      local('2026-06-10T08:00'),
    ]);
  });

  it('finds what earlier runs recorded, however many pages that fills', async () => {
    const { evaluate, hours, exceedances, all } = setUp();
    await hours('no2', local('2026-05-10T00:00'), Array(24).fill(250));
    const at = local('2026-05-11T00:00');
    await evaluate(at);
    await hours('no2', local('2026-05-10T00:00'), Array(24).fill(20), { receivedAt: at + HOUR });
    const paged = {
      ...exceedances,
      list: (query: Parameters<typeof exceedances.list>[0]) => exceedances.list({ ...query, limit: 7 }),
    };
    // 24 hours above 200 µg/m³ and one day above 100.
    expect(await evaluate(at + HOUR, { exceedances: paged })).toMatchObject({ withdrawn: 25 });
    expect(await all()).toEqual([]);
  });

  it('ends now when asked for the future', async () => {
    const { evaluate } = setUp();
    const at = local('2026-11-21T10:00');
    expect(await evaluate(at, { range: { from: at - HOUR, to: at + 100 * HOUR } })).toMatchObject({
      from: at - HOUR,
      to: at,
    });
  });

  it('says which city it does not know', async () => {
    await expect(setUp().evaluate(0, { cityId: 'hue' })).rejects.toThrow('City hue is not in the registry');
  });
});
