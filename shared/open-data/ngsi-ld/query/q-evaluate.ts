import type { NgsiEntity } from '../entity.ts';
import { attributesAs } from '../represent.ts';
import { attributeNamed } from '../vocabulary.ts';
import type { QNode, QTerm, QValue } from './q-parser.ts';

const instantPattern = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** Two values to compare: instants as instants, however they are written; else of one kind, or not at all. */
const comparable = (a: unknown, b: QValue): readonly [number, number] | readonly [string, string] | undefined => {
  if (typeof a === 'number' && typeof b === 'number') return [a, b];
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  return instantPattern.test(a) && instantPattern.test(b) ? [Date.parse(a), Date.parse(b)] : [a, b];
};

const equals = (a: unknown, b: QValue): boolean => {
  const pair = comparable(a, b);
  return pair === undefined ? a === b : pair[0] === pair[1];
};

const isAtMost = (a: unknown, b: QValue): boolean => {
  const pair = comparable(a, b);
  return pair !== undefined && pair[0] <= pair[1];
};
const isLess = (a: unknown, b: QValue): boolean => isAtMost(a, b) && !equals(a, b);
const isAtLeast = (a: unknown, b: QValue): boolean => {
  const pair = comparable(a, b);
  return pair !== undefined && pair[0] >= pair[1];
};

/** 4.9: of a value that is a list, one member that equals is enough. */
const some = (value: unknown, test: (each: unknown) => boolean): boolean =>
  Array.isArray(value) ? value.some(test) : test(value);

const passes = (value: unknown, test: NonNullable<QTerm['test']>): boolean => {
  if ('pattern' in test) {
    const found = some(value, (each) => typeof each === 'string' && test.pattern.matches(each));
    return test.operator === '~=' ? found : !found;
  }
  if ('from' in test) {
    const isIn = some(value, (each) => isAtLeast(each, test.from) && isAtMost(each, test.to));
    return test.operator === '==' ? isIn : !isIn;
  }
  const { operator, values } = test;
  const [first] = values;
  if (first === undefined) return false;
  const isOne = some(value, (each) => values.some((wanted) => equals(each, wanted)));
  switch (operator) {
    case '==':
      return isOne;
    case '!=':
      return !isOne;
    case '>':
      return isAtLeast(value, first) && !equals(value, first);
    case '>=':
      return isAtLeast(value, first);
    case '<':
      return isLess(value, first);
    case '<=':
      return isAtMost(value, first);
    default:
      return false;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** What a path leads to; a Property at its end stands for its value. `undefined` where there is nothing. */
const target = (entity: NgsiEntity, attributes: unknown, { path, into }: QTerm): unknown => {
  const [first = '', ...rest] = path;
  const all = member(attributes, attributeNamed(entity.type, first));
  const found = rest.reduce<unknown>(member, all);
  const value = isObject(found) && 'value' in found ? found.value : found;
  return into.reduce<unknown>(member, value);
};

/**
 * Whether an entity is what a query asks for. What an entity does not have makes every condition on it false, `!=` too: 4.9, the target
 * element must be there.
 */
export const satisfies = (entity: NgsiEntity, query: QNode): boolean => {
  const attributes = {
    ...attributesAs(entity, { representation: 'normalized', sysAttrs: true }),
    ...(entity.modifiedAt !== undefined && { modifiedAt: new Date(entity.modifiedAt).toISOString() }),
  };
  const holds = (node: QNode): boolean => {
    if (node.kind !== 'term') return node.kind === 'and' ? node.parts.every(holds) : node.parts.some(holds);
    const value = target(entity, attributes, node);
    return value !== undefined && (node.test === undefined || passes(value, node.test));
  };
  return holds(query);
};
