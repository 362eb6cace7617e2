/** A number that a logger wrote, or why the text is none. Never a guess, and never 0 for want of a number. */
export type LoggerNumber = { readonly value: number } | { readonly missing: MissingNumber };

export type MissingNumber = 'empty-value' | 'unparsable-value' | 'thousands-separator' | 'ambiguous-decimal-comma';

const MAX_CHARACTERS = 64;

/** Beyond what anything here measures, and far from where a tiny number would silently become 0. */
const MAX_MAGNITUDE = 1e30;
const MIN_MAGNITUDE = 1e-30;

const pointDecimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const commaDecimal = /^([+-]?)(\d*),(\d+)$/;

/** Digits in groups of three: `1.234.567`, `1,234.5`, `1.234,5`, `1 234`. */
const grouped = /^[+-]?\d{1,3}(?:([.,'\s])\d{3})(?:\1\d{3})*(?:[.,]\d*)?$/;

const finite = (text: string): LoggerNumber => {
  const value = Number(text);
  const magnitude = Math.abs(value);
  const isZero = magnitude === 0 && !/[1-9]/.test(text.replace(/e.*$/i, ''));
  // Adding 0 turns -0 into 0.
  if (isZero || (magnitude >= MIN_MAGNITUDE && magnitude <= MAX_MAGNITUDE)) return { value: value + 0 };
  return { missing: 'unparsable-value' };
};

/**
 * Reads a value field. The format's decimal sign is the point, so `1.234` is one and a bit. A comma is taken for a decimal sign where
 * it cannot be anything else (`23,1`, `0,125`, `1234,567`); `1,234` may be either and is missing for that reason, as is everything with
 * thousands separators.
 */
export const readLoggerNumber = (field: string): LoggerNumber => {
  const text = field.trim();
  if (text === '') return { missing: 'empty-value' };
  if (text.length > MAX_CHARACTERS) return { missing: 'unparsable-value' };
  if (pointDecimal.test(text)) return finite(text);
  const comma = commaDecimal.exec(text);
  if (comma !== null) {
    const [, sign, whole = '', fraction = ''] = comma;
    const mayBeThousands = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
    return mayBeThousands ? { missing: 'ambiguous-decimal-comma' } : finite(`${sign}${whole}.${fraction}`);
  }
  return { missing: grouped.test(text) ? 'thousands-separator' : 'unparsable-value' };
};

/**
 * A number as a station file holds it: plain digits and a point, enough of them to come back exactly. `undefined` for what cannot be
 * written so (not finite, or so large or small that it would need an exponent; no instrument of the circular resolves 1e-6).
 */
export const writeLoggerNumber = (value: number): string | undefined => {
  const text = String(value);
  return Number.isFinite(value) && !text.includes('e') ? text : undefined;
};
