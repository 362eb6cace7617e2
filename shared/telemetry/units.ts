import { isGas, microgramsFromPpb } from '../environment/concentration.ts';
import { type Quantity, quantities } from './quantity.ts';

type Conversion = (value: number) => number;

const times =
  (factor: number): Conversion =>
  (value) =>
    value * factor;

const same: Conversion = (value) => value;

/** To each canonical unit from the units that devices use for it, written as `normalize` writes them. */
const conversions: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  mm: { mm: same, cm: times(10), m: times(1_000), in: times(25.4) },
  '°C': { c: same, f: (value) => ((value - 32) * 5) / 9, k: (value) => value - 273.15 },
  'µg/m³': { 'ug/m3': same, 'mg/m3': times(1_000), 'ng/m3': times(0.001) },
  '%': { '%': same, percent: same, '%rh': same },
  'µg/L': { 'ug/l': same, 'mg/l': times(1_000), 'ng/l': times(0.001), 'mg/m3': same },
  // QCVN 08:2023 counts coliforms in either unit; a colony and a most probable number are two methods' words for one thing.
  'MPN/100 mL': { 'mpn/100ml': same, 'cfu/100ml': same, 'mpn/ml': times(100), 'cfu/ml': times(100) },
  'mg/L': { 'mg/l': same, 'g/l': times(1_000), 'ug/l': times(0.001), 'g/m3': same },
  pH: { ph: same, '1': same, '': same },
  '1': { '1': same, '': same },
  V: { v: same, mv: times(0.001) },
  mV: { mv: same, v: times(1_000) },
  ppm: { ppm: same, ppb: times(0.001) },
  ppb: { ppb: same, ppm: times(1_000) },
  hPa: { hpa: same, mbar: same, pa: times(0.01), kpa: times(10), bar: times(1_000) },
  lx: { lx: same, lux: same, klx: times(1_000) },
  'µS/cm': { 'μs/cm': same, 'us/cm': same, 'ms/cm': times(1_000), 'ms/m': times(10), 's/m': times(10_000) },
  '‰': { '‰': same, ppt: same, psu: same, 'g/l': same },
  NTU: { ntu: same, fnu: same },
};

/**
 * One spelling for the many of a unit: `μg/m^3`, `ug/Nm3` and `mcg m-3` are all `ug/m3`. NFKC folds the two micro signs, `³`
 * and `℃`. A Vietnamese `Nm³` is a cubic metre at 25 °C (QCVN 05:2023, 1.3.10), not Europe's at 0 °C.
 */
const normalize = (unit: string): string =>
  unit
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s^*]|deg|°/g, '')
    .replace(/^(?:μg|mcg)/, 'ug')
    .replace(/\/?n?m-?3$/, '/m3')
    .replace(/l-1$/, '/l')
    .replace(/[·⋅.]?cm[-−]1$/, '/cm')
    .replace(/^(?:celsius|fahrenheit|kelvin)$/, (name) => name.charAt(0));

const gasConversion = (quantity: Quantity, unit: string): Conversion | undefined => {
  if (!isGas(quantity)) return undefined;
  const perBillion = microgramsFromPpb(quantity, 1);
  if (unit === 'ppb') return times(perBillion);
  return unit === 'ppm' ? times(perBillion * 1_000) : undefined;
};

const MAX_UNIT_CHARACTERS = 32;

/** Beyond what any instrument resolves, and short of where 1.1 m would become 1100.0000000000002 mm. */
const SIGNIFICANT_DIGITS = 12;

/**
 * A value in its quantity's canonical unit; `undefined` when the unit is unknown or measures something else, or the result is no number.
 * Gases in ppb and ppm become µg/m³ at 25 °C and 760 mmHg. Without a unit the value is canonical already.
 */
export const toCanonical = (quantity: Quantity, value: number, unit: string | undefined): number | undefined => {
  const canonical = quantities[quantity].unit;
  if (unit === undefined || unit === canonical) return value;
  if (unit.length > MAX_UNIT_CHARACTERS) return undefined;
  const from = normalize(unit);
  const known = conversions[canonical] ?? {};
  const convert = Object.hasOwn(known, from) ? known[from] : gasConversion(quantity, from);
  if (convert === undefined) return undefined;
  if (convert === same) return value;
  const converted = Number(convert(value).toPrecision(SIGNIFICANT_DIGITS));
  // 1e308 m are more millimetres than a number holds.
  return Number.isFinite(converted) ? converted : undefined;
};
