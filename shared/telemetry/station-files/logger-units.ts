import type { Quantity } from '../quantity.ts';
import { toCanonical } from '../units.ts';

const MAX_UNIT_CHARACTERS = 32;

/** How loggers write a degree without having the sign: `oC`, `º C`, `độ C`, `do C`. */
const celsius = /^(?:o|độ|do|0)\s*c$/;

/** pH has no unit, and a line must not have an empty field. */
const none = /^[-–—_]*$/;

/**
 * A value in its quantity's canonical unit, from a unit as Vietnamese loggers write it; `undefined` when it does not convert. An empty
 * unit is one only for pH: whether a gas came in µg or mg nobody can know.
 */
export const fromLoggerUnit = (quantity: Quantity, value: number, unit: string): number | undefined => {
  if (unit.length > MAX_UNIT_CHARACTERS) return undefined;
  const plain = unit.normalize('NFKC').trim().toLowerCase();
  if (none.test(plain)) return quantity === 'ph' ? value : undefined;
  return toCanonical(quantity, value, celsius.test(plain) ? '°C' : unit);
};
