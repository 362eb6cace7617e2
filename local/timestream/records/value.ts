import type { ScalarType } from '../requests.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d{1,19}$/;
const MAX_BIGINT = 2n ** 63n - 1n;

export type TimeUnit = 'SECONDS' | 'MILLISECONDS' | 'MICROSECONDS' | 'NANOSECONDS';

const NANOS: Readonly<Record<TimeUnit, bigint>> = {
  SECONDS: 1_000_000_000n,
  MILLISECONDS: 1_000_000n,
  MICROSECONDS: 1_000n,
  NANOSECONDS: 1n,
};

/** An instant in nanoseconds since the epoch; `undefined` when the text is no such instant (Timestream knows none before 1970). */
export const parseInstant = (text: string, unit: TimeUnit): bigint | undefined => {
  if (!/^\d{1,19}$/.test(text)) return undefined;
  const nanos = BigInt(text) * NANOS[unit];
  return nanos <= MAX_BIGINT ? nanos : undefined;
};

const canonicalDouble = (text: string): string | undefined => {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? String(value) : undefined;
};

const canonicalBigint = (text: string): string | undefined => {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value <= MAX_BIGINT && value >= -MAX_BIGINT - 1n ? String(value) : undefined;
};

const canonicalTimestamp = (text: string, unit: TimeUnit): string | undefined => {
  const nanos = parseInstant(text, unit);
  return nanos === undefined ? undefined : String(nanos / 1000n);
};

/**
 * A measure value as text in one form per value, so that `1` and `1.0` are the same DOUBLE; a TIMESTAMP in microseconds.
 * `undefined` when the text is no value of the type.
 */
export const canonicalValue = (type: ScalarType, text: string, unit: TimeUnit): string | undefined => {
  switch (type) {
    case 'DOUBLE':
      return canonicalDouble(text);
    case 'BIGINT':
      return canonicalBigint(text);
    case 'BOOLEAN':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
    case 'TIMESTAMP':
      return canonicalTimestamp(text, unit);
    case 'VARCHAR':
      return text;
  }
};
