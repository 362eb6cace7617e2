import type { ComparisonOperator } from './ast.ts';
import { areIdsAlike, asTime, compareIds, type TimeValue, type Value } from './values.ts';

const kindOf = (value: Exclude<Value, null>): string => (typeof value === 'object' ? value.kind : typeof value);

/**
 * Time spans hold their start and not their end. `lt` is "wholly before", `gt` "wholly after", `le` and `ge` ask that neither
 * end lies beyond the other's, as in FROST-Server; for instants they are the usual ones.
 */
const timeHolds = (operator: ComparisonOperator, a: TimeValue, b: TimeValue): boolean => {
  switch (operator) {
    case 'eq':
      return a.start === b.start && a.end === b.end;
    case 'ne':
      return a.start !== b.start || a.end !== b.end;
    case 'gt':
      return a.start >= b.end && a.start > b.start;
    case 'ge':
      return a.start >= b.start && a.end >= b.end;
    case 'lt':
      return a.end <= b.start && a.start < b.start;
    case 'le':
      return a.start <= b.start && a.end <= b.end;
  }
};

const orderHolds = (operator: ComparisonOperator, order: number): boolean => {
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
  }
};

const ordered = <Plain extends number | string | boolean>(a: Plain, b: Plain): number => (a < b ? -1 : a > b ? 1 : 0);

const idText = (value: Value): string | undefined =>
  typeof value === 'object' && value?.kind === 'id'
    ? value.text
    : typeof value === 'number' || typeof value === 'string'
      ? String(value)
      : undefined;

const isId = (value: Value): boolean => typeof value === 'object' && value?.kind === 'id';

/** Order of two values of one kind; `undefined` when there is none. Text is ordered by UTF-16 code units, everywhere alike. */
const orderOf = (a: Exclude<Value, null>, b: Exclude<Value, null>): number | undefined => {
  if (isId(a) || isId(b)) {
    const [left, right] = [idText(a), idText(b)];
    // A number and a text that is none are two kinds, also where one of them is an id.
    if (left === undefined || right === undefined || !areIdsAlike(left, right)) return undefined;
    return compareIds(left, right);
  }
  if (typeof a === 'number' && typeof b === 'number') return ordered(a, b);
  if (typeof a === 'string' && typeof b === 'string') return ordered(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return ordered(a, b);
  if (typeof a !== 'object' || typeof b !== 'object') return undefined;
  const isSame = (a.kind === 'duration' && b.kind === 'duration') || (a.kind === 'timeOfDay' && b.kind === 'timeOfDay');
  return isSame ? ordered(a.value, b.value) : undefined;
};

/**
 * OData 4, part 2, 5.1.1.1: always true or false. Null equals null and nothing else; it is neither greater nor less than
 * anything, `ge` and `le` null included. Values of different kinds are unequal and have no order.
 */
export const holds = (operator: ComparisonOperator, a: Value, b: Value): boolean => {
  if (a === null || b === null) return operator === 'eq' ? a === b : operator === 'ne' && a !== b;
  const isTime = (typeof a === 'object' && a.kind === 'time') || (typeof b === 'object' && b.kind === 'time');
  if (isTime) {
    const [left, right] = [asTime(a), asTime(b)];
    return left === undefined || right === undefined ? operator === 'ne' : timeHolds(operator, left, right);
  }
  const order = orderOf(a, b);
  return order === undefined ? operator === 'ne' : orderHolds(operator, order);
};

const ranks = ['boolean', 'number', 'id', 'string', 'time', 'timeOfDay', 'duration', 'json', 'geometry'];

/** A total order for `$orderby`: null first (OData 4, part 1, 11.2.5.2), then kind by kind, spans by start and then end. */
export const compareForOrder = (a: Value, b: Value): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const [left, right] = [kindOf(a), kindOf(b)];
  if (left !== right) return ranks.indexOf(left) - ranks.indexOf(right);
  const [first, second] = [
    typeof a === 'object' ? asTime(a) : undefined,
    typeof b === 'object' ? asTime(b) : undefined,
  ];
  if (first !== undefined && second !== undefined) {
    return ordered(first.start, second.start) || ordered(first.end, second.end);
  }
  return orderOf(a, b) ?? 0;
};
