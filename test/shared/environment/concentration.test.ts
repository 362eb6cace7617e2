import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atConditions,
  europeanConditions,
  type Gas,
  microgramsFromPpb,
  molarMasses,
  molarVolumeLitres,
  normalConditions,
  ppbFromMicrograms,
} from '../../../shared/environment/concentration.ts';

const gases = Object.keys(molarMasses) as Gas[];
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const conditions = fc.record({
  celsius: fc.double({ min: -40, max: 60, noNaN: true }),
  kilopascal: fc.double({ min: 50, max: 110, noNaN: true }),
});

describe('concentrations of gases', () => {
  it('stand in molar volumes of 24.45 L at 25 °C and 760 mmHg, 24.06 at 20 °C, 22.414 at 0 °C', () => {
    // The textbooks' figures for an ideal gas at 1 atm; CODATA 2018 has 22.413 969 54 for 0 °C.
    expect(molarVolumeLitres()).toBeCloseTo(24.465, 3);
    expect(molarVolumeLitres({ celsius: 20, kilopascal: 101.325 })).toBeCloseTo(24.055, 3);
    expect(molarVolumeLitres({ celsius: 0, kilopascal: 101.325 })).toBeCloseTo(22.41396954, 7);
  });

  // µg/m³ of a ppb as EPA and WHO print it for 25 °C, and as the European directives' guidance prints it for 20 °C.
  it.each<[Gas, number, number]>([
    ['no2', 1.88, 1.91],
    ['o3', 1.96, 2],
    ['so2', 2.62, 2.66],
    ['co', 1.15, 1.16],
    ['benzene', 3.19, 3.25],
  ])('turn a ppb of %s into %d µg/m³ at 25 °C and %d at 20 °C', (gas, at25, at20) => {
    expect(Math.abs(microgramsFromPpb(gas, 1) - at25)).toBeLessThan(0.008);
    expect(Math.abs(microgramsFromPpb(gas, 1, europeanConditions) - at20)).toBeLessThan(0.008);
  });

  it('become Nm³ from a hot and high station’s cubic metres: 100 µg/m³ at 35 °C and 95 kPa are 110.2', () => {
    // 100 × (308.15 / 298.15) × (101.325 / 95), by hand
    expect(atConditions(100, { from: { celsius: 35, kilopascal: 95 } })).toBeCloseTo(110.2354, 3);
  });

  it('hold 1.7 % less in a cubic metre of 25 °C than in Europe’s of 20 °C', () => {
    expect(atConditions(200, { from: europeanConditions })).toBeCloseTo(196.594, 3);
    expect(atConditions(200, { from: normalConditions })).toBe(200);
  });

  it.each([
    { celsius: -273.15, kilopascal: 101.325 },
    { celsius: 25, kilopascal: 0 },
    { celsius: Number.NaN, kilopascal: 101.325 },
    { celsius: 25, kilopascal: Number.POSITIVE_INFINITY },
  ])('do not exist at %j', (impossible) => {
    expect(() => molarVolumeLitres(impossible)).toThrow(RangeError);
    expect(() => atConditions(1, { from: impossible })).toThrow(/No air is at/);
    expect(() => atConditions(1, { from: normalConditions, to: impossible })).toThrow(/No air is at/);
  });

  it('come back from there and back again, whatever the gas and the conditions', () => {
    fc.assert(
      fc.property(fc.constantFrom(...gases), positive, conditions, conditions, (gas, value, a, b) => {
        expect(ppbFromMicrograms(gas, microgramsFromPpb(gas, value, a), a) / value).toBeCloseTo(1, 9);
        expect(atConditions(atConditions(value, { from: a, to: b }), { from: b, to: a }) / value).toBeCloseTo(1, 9);
      }),
    );
  });

  it('are the same volume in the air whichever way they take: by ppb or by conditions', () => {
    fc.assert(
      fc.property(fc.constantFrom(...gases), positive, conditions, conditions, (gas, value, a, b) => {
        const byPpb = microgramsFromPpb(gas, ppbFromMicrograms(gas, value, a), b);
        expect(atConditions(value, { from: a, to: b }) / byPpb).toBeCloseTo(1, 9);
      }),
    );
  });
});
