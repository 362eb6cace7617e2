import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Quantity, quantities, quantityNames } from '../../../shared/telemetry/quantity.ts';
import { toCanonical } from '../../../shared/telemetry/units.ts';

describe('units', () => {
  it.each<[Quantity, number, string, number]>([
    ['fillDistance', 1.1, 'm', 1100],
    ['fillDistance', 148.2, 'cm', 1482],
    ['fillDistance', 10, 'in', 254],
    ['airTemperature', 86, '°F', 30],
    ['airTemperature', 303.15, 'K', 30],
    ['airTemperature', 30, '℃', 30],
    ['airTemperature', -40, 'Fahrenheit', -40],
    ['pm25', 0.0314, 'mg/m3', 31.4],
    ['dissolvedOxygen', 6500, 'µg/L', 6.5],
    ['ammonium', 0.25, 'mg l-1', 0.25],
    ['relativeHumidity', 71, '%RH', 71],
    ['ph', 7.1, '', 7.1],
    ['batteryVoltage', 3594, 'mV', 3.594],
    ['airPressure', 100_676, 'Pa', 1006.76],
    ['airPressure', 0.97, 'bar', 970],
    ['conductivity', 1.413, 'mS/cm', 1413],
    ['conductivity', 100, 'µS⋅cm⁻¹', 100],
    ['co2', 450_000, 'ppb', 450],
    ['tvoc', 0.018, 'ppm', 18],
    ['turbidity', 31.8, 'FNU', 31.8],
    ['salinity', 35, 'PSU', 35],
    ['redox', -0.2, 'V', -200],
    ['illuminance', 1.2, 'klx', 1200],
    ['aldrin', 0.0001, 'mg/L', 0.1],
    ['chlorophyllA', 14, 'mg/m³', 14],
    ['arsenic', 20, 'µg/L', 0.02],
    ['totalColiform', 5_000, 'MPN/100mL', 5_000],
    ['eColi', 2, 'CFU/mL', 200],
  ])('takes %s %d %s as %d', (quantity, value, unit, canonical) => {
    expect(toCanonical(quantity, value, unit)).toBe(canonical);
  });

  it.each(['µg/m³', 'μg/m³', 'ug/m3', 'UG/M3', 'µg/m^3', 'mcg/m3', 'µg m-3', 'ug/Nm3', 'µg/Nm³', ' ug / m3 '])(
    'knows %j as micrograms in a cubic metre',
    (unit) => {
      expect(toCanonical('pm25', 31.4, unit)).toBe(31.4);
    },
  );

  // Factors at 25 °C and 1 atm as US EPA and WHO print them (µg/m³ per ppb).
  it.each<[Quantity, number]>([
    ['o3', 1.96],
    ['no2', 1.88],
    ['so2', 2.62],
    ['co', 1.145],
  ])('turns a ppb of %s into %d µg/m³, and a ppm into a thousand times that', (quantity, factor) => {
    expect(toCanonical(quantity, 1, 'ppb')).toBeCloseTo(factor, 2);
    expect(toCanonical(quantity, 1, 'ppm')).toBeCloseTo(factor * 1_000, -1);
  });

  it.each<[Quantity, string]>([
    ['pm25', 'ppb'],
    ['pm25', 'mg/L'],
    ['fillDistance', '°C'],
    ['battery', 'V'],
    ['ph', '%'],
    ['o3', 'constructor'],
    ['pm25', '__proto__'],
    ['pm25', 'µg/m³'.repeat(1_000)],
  ])('does not turn %s from %j', (quantity, unit) => {
    expect(toCanonical(quantity, 1, unit)).toBeUndefined();
  });

  it('leaves a value alone that has no unit or the canonical one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quantityNames), fc.double({ noNaN: true }), (quantity, value) => {
        expect(toCanonical(quantity, value, undefined)).toBe(value);
        expect(toCanonical(quantity, value, quantities[quantity].unit)).toBe(value);
      }),
    );
  });

  it('is never upset by a unit, whatever it says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...quantityNames), fc.string({ unit: 'binary' }), (quantity, unit) => {
        const value = toCanonical(quantity, 1, unit);
        expect(value === undefined || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
