import { describe, expect, it } from 'vitest';
import { seedOf } from '../../../../local/demo-city/seeded.ts';
import { airStations, waterStations } from '../../../../local/demo-city/stations.ts';
import { airValuesAt } from '../../../../local/simulator/air-model.ts';
import { waterValuesAt } from '../../../../local/simulator/water-model.ts';
import { isQuantity, quantities } from '../../../../shared/telemetry/quantity.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const start = Date.UTC(2026, 10, 8);
const end = start + 14 * 24 * HOUR;

const modelOf = ({ station, ...rest }: (typeof airStations)[number]) => ({
  seed: seedOf(`sensor-${station.id}`),
  ...rest,
});

const hourlyMeans = (station: (typeof airStations)[number], quantity: string): readonly number[] => {
  const means: number[] = [];
  for (let hour = start; hour < end; hour += HOUR) {
    let sum = 0;
    for (let time = hour + QUARTER; time <= hour + HOUR; time += QUARTER) {
      sum += airValuesAt(modelOf(station), time)[quantity] ?? Number.NaN;
    }
    means.push(sum / 4);
  }
  return means;
};

const dayMeans = (hours: readonly number[]): readonly number[] =>
  hours.slice(23).map((_, index) => hours.slice(index, index + 24).reduce((a, b) => a + b) / 24);

describe('simulated air', () => {
  it('stays inside what an instrument of its kind can believe', () => {
    for (const station of airStations) {
      for (let time = start; time < end; time += HOUR) {
        for (const [name, value] of Object.entries(airValuesAt(modelOf(station), time))) {
          if (!isQuantity(name)) throw new Error(`${name} is no quantity`);
          const [least, greatest] = quantities[name].suspectSpan;
          expect(value, name).toBeGreaterThanOrEqual(least);
          expect(value, name).toBeLessThanOrEqual(greatest);
        }
      }
    }
  });

  it('has a day in two weeks with more PM2.5 than the 45 µg/m³ of QCVN 05:2023, and clean days too', () => {
    const means = dayMeans(hourlyMeans(airStations[2] ?? never(), 'pm25'));
    expect(Math.max(...means)).toBeGreaterThan(45);
    expect(Math.min(...means)).toBeLessThan(30);
  });

  it('breaks the 200 µg/m³ of NO2 in some hour at the busiest crossing only', () => {
    const breaking = airStations.filter((station) => hourlyMeans(station, 'no2').some((mean) => mean > 200));
    expect(breaking.map(({ station }) => station.id)).toEqual(['air-03']);
    expect(hourlyMeans(airStations[2] ?? never(), 'no2').filter((mean) => mean > 200).length).toBeLessThan(15);
  });

  it('has fine dust within coarse dust within all dust', () => {
    for (const station of airStations) {
      for (let time = start; time < end; time += HOUR) {
        const { pm25 = Number.NaN, pm10 = Number.NaN, tsp = Number.NaN } = airValuesAt(modelOf(station), time);
        expect(pm25).toBeLessThanOrEqual(pm10);
        expect(pm10).toBeLessThanOrEqual(tsp);
      }
    }
  });

  it('has more ozone at noon than at night, and more NO2 in the rush hour', () => {
    // Wednesday 11 November 2026; the city is seven hours ahead.
    const at = (hour: number) => airValuesAt(modelOf(airStations[2] ?? never()), Date.UTC(2026, 10, 11, hour - 7));
    expect(at(13).o3).toBeGreaterThan(2 * (at(23).o3 ?? Number.NaN));
    expect(at(18).no2).toBeGreaterThan(1.5 * (at(10).no2 ?? Number.NaN));
  });
});

describe('simulated water', () => {
  it('stays inside what an instrument of its kind can believe', () => {
    for (const { station, ...rest } of waterStations) {
      for (let time = start; time < end; time += HOUR / 2) {
        for (const [name, value] of Object.entries(waterValuesAt({ seed: seedOf(station.id), ...rest }, time))) {
          if (!isQuantity(name)) throw new Error(`${name} is no quantity`);
          const [least, greatest] = quantities[name].suspectSpan;
          expect(value, name).toBeGreaterThanOrEqual(least);
          expect(value, name).toBeLessThanOrEqual(greatest);
        }
      }
    }
  });

  it('is dirtier in the canal than in the river', () => {
    const mean = (index: number, quantity: string): number => {
      const { station, ...rest } = waterStations[index] ?? never();
      let sum = 0;
      let count = 0;
      for (let time = start; time < end; time += HOUR) {
        sum += waterValuesAt({ seed: seedOf(station.id), ...rest }, time)[quantity] ?? Number.NaN;
        count += 1;
      }
      return sum / count;
    };
    expect(mean(2, 'dissolvedOxygen')).toBeLessThan(mean(0, 'dissolvedOxygen'));
    expect(mean(2, 'ammonium')).toBeGreaterThan(2 * mean(0, 'ammonium'));
  });
});

const never = (): never => {
  throw new Error('the demo city has this station');
};
