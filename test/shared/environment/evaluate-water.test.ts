import { describe, expect, it } from 'vitest';
import type { Station } from '../../../shared/city/entities.ts';
import { evaluateCity } from '../../../shared/environment/evaluate.ts';
import { meanPh } from '../../../shared/environment/water-index.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import { memoryExceedances, memoryRegistry } from '../../support/memory-stores.ts';
import { aReading, aSensor, aStation, city } from '../../support/small-city.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const START = Date.parse('2026-11-20T00:00:00+07:00');

const setUp = (more: Partial<Station> = {}) => {
  const standards = [{ standard: 'qcvn08-2023', class: 'B' }];
  const registry = memoryRegistry({
    city: [city],
    station: [aStation('rach', { kind: 'water', ...more, ...(more.standards === undefined && { standards }) })],
    sensor: [aSensor('w1', 'rach', 'water')],
  });
  const ports = { registry, readings: memoryReadingStore(), exceedances: memoryExceedances() };
  return {
    ...ports,
    /** One value every quarter of an hour, from 00:15 on. */
    measure: (quantity: Quantity, values: readonly number[]) =>
      ports.readings.append(
        values.map((value, step) => aReading('w1', quantity, START + (step + 1) * 15 * MINUTE, value)),
      ),
    evaluate: (at: number) => evaluateCity({ at, cityId: city.id, ...ports }),
    found: async () =>
      (await ports.exceedances.list({ from: 0, to: 4e12, limit: 100 })).exceedances
        .map(({ quantity, bound, value, periodEndsAt, observed }) => [
          quantity,
          bound,
          value,
          (periodEndsAt - START) / HOUR,
          observed,
        ])
        .sort(),
  };
};

describe('water against single values', () => {
  it('is judged by the least and the greatest reading of each hour, by both bounds', async () => {
    const { measure, evaluate, found } = setUp();
    await measure('ph', [7, 8.6, 8.55, 7, 7, 5.9, 7, 7, 8.5, 6, 7, 7]);
    await measure('dissolvedOxygen', [5, 4.9, 4.2, 6]);
    await evaluate(START + 4 * HOUR);
    expect(await found()).toEqual([
      ['dissolvedOxygen', 'min', 4.2, 1, 4],
      ['ph', 'max', 8.6, 1, 4],
      ['ph', 'min', 5.9, 2, 4],
    ]);
  });

  it('is judged by one sample, and by nothing where nobody said which water it is', async () => {
    const one = setUp();
    await one.measure('cod', [40]);
    await one.evaluate(START + HOUR);
    expect(await one.found()).toEqual([['cod', 'max', 40, 1, 1]]);
    const none = setUp({ standards: [] });
    await none.measure('cod', [40]);
    expect(await none.evaluate(START + HOUR)).toMatchObject({ evaluated: 0, invalid: 0 });
  });
});

describe('the pH of a day', () => {
  it('is the mean of the ions, not of the logarithms', () => {
    // 10^-4 and 10^-8 mol/L: their mean is 5.0005 × 10^-5, pH 4.300987; the arithmetic mean would say 6.
    expect(meanPh([4, 8])).toBe(4.300987);
    expect(meanPh([7, 7, 7])).toBe(7);
  });
});

describe('what sensors say of a water', () => {
  const wqi = {
    sensorId: stationSeriesId('rach'),
    quantity: 'wqiIndicative',
    from: START,
    to: START + 25 * HOUR,
  } as const;
  const aDay = (value: number) => Array(96).fill(value);

  it('is an indication of the day, and no VN_WQI', async () => {
    const { measure, evaluate, readings } = setUp();
    await measure('waterTemperature', aDay(28));
    await measure('dissolvedOxygen', aDay(7.8));
    await measure('cod', aDay(15));
    await measure('ph', aDay(7));
    await evaluate(START + 24 * HOUR);
    // QĐ 1460: pH 7 → 100; DO at 28 °C saturates at 7.725 mg/L, 101 % → 100; COD 15 → 75; group IV is their mean.
    expect((await readings.series(wqi)).readings).toMatchObject([{ measuredAt: START + 24 * HOUR, value: 88 }]);
    expect((await readings.series({ ...wqi, quantity: 'vnWqi' })).readings).toEqual([]);
    expect((await readings.series({ ...wqi, sensorId: 'w1', quantity: 'codMean24h' })).readings).toMatchObject([
      { value: 15 },
    ]);
  });

  it('takes acid water for what it is, though pH is never averaged', async () => {
    const { measure, evaluate, readings } = setUp();
    await measure('waterTemperature', aDay(28));
    await measure('dissolvedOxygen', aDay(7.8));
    await measure('cod', aDay(15));
    await measure('ph', aDay(5));
    await evaluate(START + 24 * HOUR);
    // pH below 5.5 → 10: a tenth of what it was.
    expect((await readings.series(wqi)).readings).toMatchObject([{ value: 9 }]);
  });

  it('is withheld with its reason where too few of them measure, and at a reference station', async () => {
    const few = setUp();
    await few.measure('cod', aDay(15));
    await few.evaluate(START + 24 * HOUR);
    expect((await few.readings.series(wqi)).readings).toMatchObject([
      { value: null, quality: { flag: 9, test: 'too-few-for-indication' } },
    ]);
    const reference = setUp({ referenceStation: true });
    await reference.measure('cod', aDay(15));
    await reference.evaluate(START + 24 * HOUR);
    expect((await reference.readings.series(wqi)).readings).toEqual([]);
  });
});
