import type { EntityProperty, EntityTypeName } from '../model/entity-model.ts';
import type { ArithmeticOperator, CallExpression, ComparisonExpression, Expression, PathExpression } from './ast.ts';
import { signatureOf, type ValueType } from './functions.ts';
import { isPattern } from './geometry/relate.ts';
import { faultAt } from './query-error.ts';
import { resolvePath } from './resolve-path.ts';

const typeOfProperty = ({ type }: EntityProperty, subPath: readonly string[]): ValueType =>
  type === 'json' || subPath.length > 0 ? 'any' : type;

/** What is known of a value only when it is read: JSON of the city's own, results, nothing at all. */
const isOpen = (type: ValueType): boolean => type === 'any' || type === 'null';
const isTime = (type: ValueType): boolean =>
  type === 'instant' || type === 'interval' || type === 'time' || type === 'date';
const isNumber = (type: ValueType): boolean => type === 'number' || type === 'id';

const accepts = (wanted: ValueType, given: ValueType): boolean =>
  isOpen(given) || given === wanted || (wanted === 'time' && isTime(given)) || (wanted === 'number' && given === 'id');

const areComparable = (left: ValueType, right: ValueType): boolean =>
  isOpen(left) ||
  isOpen(right) ||
  left === right ||
  (isTime(left) && isTime(right)) ||
  (isNumber(left) && isNumber(right)) ||
  (left === 'id' && right === 'string') ||
  (left === 'string' && right === 'id');

const afterShift = (time: ValueType): ValueType => (time === 'date' ? 'instant' : time);

const sumType = (operator: 'add' | 'sub', left: ValueType, right: ValueType): ValueType | undefined => {
  if (left === 'duration' && right === 'duration') return 'duration';
  if (isTime(left) && right === 'duration') return afterShift(left);
  if (operator === 'sub') return isTime(left) && isTime(right) ? 'duration' : undefined;
  return left === 'duration' && isTime(right) ? afterShift(right) : undefined;
};

const arithmeticType = (operator: ArithmeticOperator, left: ValueType, right: ValueType): ValueType | undefined => {
  if (isOpen(left) || isOpen(right)) return 'any';
  if (isNumber(left) && isNumber(right)) return 'number';
  if (operator === 'add' || operator === 'sub') return sumType(operator, left, right);
  if (operator === 'mod') return undefined;
  if (left === 'duration' && isNumber(right)) return 'duration';
  return operator === 'mul' && isNumber(left) && right === 'duration' ? 'duration' : undefined;
};

const typeOfPath = (path: PathExpression, from: EntityTypeName): ValueType => {
  const { property, subPath } = resolvePath(path, from);
  return typeOfProperty(property, subPath);
};

const checkedBoolean = (expression: Expression, from: EntityTypeName, what: string): void => {
  const type = typeOf(expression, from);
  if (type !== 'boolean' && !isOpen(type)) {
    throw faultAt('type', expression.span, `a ${type} is neither true nor false`, `a condition ${what}`);
  }
};

const typeOfComparison = (expression: ComparisonExpression, from: EntityTypeName): ValueType => {
  const [left, right] = [typeOf(expression.left, from), typeOf(expression.right, from)];
  const { operator, span } = expression;
  if (!areComparable(left, right)) {
    const hint = isTime(left) || isTime(right) ? 'times without quotes, such as 2026-03-01T08:00:00Z' : undefined;
    throw faultAt('type', expression.right.span, `“${operator}” cannot compare ${left} with ${right}`, hint);
  }
  if ((left === 'geometry' || right === 'geometry') && left !== 'null' && right !== 'null') {
    throw faultAt(
      'type',
      span,
      `“${operator}” does not compare geometries`,
      'st_equals or another geospatial function',
    );
  }
  const isOrder = operator !== 'eq' && operator !== 'ne';
  if (isOrder && (left === 'boolean' || right === 'boolean')) {
    throw faultAt('type', span, `true and false have no order for “${operator}”`, 'eq or ne');
  }
  return 'boolean';
};

