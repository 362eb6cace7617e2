import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Gas, microgramsFromPpb } from '../../../../shared/environment/concentration.ts';
import { usAqiDaily, usAqiNowcast } from '../../../../shared/environment/indices/us-aqi.ts';
import { automatic, computed, mean, reference, slots, subIndex } from './means.ts';
import { usAqiVectors } from './us-aqi-vectors.ts';

const station = automatic;
const ppb = (gas: Gas, value: number): number => microgramsFromPpb(gas, value);
const ppm = (gas: Gas, value: number): number => microgramsFromPpb(gas, value * 1_000);

describe('US AQI, EPA’s own examples (Technical Assistance Document for the Reporting of Daily Air Quality)', () => {
  it('O3 over 8 hours of 0.07853333 ppm is 126, PM2.5 of 35.92431999 µg/m³ is 102, CO of 8.47532711 ppm is 90', () => {
    const day = usAqiDaily({
      station,
      pm25: mean(35.92431999),
      o3Of8h: slots(ppm('o3', 0.07853333)),
      coOf8h: slots(ppm('co', 8.47532711)),
    });
    expect([subIndex(day, 'o3'), subIndex(day, 'pm25'), subIndex(day, 'co')]).toEqual([126, 102, 90]);
    expect(day).toMatchObject({ value: 126, dominant: 'o3', category: { nameEn: 'Unhealthy for Sensitive Groups' } });
  });

  it('a NowCast of 28.409801 µg/m³ PM2.5 is cut off to 28.4, and is 87', () => {
    const pm25 = slots(21, null, 35, 49.2, 48.6, 53.7, 66.2, 69.2, 64.9, 50, 43, 34.9);
    const result = computed(usAqiNowcast({ station, pm25 }));
    expect(result).toMatchObject({ value: 87, inputs: [{ quantity: 'pm25', period: 'nowcast', value: 28.4 }] });
  });
});

type Table = keyof typeof usAqiVectors;

const dayOf: Readonly<Record<Table, (value: number) => Parameters<typeof usAqiDaily>[0]>> = {
  pm25: (value) => ({ station, pm25: mean(value) }),
  pm10: (value) => ({ station, pm10: mean(value) }),
  o3Of8h: (value) => ({ station, o3Of8h: slots(ppm('o3', value)) }),
  o3Of1h: (value) => ({ station, o3: slots(ppm('o3', value)) }),
  co: (value) => ({ station, coOf8h: slots(ppm('co', value)) }),
  so2: (value) => ({ station, so2: slots(ppb('so2', value)) }),
  so2Of24h: (value) => ({ station, so2Of24h: mean(ppb('so2', value)) }),
  no2: (value) => ({ station, no2: slots(ppb('no2', value)) }),
};

describe('US AQI at the break-points of May 2024', () => {
  it.each(Object.keys(usAqiVectors) as Table[])('is right on, under and above every one of %s', (table) => {
    for (const [concentration, index] of usAqiVectors[table]) {
      expect([concentration, computed(usAqiDaily(dayOf[table](concentration))).value]).toEqual([concentration, index]);
    }
  });

  it('marks what rests on break-points whose source nobody read', () => {
    const verified = (table: Table, value: number) => computed(usAqiDaily(dayOf[table](value))).subIndices[0]?.verified;
    expect(verified('pm25', 300)).toBe(true);
    expect(verified('pm10', 424)).toBe(true);
    expect(verified('pm10', 425)).toBe(false);
    expect(verified('no2', 2_000)).toBe(false);
  });
});

describe('US AQI of gases with two periods', () => {
  it('has no sub-index of O3 over 1 hour below 0.125 ppm, and takes the greater of both above', () => {
    expect(usAqiDaily({ station, o3: slots(ppm('o3', 0.124)) })).toMatchObject({ reason: 'no-data' });
    const both = { station, o3: slots(ppm('o3', 0.162)), o3Of8h: slots(ppm('o3', 0.078)) };
    // 101 + 49 / 39 × 37 = 147.49
    expect(usAqiDaily(both)).toMatchObject({ value: 147, subIndices: [{ period: 'max 1h' }] });
  });

  it('holds SO2 at 200 from 305 ppb in an hour on, until the day’s mean reaches 305 ppb', () => {
    const day = (hour: number, mean24h: number) =>
      computed(usAqiDaily({ station, so2: slots(ppb('so2', hour)), so2Of24h: mean(ppb('so2', mean24h)) })).value;
    expect(day(304, 100)).toBe(200);
    expect(day(900, 304)).toBe(200);
    expect(day(900, 305)).toBe(201);
    expect(day(900, 604)).toBe(300);
  });
});

describe('US AQI of its data', () => {
  it('needs any one pollutant, and says which it lacks', () => {
    expect(usAqiNowcast({ station })).toMatchObject({ status: 'not-computable', reason: 'no-data' });
    expect(computed(usAqiNowcast({ station, no2: mean(ppb('no2', 53)) }))).toMatchObject({
      index: 'US_AQI',
      value: 50,
      missing: ['pm25', 'pm10', 'o3', 'so2', 'co'],
      inputs: [{ quantity: 'no2', period: '1h', value: 53, unit: 'ppb' }],
    });
  });

  it('is refused for a reference station as every index is', () => {
    expect(usAqiDaily({ station: reference, pm25: mean(10) })).toMatchObject({ reason: 'reference-station' });
  });
});

const concentration = fc.double({ min: -5, max: 200_000, noNaN: true });

describe('US AQI of any air', () => {
  it('is a whole number of 0 to 500 that never falls when a concentration rises', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<'pm25' | 'pm10' | 'o3Of8h' | 'so2Of24h'>('pm25', 'pm10', 'o3Of8h', 'so2Of24h'),
        fc.constantFrom<'o3' | 'no2' | 'so2' | 'coOf8h'>('o3', 'no2', 'so2', 'coOf8h'),
        concentration,
        concentration,
        concentration,
        (first, second, fixed, a, b) => {
          const value = (of: number): number => {
            const firstMean = first === 'o3Of8h' ? { o3Of8h: slots(fixed) } : { [first]: mean(fixed) };
            const result = usAqiDaily({ station, ...firstMean, [second]: slots(of) });
            return result.status === 'computed' ? result.value : 0;
          };
          const [low, high] = [value(Math.min(a, b)), value(Math.max(a, b))];
          for (const index of [low, high]) {
            expect(Number.isInteger(index)).toBe(true);
            expect(index).toBeGreaterThanOrEqual(0);
            expect(index).toBeLessThanOrEqual(500);
          }
          expect(high).toBeGreaterThanOrEqual(low);
        },
      ),
    );
  });
});
