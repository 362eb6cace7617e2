import { describe, expect, it } from 'vitest';
import { evaluateCity } from '../../../../shared/environment/evaluate.ts';
import { enterSample, type SampleEntry } from '../../../../shared/environment/laboratory/enter-sample.ts';
import { readResult } from '../../../../shared/environment/laboratory/read-result.ts';
import type { LaboratoryResult } from '../../../../shared/environment/laboratory/sample.ts';
import { valuesOfSample } from '../../../../shared/environment/laboratory/sample-index.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import {
  memoryExceedances,
  memoryLaboratorySamples,
  memoryLateData,
  memoryRegistry,
  memorySensorStates,
} from '../../../support/memory-stores.ts';
import { aStation, city } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 22, 10);
const sampledAt = NOW - 20 * 24 * HOUR;

const result = (quantity: Quantity, value: number | string): LaboratoryResult => {
  const outcome = readResult({ quantity, value });
  if (!outcome.ok) throw new Error(outcome.fault.message);
  return outcome.result;
};

const openCity = (referenceStation = false) => {
  const standards = [{ standard: 'qcvn08-2023', class: 'B' }];
  return {
    cityId: city.id,
    registry: memoryRegistry({
      city: [city],
      station: [aStation('s', { kind: 'water', standards, referenceStation })],
    }),
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    laboratorySamples: memoryLaboratorySamples(),
    lateData: memoryLateData(),
    exceedances: memoryExceedances(),
    clock: () => NOW,
  };
};

const entry = (results: readonly LaboratoryResult[]): SampleEntry => ({
  stationId: 's',
  sampledAt,
  laboratory: 'VILAS 123',
  results: [...results],
  enteredBy: 'lan',
  enteredThrough: 'api',
});

describe('a laboratory sample', () => {
  it('is judged by the limits of single values, weeks after it was taken; what is below detection is not', async () => {
    const ports = openCity();
    await evaluateCity({ at: NOW, ...ports });
    // QCVN 08:2023, level B: BOD5 6 mg/L; Bảng 1: lead 0.02 mg/L, under a detection limit that could not tell.
    await enterSample(ports, entry([result('bod5', 11), result('cod', 9), result('lead', '<0.05')]));
    await evaluateCity({ at: NOW + HOUR, ...ports });
    const { exceedances } = await ports.exceedances.list({ from: 0, to: NOW, limit: 10 });
    expect(exceedances).toMatchObject([{ sensorId: 's.lab', quantity: 'bod5', value: 11, limit: 6 }]);
  });

  it('makes no index at a reference station', async () => {
    const outcome = await enterSample(openCity(true), entry([result('ph', 7)]));
    expect(outcome).toMatchObject({ ok: true, index: { status: 'not-computable', reason: 'reference-station' } });
  });

  it('is entered once when two people enter it at the same moment', async () => {
    const ports = openCity();
    const both = await Promise.all([
      enterSample(ports, entry([result('ph', 7)])),
      enterSample(ports, { ...entry([result('ph', 8)]), enteredBy: 'minh' }),
    ]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await ports.laboratorySamples.versions('s', sampledAt)).toHaveLength(1);
  });

  it('is completed by entering it again when its readings were not stored', async () => {
    const ports = openCity();
    let fails = true;
    const append: typeof ports.readings.append = (readings) =>
      fails ? Promise.reject(new Error('out of reach')) : ports.readings.append(readings);
    const failing = { ...ports, readings: { ...ports.readings, append } };
    await expect(enterSample(failing, entry([result('ph', 7)]))).rejects.toThrow('out of reach');
    fails = false;
    expect(await enterSample(failing, entry([result('ph', 7)]))).toMatchObject({ ok: true, status: 'unchanged' });
    const query = { sensorId: 's.lab', quantity: 'ph', from: 0, to: NOW } as const;
    expect((await ports.readings.series(query)).readings).toHaveLength(1);
  });
});

describe('a result', () => {
  it('below detection enters the index as the most that it can be, and never as zero', () => {
    const { cadmium } = valuesOfSample({ results: [result('cadmium', '<0.005')] });
    expect(cadmium?.value).toBeLessThan(0.005);
    expect(cadmium?.value).toBeGreaterThan(0.004_9);
  });

  it('below its own detection limit is not quantified', () => {
    const outcome = readResult({ quantity: 'arsenic', value: 0.4, unit: 'µg/L', detectionLimit: 1 });
    expect(outcome).toMatchObject({ ok: true, result: { qualifier: '<', value: 0.001, detectionLimit: 0.001 } });
  });

  it.each(['KPH', 'nd', 'Không phát hiện'])('that says %s needs its detection limit', (value) => {
    expect(readResult({ quantity: 'arsenic', value })).toMatchObject({ ok: false, fault: { field: 'detectionLimit' } });
    const outcome = readResult({ quantity: 'arsenic', value, detectionLimit: 0.001 });
    expect(outcome).toMatchObject({ ok: true, result: { qualifier: '<', value: 0.001 } });
  });
});
