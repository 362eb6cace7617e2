import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { airPeriodsAt, airQualityOf } from '../../../shared/environment/air-quality.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { evaluateHours, hoursOfReadings } from '../../support/air-hours.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aSensor, aStation, city } from '../../support/small-city.ts';

/** 17:00 in Thủ Dầu Một. */
const NOW = Date.UTC(2026, 10, 22, 10);
const HOUR = 3_600_000;

const openAir = async (valueAt: (hoursBefore: number) => number | undefined) => {
  const station = aStation('air-1');
  const sensors = [aSensor('a1', 'air-1', 'air'), aSensor('a2', 'air-1', 'air')];
  const parts = {
    cityId: 'tdm',
    registry: memoryRegistry({ city: [city], station: [station], sensor: sensors }),
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
  };
  const readings = [
    ...hoursOfReadings('a1', 'pm25', { until: NOW, hours: 60, valueAt }),
    ...hoursOfReadings('a1', 'o3', { until: NOW, hours: 60, valueAt: (hours) => 40 + hours }),
    ...hoursOfReadings('a2', 'pm25', { until: NOW, hours: 20, valueAt: () => 12 }),
  ];
  await parts.readings.append(readings);
  await parts.sensorStates.record(readings);
  const live = async (at: number) => {
    const [quality] = await airQualityOf({ ...parts, city }, { stations: [station], sensors, at });
    if (quality === undefined) throw new Error('No answer for the station');
    return quality;
  };
  return { parts, live };
};

describe('the periods of the air’s quality', () => {
  it('are the last whole hour and the last whole day of the city', () => {
    expect(airPeriodsAt(NOW + 59 * 60_000, city.timeZone)).toEqual({
      hour: { startsAt: NOW - HOUR, endsAt: NOW },
      day: { startsAt: Date.UTC(2026, 10, 20, 17), endsAt: Date.UTC(2026, 10, 21, 17) },
    });
  });

  it('at midnight are the hour and the day that end there', () => {
    const midnight = Date.UTC(2026, 10, 21, 17);
    const { hour, day } = airPeriodsAt(midnight, city.timeZone);
    expect([hour.endsAt, day.endsAt, day.startsAt]).toEqual([midnight, midnight, midnight - 24 * HOUR]);
  });
});

describe('the air’s quality, worked out when asked', () => {
  it('is what the hourly evaluation stores, whatever was measured', async () => {
    const value = fc.option(fc.double({ min: 0, max: 300, noNaN: true }), { nil: undefined, freq: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 60, maxLength: 60 }), async (hourly) => {
        const { parts, live } = await openAir((hour) => hourly[hour]);
        await evaluateHours(parts, NOW);
        for (const { quantity, endsAt, result } of (await live(NOW)).indices) {
          const series = { sensorId: stationSeriesId('air-1'), quantity, from: endsAt, to: endsAt + 1 };
          const [stored] = (await parts.readings.series(series)).readings;
          const told = result.status === 'computed' ? [result.value] : [null, result.reason];
          const kept = stored?.value === null ? [null, stored.quality.test] : [stored?.value];
          expect(told).toEqual(kept);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('knows the last hour before the hourly run has come to it, and how much data that hour has', async () => {
    const { parts, live } = await openAir(() => 41);
    await evaluateHours(parts, NOW - HOUR);
    const [vnAqi] = (await live(NOW)).indices;
    // QĐ 1459/QĐ-TCMT: 41 µg/m³ of PM2.5 lies between 25 (50) and 50 (100).
    expect(vnAqi.result).toMatchObject({ status: 'computed', value: 82, dominant: 'pm25', missing: expect.any(Array) });
    expect(vnAqi.result.status === 'computed' && vnAqi.result.inputs[1]).toMatchObject({
      quantity: 'o3',
      completeness: 1,
      value: expect.closeTo(40, 0),
    });
  });

  it('takes the sensor with the most valid hours, also for the concentrations', async () => {
    const { parts, live } = await openAir(() => 41);
    await evaluateHours(parts, NOW);
    const { concentrations } = await live(NOW);
    expect(concentrations.map(({ quantity }) => quantity)).toEqual(['pm25', 'o3']);
    expect(concentrations[0]).toMatchObject({
      hour: { value: 41, isValid: true },
      day: { value: 41, completeness: 1 },
    });
  });

  it('is not computable, and no concentration is zero, where nothing was measured', async () => {
    const { live } = await openAir(() => undefined);
    const { indices, concentrations } = await live(NOW - 70 * HOUR);
    expect(indices.map(({ result }) => result)).toMatchObject(
      Array(4).fill({ status: 'not-computable', reason: 'no-data' }),
    );
    expect(concentrations.map(({ hour, day }) => [hour, day])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });
});
