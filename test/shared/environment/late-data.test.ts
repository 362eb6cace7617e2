import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sensor, Station } from '../../../shared/city/entities.ts';
import { evaluateCity } from '../../../shared/environment/evaluate.ts';
import type { JudgedPeriod } from '../../../shared/environment/judged-period.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { noteLateReadings } from '../../../shared/telemetry/late-data.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { type Quantity, quantityNames } from '../../../shared/telemetry/quantity.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { memoryExceedances, memoryLateData, memoryRegistry } from '../../support/memory-stores.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const position = { latitude: 10.98, longitude: 106.66 };

type Place = { readonly timeZone?: string; readonly station?: Partial<Station> };

/** A city of one air station with two sensors, and its hourly runs. */
const setUp = ({ timeZone = 'Asia/Ho_Chi_Minh', station = {} }: Place = {}) => {
  const sensor = (id: string): Sensor => ({
    id,
    kind: 'air',
    siteId: 'phu-cuong',
    intervalSeconds: 1_800,
    status: 'active',
  });
  const registry = memoryRegistry({
    city: [
      {
        id: 'tdm',
        name: 'Thủ Dầu Một',
        timeZone,
        centre: position,
        travel: { speedKmh: 30, detourFactor: 1.3 },
        densityKgPerLitre: { recyclable: 0.05, food: 0.3, other: 0.15 },
      },
    ],
    station: [{ id: 'phu-cuong', name: 'Phú Cường', kind: 'air', referenceStation: false, position, ...station }],
    sensor: [sensor('air-1'), sensor('air-2')],
  });
  const readings = memoryReadingStore();
  const exceedances = memoryExceedances();
  const lateData = memoryLateData();
  const judged: JudgedPeriod[] = [];
  const onJudged = async (periods: readonly JudgedPeriod[]) => void judged.push(...periods);
  return {
    readings,
    lateData,
    judged,
    /** Stores readings as the ingest does at an instant: behind them the notes of what is late. */
    arrive: async (some: readonly Reading[], now: number) => {
      await readings.append(some.map((reading) => ({ ...reading, receivedAt: now })));
      await noteLateReadings(lateData, some, now);
    },
    evaluate: (at: number) => evaluateCity({ at, cityId: 'tdm', registry, readings, exceedances, lateData, onJudged }),
    exceeded: async () => {
      const { exceedances: found } = await exceedances.list({ from: 0, to: 4e12, limit: 10_000 });
      return found.map(({ evaluatedAt: _, ...record }) => record);
    },
    /** Every derived value by series and instant; what is null or absent is left out, for both say that there is none. */
    derived: async () => {
      const values = new Map<string, number>();
      for (const sensorId of ['air-1', 'air-2', stationSeriesId('phu-cuong')]) {
        for (const quantity of quantityNames.filter((name) => /Mean|Aqi/.test(name))) {
          const page = await readings.series({ sensorId, quantity, from: 0, to: 4e12, limit: 10_000 });
          for (const { measuredAt, value, quality } of page.readings) {
            expect(value === null).toBe(quality.flag === 9);
            if (value !== null) values.set(`${sensorId} ${quantity} ${new Date(measuredAt).toISOString()}`, value);
          }
        }
      }
      return values;
    },
  };
};

const reading = (sensorId: string, quantity: Quantity, measuredAt: number, value: number | null): Reading => {
  const quality =
    value === null ? ({ flag: 9, test: 'missing' } as const) : ({ flag: 1, test: 'gross-range' } as const);
  return { sensorId, quantity, measuredAt, value, receivedAt: measuredAt, quality };
};

/** Two sensors' half-hourly readings of three days, with pauses, and when each arrives: in time, hours or days late. */
const arrivals = fc.array(
  fc.record({
    sensorId: fc.constantFrom('air-1', 'air-2'),
    quantity: fc.constantFrom<Quantity[]>('pm25', 'o3', 'no2'),
    /** A run of hours with data, from this hour on. */
    hour: fc.integer({ min: 0, max: 71 }),
    hours: fc.integer({ min: 1, max: 30 }),
    value: fc.integer({ min: 0, max: 3_000 }),
    lateHours: fc.constantFrom(0, 0, 1, 3, 20, 50, 90),
  }),
  { minLength: 1, maxLength: 8 },
);

const expand = (start: number, runs: typeof arrivals extends fc.Arbitrary<infer T> ? T : never) => {
  const all = new Map<string, { readonly reading: Reading; readonly lateHours: number }>();
  for (const { sensorId, quantity, hour, hours, value, lateHours } of runs) {
    for (let step = 0; step < hours * 2 && hour * 2 + step < 144; step += 1) {
      const measuredAt = start + (hour * 2 + step + 1) * 30 * MINUTE;
      const key = `${sensorId}${quantity}${measuredAt}`;
      const one = reading(sensorId, quantity, measuredAt, value / 10 + (step % 7));
      if (!all.has(key)) all.set(key, { reading: one, lateHours });
    }
  }
  return [...all.values()];
};