const checkPattern = (argument: Expression | undefined): void => {
  if (argument?.kind === 'literal' && argument.literal.type === 'string' && !isPattern(argument.literal.value)) {
    throw faultAt(
      'type',
      argument.span,
      'not a pattern of nine intersections',
      "nine of T F * 0 1 2, such as 'T*F**F***'",
    );
  }
};

const typeOfCall = (call: CallExpression, from: EntityTypeName): ValueType => {
  const signature = signatureOf(call.name);
  const most = signature.parameters.length;
  const least = most - (signature.optional ?? 0);
  if (call.arguments.length < least || call.arguments.length > most) {
    const wanted = least === most ? `${most}` : `${least} to ${most}`;
    throw faultAt('type', call.span, `${call.name} is given ${call.arguments.length} arguments`, wanted);
  }
  for (const [index, argument] of call.arguments.entries()) {
    const wanted = signature.parameters[index] ?? 'any';
    const given = typeOf(argument, from);
    if (!accepts(wanted, given)) {
      throw faultAt('type', argument.span, `${call.name} cannot take ${given} as argument ${index + 1}`, wanted);
    }
  }
  if (call.name === 'st_relate') checkPattern(call.arguments[2]);
  return signature.result;
};

/**
 * The kind of value an expression gives when it is asked of entities of a type.
 * @throws QueryError with code `type` for unknown names and operands that do not fit.
 */
export const typeOf = (expression: Expression, from: EntityTypeName): ValueType => {
  switch (expression.kind) {
    case 'literal':
      return expression.literal.type;
    case 'path':
      return typeOfPath(expression, from);
    case 'comparison':
      return typeOfComparison(expression, from);
    case 'logical':
      for (const operand of expression.operands) checkedBoolean(operand, from, `for “${expression.operator}”`);
      return 'boolean';
    case 'not':
      checkedBoolean(expression.operand, from, 'for “not”');
      return 'boolean';
    case 'negate': {
      const type = typeOf(expression.operand, from);
      if (!isNumber(type) && type !== 'duration' && !isOpen(type)) {
        throw faultAt('type', expression.span, `a ${type} has no negative`, 'a number or a duration');
      }
      return type === 'id' ? 'number' : type;
    }
    case 'arithmetic': {
      const [left, right] = [typeOf(expression.left, from), typeOf(expression.right, from)];
      const type = arithmeticType(expression.operator, left, right);
      if (type === undefined) {
        throw faultAt('type', expression.span, `“${expression.operator}” cannot combine ${left} with ${right}`);
      }
      return type;
    }
    case 'call':
      return typeOfCall(expression, from);
  }
};

/** @throws QueryError unless the expression is a condition on entities of the type. */
export const checkFilter = (filter: Expression, type: EntityTypeName): void => {
  checkedBoolean(filter, type, 'such as name eq ‘air’');
};

const assertFew = (expression: Expression, type: EntityTypeName): void => {
  switch (expression.kind) {
    case 'path': {
      const { relations } = resolvePath(expression, type);
      if (relations.some(({ many, target }) => many && target === 'Observation')) {
        const reason = 'Observations are too many: none of them decides the order';
        throw faultAt('type', expression.span, reason, 'phenomenonTime of the Datastream, or one value');
      }
      return;
    }
    case 'comparison':
    case 'arithmetic':
      assertFew(expression.left, type);
      assertFew(expression.right, type);
      return;
    case 'logical':
      for (const operand of expression.operands) assertFew(operand, type);
      return;
    case 'not':
    case 'negate':
      assertFew(expression.operand, type);
      return;
    case 'call':
      for (const argument of expression.arguments) assertFew(argument, type);
      return;
    case 'literal':
  }
};

/** @throws QueryError when entities cannot be ordered by the expression: a geometry made by a function, or one of many observations. */
export const checkOrder = (expression: Expression, type: EntityTypeName): void => {
  if (typeOf(expression, type) === 'geometry' && expression.kind !== 'path') {
    throw faultAt('type', expression.span, 'geometries have no order', 'geo.distance to somewhere');
  }
  assertFew(expression, type);
};
