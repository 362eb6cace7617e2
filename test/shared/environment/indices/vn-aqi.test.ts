import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type VnAqiDailyInput,
  vnAqiDaily,
  vnAqiDailyMethod,
  vnAqiHourly,
  vnAqiHourlyMethod,
} from '../../../../shared/environment/indices/vn-aqi.ts';
import { automatic, computed, mean, reference, slots, steady, subIndex } from './means.ts';
import { vnAqiVectors } from './vn-aqi-vectors.ts';

const station = automatic;
/** Particles that a day or an hour must have, in air as clean as can be. */
const clean = { pm10: mean(0) };

describe('VN_AQI, the decision’s own examples (QĐ 1459/QĐ-TCMT, 2.3)', () => {
  it('hourly: O3 136.1 gives 43, PM2.5 20.3 gives 41; NO2 118.7 is printed 60, and is 59 by the formula (59.35)', () => {
    const result = vnAqiHourly({ station, pm25: steady(20.3), o3: mean(136.1), no2: mean(118.7) });
    expect(subIndex(result, 'o3')).toBe(43);
    expect(subIndex(result, 'pm25')).toBe(41);
    expect(subIndex(result, 'no2')).toBe(59);
    expect(computed(result).subIndices.find(({ quantity }) => quantity === 'no2')?.exact).toBeCloseTo(59.35, 9);
    expect(result).toMatchObject({ value: 59, dominant: 'no2', category: { nameVi: 'Trung bình' } });
  });

  it('daily: O3 45 by its 8 hours, NO2 65, PM2.5 55.7 gives 109.5 and so 110', () => {
    const result = vnAqiDaily({
      station,
      pm25: mean(55.7),
      no2: slots(130.8),
      o3: slots(114.6),
      o3Of8h: slots(89.3),
    });
    expect(subIndex(result, 'o3')).toBe(45);
    expect(subIndex(result, 'no2')).toBe(65);
    expect(subIndex(result, 'pm25')).toBe(110);
    expect(result).toMatchObject({ value: 110, dominant: 'pm25', category: { nameVi: 'Kém', rgb: [255, 126, 0] } });
  });

  it('daily: O3 36 by its hour alone', () => {
    const result = vnAqiDaily({ station, ...clean, o3: slots(114.6), o3Of8h: slots(0) });
    expect(subIndex(result, 'o3')).toBe(36);
  });
});

type Column = keyof typeof vnAqiVectors;

const dailyOf: Readonly<Record<Column, (value: number) => VnAqiDailyInput>> = {
  pm25: (value) => ({ station, pm25: mean(value) }),
  pm10: (value) => ({ station, pm10: mean(value) }),
  o3Of1h: (value) => ({ station, ...clean, o3: slots(value), o3Of8h: slots(0) }),
  o3Of8h: (value) => ({ station, ...clean, o3: slots(0), o3Of8h: slots(value) }),
  no2: (value) => ({ station, ...clean, no2: slots(value) }),
  so2: (value) => ({ station, ...clean, so2: slots(value) }),
  co: (value) => ({ station, ...clean, co: slots(value) }),
};