describe('late data', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-01-29T17:00:00Z'],
    // Summer time begins on 29 March 2026 and ends on 25 October; a zone of half hours.
    ['Europe/Berlin', '2026-03-28T00:00:00Z'],
    ['Europe/Berlin', '2026-10-24T00:00:00Z'],
    ['Asia/Kolkata', '2026-01-29T18:30:00Z'],
  ])(
    'converges to the same series, exceedances and indices as timely data: %s, %s',
    async (timeZone, from) => {
      const start = Date.parse(from);
      await fc.assert(
        fc.asyncProperty(arrivals, async (runs) => {
          const expanded = expand(start, runs);
          const [timely, late] = [setUp({ timeZone }), setUp({ timeZone })];
          for (let hour = 1; hour <= 24 * 8; hour += 1) {
            const at = start + hour * HOUR + 10 * MINUTE;
            const arriving = (delay: (one: (typeof expanded)[number]) => number) =>
              expanded
                .filter((one) => Math.ceil((one.reading.measuredAt - start) / HOUR) + delay(one) === hour)
                .map((one) => one.reading);
            await timely.arrive(
              arriving(() => 0),
              at - 9 * MINUTE,
            );
            const arrived = arriving(({ lateHours }) => lateHours).toReversed();
            const [before, behind] = [hour % 2, 1 - (hour % 2)].map((part) => arrived.filter((_, i) => i % 2 === part));
            await late.arrive(before ?? [], at - 9 * MINUTE);
            await timely.evaluate(at);
            // Now and then a run is missed.
            if (hour % 11 !== 0) await late.evaluate(at);
            // Half of it just misses the run.
            await late.arrive(behind ?? [], at + 2 * MINUTE);
          }
          expect(await late.derived()).toEqual(await timely.derived());
          expect(await late.exceeded()).toEqual(await timely.exceeded());
          expect(await late.lateData.list(1)).toEqual([]);
        }),
        { numRuns: 6 },
      );
    },
    60_000,
  );

  const start = Date.parse('2026-01-05T00:00:00+07:00');
  const day = (value: number, sensorId = 'air-1', quantity: Quantity = 'pm25') =>
    Array.from({ length: 48 }, (_, step) => reading(sensorId, quantity, start + (step + 1) * 30 * MINUTE, value));

  it('of weeks ago changes the day, its month and the exceedance, and the earlier values stay known', async () => {
    const { arrive, evaluate, readings, exceeded, lateData } = setUp();
    for (let date = 0; date < 31; date += 1) {
      const shifted = day(60).map((one) => ({ ...one, measuredAt: one.measuredAt + (date - 4) * 24 * HOUR }));
      // Of the 5th only the first 20 hours come in time.
      await arrive(date === 4 ? shifted.slice(0, 40) : shifted, shifted.at(-1)?.measuredAt ?? 0);
      await evaluate(start + (date - 3) * 24 * HOUR + 10 * MINUTE);
    }
    const month = {
      sensorId: 'air-1',
      quantity: 'pm25MeanMonth',
      measuredAt: Date.parse('2026-02-01T00:00:00+07:00'),
    } as const;
    const daily = { sensorId: 'air-1', quantity: 'pm25Mean24h', measuredAt: start + 24 * HOUR } as const;
    expect(await readings.versions(daily)).toMatchObject([{ value: 60 }]);
    expect(await readings.versions(month)).toMatchObject([{ value: 60, quality: { flag: 1 } }]);

    const later = Date.parse('2026-02-20T09:00:00+07:00');
    await arrive(day(90).slice(40), later);
    expect(await lateData.list(10)).toHaveLength(1);
    expect(await evaluate(later + 10 * MINUTE)).toMatchObject({ lateDays: 1 });
    expect(await readings.versions(daily)).toMatchObject([
      { value: 60, receivedAt: start + 24 * HOUR + 10 * MINUTE },
      { value: 65, receivedAt: later + 10 * MINUTE },
    ]);
    expect((await readings.versions(month)).map(({ value }) => value)).toEqual([60, 60.16129]);
    expect((await exceeded()).find(({ periodEndsAt }) => periodEndsAt === daily.measuredAt)).toMatchObject({
      value: 65,
    });
    expect(await evaluate(later + 70 * MINUTE)).toMatchObject({ lateDays: 0, derived: 0, written: 0 });
  });

  it('stays noted when the run dies before it is evaluated, and when more comes while it is', async () => {
    const { arrive, evaluate, readings, lateData } = setUp();
    const later = start + 10 * 24 * HOUR;
    await evaluate(later);
    await arrive(day(60), later);
    const { buckets } = readings;
    Object.assign(readings, { buckets: async () => Promise.reject(new Error('the run dies')) });
    await expect(evaluate(later + HOUR)).rejects.toThrow('the run dies');
    expect(await lateData.list(10)).toHaveLength(2);
    let isFirst = true;
    Object.assign(readings, {
      buckets: async (query: Parameters<typeof buckets>[0]) => {
        const found = await buckets(query);
        if (isFirst) await arrive(day(70).slice(-1), later + HOUR + 1);
        isFirst = false;
        return found;
      },
    });
    await evaluate(later + HOUR);
    expect(await lateData.list(10)).toMatchObject([{ day: Date.parse('2026-01-05T00:00:00Z') }]);
    await evaluate(later + 2 * HOUR);
    expect(await lateData.list(10)).toEqual([]);
    const last = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + 24 * HOUR } as const;
    expect((await readings.versions(last)).at(-1)).toMatchObject({ value: 65 });
  });
});

