import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAveragingPolicy } from '../../../../shared/environment/averaging-policy.ts';
import { aggregate, aggregatePeriodsOf, type HoursByFlag } from '../../../../shared/open-data/aggregates/aggregate.ts';
import { statisticsOf } from '../../../../shared/open-data/aggregates/statistics.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import { quantities, quantityNames } from '../../../../shared/telemetry/quantity.ts';
import type { QualityFlag } from '../../../../shared/telemetry/reading.ts';
import { aReading } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const clock = { timeZone: 'Asia/Ho_Chi_Minh', utcOffsetMinutes: 420 };
/** Midnight of 21 November in Thủ Dầu Một. */
const MIDNIGHT = Date.UTC(2026, 10, 20, 17);
const DAY = 24 * HOUR;

const hoursByFlag = async (readings: readonly ReturnType<typeof aReading>[]): Promise<HoursByFlag> => {
  const store = memoryReadingStore();
  await store.append(readings);
  const of = (flag: QualityFlag) =>
    store.buckets({
      sensorIds: ['a'],
      quantity: 'pm25',
      from: MIDNIGHT - 40 * DAY,
      to: MIDNIGHT + 40 * DAY,
      size: 'hour',
      utcOffsetMinutes: 420,
      flags: [flag],
    });
  return { 1: await of(1), 2: await of(2), 3: await of(3), 4: await of(4) };
};

const aggregated = async (
  by: 'hour' | 'day' | 'month',
  range: { from: number; to: number },
  readings: readonly ReturnType<typeof aReading>[],
) =>
  aggregate({
    ...clock,
    by,
    periods: aggregatePeriodsOf(by, range, clock),
    hours: await hoursByFlag(readings),
    statistics: { mean: true, range: true, sum: false },
    intervalSeconds: 900,
    policy: defaultAveragingPolicy,
  });

/** A reading every quarter of an hour, the last on the hour. */
const quarters = (hour: number, values: readonly number[], flag: QualityFlag = 1) =>
  values.map((value, index) => aReading('a', 'pm25', MIDNIGHT + hour * HOUR + (index + 1) * 900_000, value, flag));

describe('An hour', () => {
  const range = { from: MIDNIGHT, to: MIDNIGHT + 2 * HOUR };

  it('holds what lies after its start up to its end, with how much was expected', async () => {
    const [first, second] = await aggregated('hour', range, quarters(0, [10, 20, 30, 40]));
    expect(first).toMatchObject({
      startsAt: MIDNIGHT,
      endsAt: MIDNIGHT + HOUR,
      mean: 25,
      min: 10,
      max: 40,
      sum: null,
      expected: 4,
      observed: 4,
      coverage: 1,
      good: 4,
      flag: 1,
      test: 'none',
    });
    expect(second).toMatchObject({ mean: null, min: null, max: null, observed: 0, coverage: 0, flag: 9 });
  });

  it('leaves out what is suspect or failed, and tells how much', async () => {
    const [first] = await aggregated('hour', range, [
      ...quarters(0, [10, 20]),
      aReading('a', 'pm25', MIDNIGHT + 50 * 60_000, 900, 3),
      aReading('a', 'pm25', MIDNIGHT + HOUR, 999, 4),
    ]);
    expect(first).toMatchObject({ mean: 15, max: 20, observed: 2, coverage: 0.5, suspect: 1, failed: 1 });
    expect(first).toMatchObject({ flag: 3, test: 'coverage' });
  });

  it('says when nobody evaluated what it is made of', async () => {
    const [first] = await aggregated('hour', range, [
      ...quarters(0, [10, 20, 30]),
      aReading('a', 'pm25', MIDNIGHT + HOUR, 40, 2),
    ]);
    expect(first).toMatchObject({ mean: 25, good: 3, notEvaluated: 1, observed: 4, flag: 2 });
  });
});

describe('A day', () => {
  const range = { from: MIDNIGHT, to: MIDNIGHT + DAY };

  it('has the mean of its valid hours, as the evaluation keeps it, and the extremes of all that counts', async () => {
    const full = Array.from({ length: 20 }, (_, hour) => quarters(hour, [10, 10, 10, 10])).flat();
    const [day] = await aggregated('day', range, [...full, ...quarters(20, [500])]);
    expect(day).toMatchObject({ mean: 10, max: 500, expected: 96, observed: 81, flag: 1 });
  });

  it('with too few hours is not complete', async () => {
    const [day] = await aggregated('day', range, quarters(3, [10, 10, 10, 10]));
    expect(day).toMatchObject({ mean: 10, observed: 4, flag: 3, test: 'coverage' });
    expect(day?.coverage).toBeCloseTo(4 / 96, 5);
  });
});

it('A month is the mean of its valid days', async () => {
  const readings = Array.from({ length: 24 }, (_, hour) => [
    ...quarters(hour, [10, 10, 10, 10]),
    ...quarters(hour + 24, [30, 30, 30, 30]),
  ]).flat();
  const range = { from: MIDNIGHT, to: MIDNIGHT + 11 * DAY };
  const months = await aggregated('month', range, readings);
  expect(months).toMatchObject([{ mean: 20, observed: 192, expected: 30 * 96, flag: 3 }]);
  expect(new Date(months[0]?.startsAt ?? 0).toISOString()).toBe('2026-10-31T17:00:00.000Z');
});

it('Days add up: what is counted in the hours is counted in the day', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 96 }), fc.constantFrom<QualityFlag>(1, 2, 3, 4)), { maxLength: 60 }),
      async (drawn) => {
        const bySlot = new Map(drawn.map(([slot, flag]) => [slot, flag]));
        const readings = [...bySlot].map(([slot, flag]) =>
          aReading('a', 'pm25', MIDNIGHT + slot * 900_000, slot, flag),
        );
        const range = { from: MIDNIGHT, to: MIDNIGHT + DAY };
        const hours = await aggregated('hour', range, readings);
        const [day] = await aggregated('day', range, readings);
        for (const name of ['expected', 'observed', 'good', 'notEvaluated', 'suspect', 'failed'] as const) {
          expect(day?.[name]).toBe(hours.reduce((sum, hour) => sum + hour[name], 0));
        }
        const values = hours.flatMap(({ max }) => max ?? []);
        expect(day?.max).toBe(values.length === 0 ? null : Math.max(...values));
      },
    ),
    { numRuns: 30 },
  ));

describe('What may be worked out', () => {
  it('is no mean of a logarithm, of a switch or of counts', () => {
    expect(statisticsOf('ph')).toMatchObject({ mean: false, range: true });
    expect(statisticsOf('tilt')).toEqual({ mean: false, range: true, sum: true });
    expect(statisticsOf('pm25Mean1h')).toBeUndefined();
    expect(statisticsOf('vnAqi1h')).toBeUndefined();
  });
  it('was decided for every unit there is', () => {
    const notAveraged = new Set(
      quantityNames.filter((name) => statisticsOf(name)?.mean === false).map((name) => quantities[name].unit),
    );
    expect([...notAveraged].sort()).toEqual(['1', 'MPN/100 mL', 'pH']);
  });
});
