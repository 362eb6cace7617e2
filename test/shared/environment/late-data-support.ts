import fc from 'fast-check';
import { expect } from 'vitest';
import type { Sensor, Station } from '../../../shared/city/entities.ts';
import { evaluateCity } from '../../../shared/environment/evaluate.ts';
import type { JudgedPeriod } from '../../../shared/environment/judged-period.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { noteLateReadings } from '../../../shared/telemetry/late-data.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { type Quantity, quantityNames } from '../../../shared/telemetry/quantity.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { memoryExceedances, memoryLateData, memoryRegistry } from '../../support/memory-stores.ts';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const position = { latitude: 10.98, longitude: 106.66 };

export type Place = { readonly timeZone?: string; readonly station?: Partial<Station> };

/** A city of one air station with two sensors, and its hourly runs. */
export const setUp = ({ timeZone = 'Asia/Ho_Chi_Minh', station = {} }: Place = {}) => {
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

export const reading = (sensorId: string, quantity: Quantity, measuredAt: number, value: number | null): Reading => {
  const quality =
    value === null ? ({ flag: 9, test: 'missing' } as const) : ({ flag: 1, test: 'gross-range' } as const);
  return { sensorId, quantity, measuredAt, value, receivedAt: measuredAt, quality };
};

/** Two sensors' half-hourly readings of three days, with pauses, and when each arrives: in time, hours or days late. */
export const arrivals = fc.array(
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

export const expand = (start: number, runs: typeof arrivals extends fc.Arbitrary<infer T> ? T : never) => {
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
