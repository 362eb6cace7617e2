import type { ArithmeticOperator } from './ast.ts';
import { asDuration, asNumber, asTime, numberValue, timeValue, type Value } from './values.ts';

const ofNumbers = (operator: ArithmeticOperator, a: number, b: number): number => {
  switch (operator) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'mod':
      return a % b;
  }
};

const duration = (value: number): Value => (Number.isFinite(value) ? { kind: 'duration', value } : null);

const ofDuration = (operator: ArithmeticOperator, left: number, right: Value): Value => {
  const [other, factor, time] = [asDuration(right), asNumber(right), asTime(right)];
  if (operator === 'add' || operator === 'sub') {
    if (other !== undefined) return duration(ofNumbers(operator, left, other));
    if (operator === 'add' && time !== undefined) return timeValue(time.start + left, time.end + left);
    return null;
  }
  return factor === undefined || operator === 'mod' ? null : duration(ofNumbers(operator, left, factor));
};

/**
 * `add`, `sub`, `mul`, `div`, `mod` of numbers, durations and times. Null with a null, with kinds that do not fit, and where there
 * is no finite answer: a division by zero finds no entity instead of failing the whole request. Division is that of real
 * numbers, for SensorThings' results are such: 5 div 2 is 2.5. Spans are subtracted by their starts, as in FROST-Server.
 */
export const calculate = (operator: ArithmeticOperator, left: Value, right: Value): Value => {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a !== undefined && b !== undefined) return numberValue(ofNumbers(operator, a, b));
  const size = asDuration(left);
  if (size !== undefined) return ofDuration(operator, size, right);
  const other = asDuration(right);
  if (a !== undefined) return operator === 'mul' && other !== undefined ? duration(a * other) : null;
  const time = asTime(left);
  if (time === undefined || (operator !== 'add' && operator !== 'sub')) return null;
  if (other !== undefined) {
    return timeValue(ofNumbers(operator, time.start, other), ofNumbers(operator, time.end, other));
  }
  const otherTime = asTime(right);
  return operator === 'sub' && otherTime !== undefined ? duration(time.start - otherTime.start) : null;
};
