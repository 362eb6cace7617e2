import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corrections, findCorrection } from '../../../../shared/telemetry/corrections/catalogue.ts';
import {
  type Conditions,
  correct,
  correctionId,
  type RawObservation,
} from '../../../../shared/telemetry/corrections/correction.ts';
import { opticalPmHumidity } from '../../../../shared/telemetry/corrections/optical-pm-humidity.ts';
import { purpleairPm25 } from '../../../../shared/telemetry/corrections/purpleair-pm25.ts';
import { ultrasonicTemperature } from '../../../../shared/telemetry/corrections/ultrasonic-temperature.ts';

const measuredAt = Date.parse('2026-11-22T00:00:00Z');
const distance = (value: number | null): RawObservation => ({ quantity: 'fillDistance', value, measuredAt });
const pm25 = (value: number): RawObservation => ({ quantity: 'pm25', value, measuredAt });

describe('a correction', () => {
  it('leaves the raw value and its own name with what it corrects', () => {
    expect(correct(ultrasonicTemperature, distance(1_000), { binTemperature: 20 })).toEqual({
      ok: true,
      value: {
        quantity: 'fillDistance',
        measuredAt,
        value: 1_000,
        rawValue: 1_000,
        correction: 'ultrasonic-temperature@1',
      },
    });
  });

  it('does not correct twice', () => {
    const once = correct(ultrasonicTemperature, distance(1_000), { binTemperature: 40 });
    if (!once.ok) throw new Error(once.reason);
    // @ts-expect-error a corrected observation is no raw one
    expect(correct(ultrasonicTemperature, once.value, { binTemperature: 40 })).toEqual({
      ok: false,
      reason: 'corrected already',
    });
  });

  it.each<[string, RawObservation, Conditions]>([
    ['there is no value to correct', distance(null), { binTemperature: 30 }],
    ['there is no value to correct', distance(Number.NaN), { binTemperature: 30 }],
    ['binTemperature was not measured beside it', distance(1_000), { airTemperature: 30 }],
    ['binTemperature was not measured beside it', distance(1_000), { binTemperature: Number.NaN }],
    ['327.67 °C is no temperature of a bin', distance(1_000), { binTemperature: 327.67 }],
    ['ultrasonic-temperature@1 does not correct pm25', pm25(10), { binTemperature: 30 }],
  ])('says why it does not correct: %s', (reason, observation, conditions) => {
    expect(correct(ultrasonicTemperature, observation, conditions)).toEqual({ ok: false, reason });
  });

  it('is found by its name and version, which are its own', () => {
    expect(new Set(corrections.map(correctionId)).size).toBe(corrections.length);
    for (const correction of corrections) expect(findCorrection(correctionId(correction))).toBe(correction);
    expect(findCorrection('optical-pm-humidity@0')).toBeUndefined();
  });

  it('gives a finite value or a reason, whatever is measured', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...corrections),
        fc.double(),
        fc.record({ binTemperature: fc.double(), relativeHumidity: fc.double() }),
        (correction, value, conditions) => {
          const outcome = correct(correction, { quantity: correction.quantity, value, measuredAt }, conditions);
          if (outcome.ok) expect(Number.isFinite(outcome.value.value)).toBe(true);
          else expect(outcome.reason).not.toBe('');
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the corrections', () => {
  // Speed of sound in dry air: 331.3 m/s at 0 °C, 343.2 at 20 °C, 354.7 at 40 °C (CRC Handbook, to a tenth).
  it.each([
    [0, 331.3 / 343.2],
    [40, 354.7 / 343.2],
  ])('of an ultrasonic distance at %d °C follows the speed of sound', (binTemperature, ratio) => {
    const outcome = correct(ultrasonicTemperature, distance(2_000), { binTemperature });
    expect(outcome.ok && outcome.value.value / 2_000).toBeCloseTo(ratio, 3);
  });

  // Worked by hand from the paper's formula: at 50 % the divisor is 1.24, at 70 % and above 1 + 0.24 / (100/70 − 1) = 1.56.
  it.each([
    [50, 50],
    [70, 62 / 1.56],
    [95, 62 / 1.56],
    [10, 62 / (1 + 0.24 / (100 / 30 - 1))],
  ])('of optical PM2.5 at %d %% humidity takes the water out', (relativeHumidity, value) => {
    const outcome = correct(opticalPmHumidity, pm25(62), { relativeHumidity });
    expect(outcome.ok && outcome.value.value).toBeCloseTo(value, 9);
  });

  it('of a PurpleAir is US EPA’s', () => {
    const outcome = correct(purpleairPm25, pm25(100), { relativeHumidity: 50 });
    expect(outcome.ok && outcome.value.value).toBeCloseTo(52.4 - 4.31 + 5.75, 9);
    expect(correct(purpleairPm25, pm25(1), { relativeHumidity: 95 })).toMatchObject({ ok: false });
    expect(correct(purpleairPm25, pm25(600), { relativeHumidity: 50 })).toMatchObject({ ok: false });
  });
});