describe('what is derived', () => {
  const start = Date.parse('2026-01-05T00:00:00+07:00');
  const pm25 = (values: readonly (number | null)[], sensorId = 'air-1') =>
    values.map((value, step) => reading(sensorId, 'pm25', start + (step + 1) * 30 * MINUTE, value));

  it('is null with its reason where there is too little data, absent where there is none, and never zero', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25([10, 20, 30, null, null, null, 40, 50]), start + 4 * HOUR);
    await evaluate(start + 4 * HOUR + 10 * MINUTE);
    const page = await readings.series({ sensorId: 'air-1', quantity: 'pm25Mean1h', from: 0, to: 4e12 });
    expect(
      page.readings.map(({ measuredAt, value, quality }) => [(measuredAt - start) / HOUR, value, quality]),
    ).toEqual([
      [1, 15, { flag: 1, test: 'completeness' }],
      [2, null, { flag: 9, test: 'incomplete' }],
      [4, 45, { flag: 1, test: 'completeness' }],
    ]);
  });

  it('loses its value when its data is withdrawn, and says so', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25([10, 20]), start + HOUR);
    await evaluate(start + HOUR + 10 * MINUTE);
    await arrive(pm25([null, null]), start + HOUR + 20 * MINUTE);
    await evaluate(start + 2 * HOUR + 10 * MINUTE);
    const hour = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + HOUR } as const;
    expect((await readings.versions(hour)).map(({ value, quality }) => [value, quality.test])).toEqual([
      [15, 'completeness'],
      [null, 'no-data'],
    ]);
  });

  it('is written once, however often it is worked out', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25(Array(48).fill(40)), start + 24 * HOUR);
    const at = start + 24 * HOUR + 10 * MINUTE;
    expect((await evaluate(at)).derived).toBeGreaterThan(0);
    expect(await evaluate(at)).toMatchObject({ derived: 0 });
    // NowCast still has two of the last three hours for one hour more, and says so then.
    for (const [hours, derived] of [
      [1, 2],
      [1, 0],
      [2, 0],
    ] as const) {
      expect(await evaluate(at + hours * HOUR)).toMatchObject({ derived });
    }
    const daily = { sensorId: 'air-1', quantity: 'pm25Mean24h', measuredAt: start + 24 * HOUR } as const;
    expect(await readings.versions(daily)).toMatchObject([{ value: 40, receivedAt: at }]);
  });

  it('counts data that came between two tries of one scheduled run', async () => {
    const { arrive, evaluate, readings } = setUp();
    const at = start + 2 * HOUR + 10 * MINUTE;
    await arrive(pm25([10, 20]), start + HOUR);
    await evaluate(at);
    await arrive(pm25([null, 40]), start + HOUR + MINUTE);
    await arrive(pm25([30, 40]), start + HOUR + 2 * MINUTE);
    await evaluate(at);
    const hour = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + HOUR } as const;
    const versions = await readings.versions(hour);
    expect([versions[0], versions.at(-1)]).toMatchObject([{ value: 15 }, { value: 35 }]);
  });

  it('takes for an index the sensor with the most valid hours', async () => {
    const { arrive, evaluate, readings } = setUp();
    const at = start + 12 * HOUR;
    await arrive(
      [...pm25(Array(24).fill(25), 'air-2'), ...pm25([...Array(2).fill(80), ...Array(20).fill(null), 80, 80])],
      at,
    );
    await evaluate(at);
    const series = { sensorId: stationSeriesId('phu-cuong'), quantity: 'vnAqi1h', from: at, to: at + 1 } as const;
    // 25 µg/m³ is the break-point of 50 (QĐ 1459/QĐ-TCMT, bảng 2).
    expect((await readings.series(series)).readings).toMatchObject([{ value: 50, measuredAt: at }]);
  });

  it('holds an index of the day, and none for a reference station', async () => {
    const at = start + 24 * HOUR;
    const values = async (station: Partial<Station>) => {
      const { arrive, evaluate, derived } = setUp({ station });
      await arrive(pm25(Array(48).fill(50)), at);
      await evaluate(at);
      const names = [...(await derived())].filter(([key]) => key.includes(new Date(at).toISOString()));
      return new Map(names.map(([key, value]) => [key.split(' ')[1], value]));
    };
    expect(Object.fromEntries(await values({}))).toMatchObject({ pm25Mean24h: 50, vnAqi1h: 100, vnAqi24h: 100 });
    const ofReference = await values({ referenceStation: true });
    expect([...ofReference.keys()]).toEqual(['pm25Mean1h', 'pm25Mean24h']);
  });
});