describe('VN_AQI at the break-points', () => {
  it.each(Object.keys(vnAqiVectors) as Column[])('is right on, under and above every one of %s, by day', (column) => {
    for (const [concentration, index] of vnAqiVectors[column]) {
      expect([concentration, computed(vnAqiDaily(dailyOf[column](concentration))).value]).toEqual([
        concentration,
        index,
      ]);
    }
  });

  it('is right at the same of every column that an hour has', () => {
    const pm10 = steady(0);
    const hourly = {
      pm25: (value: number) => vnAqiHourly({ station, pm25: steady(value) }),
      pm10: (value: number) => vnAqiHourly({ station, pm10: steady(value) }),
      o3Of1h: (value: number) => vnAqiHourly({ station, pm10, o3: mean(value) }),
      no2: (value: number) => vnAqiHourly({ station, pm10, no2: mean(value) }),
      so2: (value: number) => vnAqiHourly({ station, pm10, so2: mean(value) }),
      co: (value: number) => vnAqiHourly({ station, pm10, co: mean(value) }),
    };
    for (const [column, of] of Object.entries(hourly)) {
      for (const [concentration, index] of vnAqiVectors[column as keyof typeof hourly]) {
        // A NowCast of twelve equal hours is off by a rounding error of the last bit.
        expect([column, concentration, computed(of(concentration)).value]).toEqual([column, concentration, index]);
      }
    }
  });

  // Halves that binary arithmetic makes 51.499999999999986 and the like of; by hand (161.2 − 160) / 40 × 50 + 50 = 51.5, and so on.
  it.each([
    ['o3', { o3: slots(161.2), o3Of8h: slots(0) }, 52],
    ['o3', { o3: slots(0), o3Of8h: slots(101.8) }, 55],
    ['so2', { so2: slots(2_107.95) }, 402],
    ['pm10', { pm10: mean(352.45) }, 204],
  ] as const)('rounds a half of %s up though the computer’s is a little less: %j is %d', (quantity, day, index) => {
    expect(subIndex(vnAqiDaily({ station, ...clean, ...day }), quantity)).toBe(index);
  });

  it('says where a concentration is beyond the scale', () => {
    expect(computed(vnAqiDaily({ station, pm25: mean(500) })).subIndices[0]?.beyondScale).toBe(false);
    expect(computed(vnAqiDaily({ station, pm25: mean(501) })).subIndices[0]).toMatchObject({
      value: 500,
      beyondScale: true,
    });
  });
});

describe('VN_AQI of a day’s ozone', () => {
  it('goes by the hour alone when an 8-hour mean is above 400 µg/m³', () => {
    const at = (eightHours: number) =>
      subIndex(vnAqiDaily({ station, ...clean, o3: slots(450), o3Of8h: slots(eightHours) }), 'o3');
    expect(at(400)).toBe(300);
    // 200 + 100 / 400 × 50 = 212.5
    expect(at(400.1)).toBe(213);
  });

  it('takes the greatest 8-hour mean of the decision’s day (2.2.2 a), 74.4', () => {
    const printed = [
      18, 19.4, 21.2, 23, 23.8, 25.8, 28.2, 30.9, 33.8, 36.6, 39.9, 44.7, 51.3, 58.4, 66.2, 71.1, 74.4, 73.7, 71, 65,
      57.8, 48.7, 39.1, 31.6,
    ];
    const result = computed(vnAqiDaily({ station, ...clean, o3: slots(97.7), o3Of8h: slots(...printed) }));
    const ozone = result.inputs.find(({ quantity }) => quantity === 'o3');
    expect(ozone).toEqual({ quantity: 'o3', period: 'max 8h', value: 74.4, unit: 'µg/m³', completeness: 1 });
  });

  it('is the one that is known where the other is not', () => {
    const of = (ozone: object) =>
      computed(vnAqiDaily({ station, ...clean, ...ozone })).subIndices.find(({ quantity }) => quantity === 'o3');
    // Half way from 400 to 800 µg/m³ over 1 hour; at 210 µg/m³ over 8 hours.
    expect(of({ o3: slots(600) })).toMatchObject({ period: 'max 1h', value: 250 });
    expect(of({ o3Of8h: slots(210) })).toMatchObject({ period: 'max 8h', value: 200 });
  });
});

