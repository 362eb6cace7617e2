import type { CastType, Json, Value } from './syntax.ts';

/**
 * Conversions between types, after the tables of
 * https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-data-types.html. A whole number is an Int, as version
 * 2016-03-23 has it. Decimals are doubles here, not 34 digits.
 */
const decimalText = /^-?\d+(\.\d+)?(e-?\d+)?$/i;

export const isObject = (value: Value): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const toDecimal = (value: Value): number | undefined => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && decimalText.test(value) ? finite(Number(value)) : undefined;
};

/** A Decimal goes to the nearest Int, a String loses its decimals. */
export const toInt = (value: Value): number | undefined => {
  if (typeof value === 'number') return roundHalfAway(value);
  const decimal = toDecimal(value);
  return decimal === undefined ? undefined : Math.trunc(decimal);
};

export const toBoolean = (value: Value): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
};

export const toText = (value: Value): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** `cast`: the conversions above, and between numbers and Booleans. */
export const cast = (value: Value, type: CastType): Value => {
  if (type === 'string') return toText(value);
  if (type === 'boolean') return typeof value === 'number' ? value !== 0 : toBoolean(value);
  const decimal = typeof value === 'boolean' ? Number(value) : toDecimal(value);
  return type === 'int' && decimal !== undefined ? Math.floor(decimal) : decimal;
};

/** JSON has no NaN and no infinity; such a result is no value. */
export const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** `round(-1.5)` is -2 in AWS's examples. */
export const roundHalfAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

/** Deep equality; Undefined equals nothing and makes the answer Undefined. */
export const equal = (left: Value, right: Value): boolean | undefined =>
  left === undefined || right === undefined ? undefined : jsonEqual(left, right);

const jsonEqual = (left: Json, right: Json): boolean => {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => jsonEqual(item, right[i] ?? null));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key] ?? null, right[key] ?? null))
  );
};

/** An own property of an object; never one that JavaScript put there. */
export const property = (object: Value, name: string): Value =>
  isObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
