import type { BinaryOperator, Value } from './syntax.ts';
import { equal, finite, toBoolean, toDecimal, toText } from './values.ts';

/** https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-operators.html */
export const applyBinary = (operator: BinaryOperator, left: Value, right: Value): Value => {
  switch (operator) {
    case 'AND':
      return logic(left, right, (a, b) => a && b);
    case 'OR':
      return logic(left, right, (a, b) => a || b);
    case '=':
      return equal(left, right);
    case '<>': {
      const same = equal(left, right);
      return same === undefined ? undefined : !same;
    }
    case '<':
      return compare(left, right, (a, b) => a < b);
    case '<=':
      return compare(left, right, (a, b) => a <= b);
    case '>':
      return compare(left, right, (a, b) => a > b);
    case '>=':
      return compare(left, right, (a, b) => a >= b);
    case '+':
      return add(left, right);
    default:
      return arithmetic(operator, left, right);
  }
};

export const not = (operand: Value): Value => {
  const value = toBoolean(operand);
  return value === undefined ? undefined : !value;
};

export const negate = (operand: Value): Value => {
  const value = toDecimal(operand);
  return value === undefined ? undefined : 0 - value;
};

/** Both sides must be Booleans: `false AND Undefined` is Undefined, not false. */
const logic = (left: Value, right: Value, combine: (a: boolean, b: boolean) => boolean): Value => {
  const a = toBoolean(left);
  const b = toBoolean(right);
  return a === undefined || b === undefined ? undefined : combine(a, b);
};

const compare = (left: Value, right: Value, holds: (a: number, b: number) => boolean): Value => {
  const a = toDecimal(left);
  const b = toDecimal(right);
  return a === undefined || b === undefined ? undefined : holds(a, b);
};

/** Concatenates as soon as one side is a String, `'1' + 2` included. */
const add = (left: Value, right: Value): Value => {
  if (typeof left === 'string' || typeof right === 'string') {
    const a = toText(left);
    const b = toText(right);
    return a === undefined || b === undefined ? undefined : a + b;
  }
  return typeof left === 'number' && typeof right === 'number' ? finite(left + right) : undefined;
};

const arithmetic = (operator: '-' | '*' | '/' | '%', left: Value, right: Value): Value => {
  const a = toDecimal(left);
  const b = toDecimal(right);
  if (a === undefined || b === undefined) return undefined;
  if (operator === '-') return finite(a - b);
  if (operator === '*') return finite(a * b);
  if (operator === '%') return finite(a % b);
  const quotient = finite(a / b);
  // Int by Int stays an Int.
  return quotient !== undefined && Number.isInteger(left) && Number.isInteger(right) ? Math.trunc(quotient) : quotient;
};