describe('what VN_AQI says of its data', () => {
  it('has what it rests on, what it lacks and how it was made', () => {
    const pm25 = [mean(30), undefined, mean(30), ...Array.from({ length: 9 }, () => undefined)];
    const result = vnAqiHourly({ station, pm25, no2: mean(40, { completeness: 0.8 }) });
    expect(result).toMatchObject({
      status: 'computed',
      index: 'VN_AQI',
      methodVersion: vnAqiHourlyMethod,
      completeness: 2 / 12,
      missing: ['pm10', 'o3', 'so2', 'co'],
      inputs: [
        { quantity: 'pm25', period: 'nowcast', value: 30, unit: 'µg/m³', completeness: 2 / 12 },
        { quantity: 'no2', period: '1h', value: 40, unit: 'µg/m³', completeness: 0.8 },
      ],
    });
  });

  it('is not computable without particles, whatever else there is', () => {
    const result = vnAqiDaily({ station, no2: slots(500) });
    expect(result).toMatchObject({ status: 'not-computable', reason: 'no-particles', methodVersion: vnAqiDailyMethod });
    expect(result).toHaveProperty('reasonVi', expect.stringContaining('PM2.5'));
    expect(vnAqiHourly({ station, pm25: slots(null, null, 50, 50), o3: mean(100) })).toMatchObject({
      reason: 'no-particles',
    });
  });

  it('is not computable from nothing, and never 0 for it', () => {
    expect(vnAqiHourly({ station })).toMatchObject({ status: 'not-computable', reason: 'no-data' });
    expect(vnAqiDaily({ station, pm25: mean(40, { isValid: false }) })).toMatchObject({ reason: 'no-data' });
    expect(vnAqiDaily({ station, pm25: mean(Number.NaN) })).toMatchObject({ reason: 'no-data' });
  });

  it('is refused for a reference station (Thông tư 10/2021, Điều 29), even where it could be computed', () => {
    expect(vnAqiHourly({ station: reference, pm25: steady(20) })).toMatchObject({ reason: 'reference-station' });
    expect(vnAqiDaily({ station: { ...automatic, class: 'reference' }, pm25: mean(20) })).toMatchObject({
      reason: 'reference-station',
    });
  });

  it('leaves a gas out whose day has less than three quarters of its hours', () => {
    const hours = (known: number) => slots(...Array.from({ length: 24 }, (_, hour) => (hour < known ? 300 : null)));
    expect(subIndex(vnAqiDaily({ station, ...clean, no2: hours(18) }), 'no2')).toBe(110);
    expect(subIndex(vnAqiDaily({ station, ...clean, no2: hours(17) }), 'no2')).toBeUndefined();
  });

  it('takes an instrument’s noise below zero as clean air', () => {
    expect(vnAqiDaily({ station, pm25: mean(-1.5) })).toMatchObject({ value: 0, category: { nameVi: 'Tốt' } });
  });
});

const concentration = fc.double({ min: -5, max: 5_000, noNaN: true });
const anyHours = fc.array(fc.option(concentration, { nil: null }), { minLength: 1, maxLength: 24 });

describe('VN_AQI of any air', () => {
  it('is a whole number of 0 to 500 in the band that it names, or not computable', () => {
    fc.assert(
      fc.property(anyHours, anyHours, anyHours, concentration, (pm25, o3, o3Of8h, no2) => {
        for (const result of [
          vnAqiHourly({ station, pm25: slots(...pm25), no2: mean(no2) }),
          vnAqiDaily({ station, pm10: mean(no2), o3: slots(...o3), o3Of8h: slots(...o3Of8h) }),
        ]) {
          if (result.status === 'not-computable') continue;
          expect(Number.isInteger(result.value)).toBe(true);
          expect(result.value).toBeGreaterThanOrEqual(Math.max(0, result.category.min));
          expect(result.value).toBeLessThanOrEqual(result.category.max);
          expect(result.value).toBe(Math.max(...result.subIndices.map(({ value }) => value)));
        }
      }),
    );
  });

  it('never falls when a concentration rises (but O3 over 8 hours across 400 µg/m³, by the decision)', () => {
    const upTo400 = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom<Column>('pm25', 'pm10', 'o3Of1h', 'o3Of8h', 'no2', 'so2', 'co'),
        concentration,
        concentration,
        upTo400,
        upTo400,
        (column, a, b, c, d) => {
          const [x, y] = column === 'o3Of8h' ? [c, d] : [a, b];
          const value = (of: number) => computed(vnAqiDaily(dailyOf[column](of))).value;
          expect(value(Math.max(x, y))).toBeGreaterThanOrEqual(value(Math.min(x, y)));
        },
      ),
    );
  });

  it('does not mind the order of a day’s hours', () => {
    fc.assert(
      fc.property(anyHours, anyHours, (no2, o3) => {
        const day = (a: typeof no2, b: typeof o3) =>
          vnAqiDaily({ station, pm25: mean(10), no2: slots(...a), o3: slots(...b), o3Of8h: slots(...b) });
        expect(day(no2.toReversed(), o3.toReversed())).toEqual(day(no2, o3));
      }),
    );
  });
});
