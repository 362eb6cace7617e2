import { entityTypes } from '../../../../../shared/open-data/sensorthings/model/entity-model.ts';
import type { Expression } from '../../../../../shared/open-data/sensorthings/query/ast.ts';
import type { Nested } from './arbitraries.ts';

/**
 * A second evaluator, written for being obviously right instead of fast: every choice of every relation of many is tried, and
 * each operator does what its sentence in OData 4 says. It shares nothing with the first but the tree and the model's table.
 */
type Span = { readonly s: number; readonly e: number };
type Some = number | string | boolean | Span | { readonly ms: number } | { readonly other: true };
type V = Some | undefined;
type Choice = ReadonlyMap<string, Nested | undefined>;

const isSpan = (v: V): v is Span => typeof v === 'object' && 's' in v;
const isDuration = (v: V): v is { readonly ms: number } => typeof v === 'object' && 'ms' in v;
const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null;

const isoSpan = (text: string): Span | undefined => {
  const [s = Number.NaN, e = s] = text.split('/').map((part) => (/^\d{4}-/.test(part) ? Date.parse(part) : Number.NaN));
  return Number.isNaN(s) || Number.isNaN(e) ? undefined : { s, e };
};

const isMany = (name: string): boolean => Object.values(entityTypes).some((type) => type.setName === name);
const timeNames = new Set(['phenomenonTime', 'resultTime', 'validTime', 'time']);

/** Prefixes of paths that end at many: `Datastreams`, `Datastreams/Observations`. */
const choicesIn = (expression: Expression): readonly string[] => {
  if (expression.kind === 'path') {
    return expression.segments.flatMap((name, i) =>
      isMany(name) ? [expression.segments.slice(0, i + 1).join('/')] : [],
    );
  }
  const parts = Object.values(expression).flatMap((part: unknown) => (Array.isArray(part) ? part : [part]));
  return parts.filter((part): part is Expression => isNested(part) && 'kind' in part).flatMap(choicesIn);
};

const related = (root: Nested, prefix: readonly string[], choice: Choice): unknown => {
  let value: unknown = root;
  for (const [index, name] of prefix.entries()) {
    const chosen = prefix.slice(0, index + 1).join('/');
    value = choice.has(chosen) ? choice.get(chosen) : isNested(value) ? value[name] : undefined;
  }
  return value;
};

const allChoices = (root: Nested, prefixes: readonly string[]): readonly Choice[] => {
  let choices: readonly Choice[] = [new Map()];
  for (const prefix of prefixes) {
    choices = choices.flatMap((choice) => {
      const found = related(root, prefix.split('/'), choice);
      const options: readonly (Nested | undefined)[] = Array.isArray(found) && found.length > 0 ? found : [undefined];
      return options.map((option) => new Map([...choice, [prefix, option]]));
    });
  }
  return choices;
};

const plain = (value: unknown, name: string): V => {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return timeNames.has(name) ? isoSpan(value) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? value : { other: true };
};

const compareSpans = (operator: string, a: Span, b: Span): boolean => {
  const same = a.s === b.s && a.e === b.e;
  if (operator === 'eq' || operator === 'ne') return same === (operator === 'eq');
  if (operator === 'gt') return a.s >= b.e && a.s > b.s;
  if (operator === 'lt') return b.s >= a.e && b.s > a.s;
  return operator === 'ge' ? a.s >= b.s && a.e >= b.e : b.s >= a.s && b.e >= a.e;
};

const compare = (operator: string, left: V, right: V): boolean => {
  const [a, b] =
    isSpan(left) || isSpan(right) ? [left, right].map((v) => (typeof v === 'string' ? isoSpan(v) : v)) : [left, right];
  if (left === undefined || right === undefined) {
    return operator === 'eq' ? left === right : operator === 'ne' ? left !== right : false;
  }
  if (isSpan(a) && isSpan(b)) return compareSpans(operator, a, b);
  const comparable = typeof a === typeof b && typeof a !== 'object' && a !== undefined && b !== undefined;
  if (!comparable) return operator === 'ne';
  const table: Record<string, boolean> = { eq: a === b, ne: a !== b, gt: a > b, ge: a >= b, lt: a < b, le: a <= b };
  return table[operator] ?? false;
};

const finite = (value: number): V => (Number.isFinite(value) ? value : undefined);

const arithmetic = (operator: string, a: V, b: V): V => {
  if (typeof a === 'number' && typeof b === 'number') {
    const table: Record<string, number> = { add: a + b, sub: a - b, mul: a * b, div: a / b, mod: a % b };
    return finite(table[operator] ?? Number.NaN);
  }
  return operator === 'add' && isSpan(a) && isDuration(b) ? { s: a.s + b.ms, e: a.e + b.ms } : undefined;
};

const escaped = (text: string): RegExp => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));

const ofTwoTexts: Readonly<Record<string, (a: string, b: string) => V>> = {
  startswith: (a, b) => a.slice(0, b.length) === b,
  substringof: (a, b) => a === '' || b.split(a).length > 1,
  concat: (a, b) => `${a}${b}`,
  indexof: (a, b) => a.search(escaped(b)),
};
const ofOneText: Readonly<Record<string, (a: string, b: V) => V>> = {
  length: (a) => a.split('').length,
  tolower: (a) => a.toLocaleLowerCase('en'),
  substring: (a, b) => (typeof b === 'number' ? a.substring(b) : undefined),
};
const ofNumber: Readonly<Record<string, (a: number) => V>> = {
  floor: (a) => -Math.ceil(-a) + 0,
  round: (a) => Number(Math.abs(a).toFixed(0)) * (a < 0 ? -1 : 1),
};
const ofTime: Readonly<Record<string, (a: Span) => V>> = {
  hour: (a) => Number(new Date(a.s).toISOString().slice(11, 13)),
  day: (a) => Number(new Date(a.s).toISOString().slice(8, 10)),
};
const ofTwoTimes: Readonly<Record<string, (a: Span, b: Span) => V>> = {
  before: (a, b) => a.e <= b.s && a.s < b.s,
  // Inside, and not only in the instant after the last that belongs to it.
  during: (a, b) => a.s >= b.s && a.e <= b.e && a.s < b.e,
};

const call = (name: string, [a, b]: readonly V[], now: number): V => {
  if (name === 'now') return { s: now, e: now };
  const [time, other] = [a, b].map((v) => (typeof v === 'string' ? isoSpan(v) : v));
  if (isSpan(time) && isSpan(other) && name in ofTwoTimes) return ofTwoTimes[name]?.(time, other);
  if (isSpan(time) && name in ofTime) return ofTime[name]?.(time);
  if (typeof a === 'number') return ofNumber[name]?.(a);
  if (typeof a !== 'string') return undefined;
  return typeof b === 'string' && name in ofTwoTexts ? ofTwoTexts[name]?.(a, b) : ofOneText[name]?.(a, b);
};

const literalValue = (literal: Extract<Expression, { kind: 'literal' }>['literal']): V => {
  if (literal.type === 'null' || literal.type === 'geometry') return undefined;
  if (literal.type === 'interval') return { s: literal.start, e: literal.end };
  if (literal.type === 'instant' || literal.type === 'date') return { s: literal.value, e: literal.value };
  return literal.type === 'duration' || literal.type === 'timeOfDay' ? { ms: literal.value } : literal.value;
};

const together = (operator: string, parts: readonly V[]): V => {
  const [dominant, recessive] = operator === 'and' ? [false, true] : [true, false];
  if (parts.includes(dominant)) return dominant;
  return parts.every((part) => part === recessive) ? recessive : undefined;
};

const anyValued = new Set(['result', 'resultQuality', 'metadata']);

/** A result beside a text is its text. */
const beside = (v: V, self: Expression, other: Expression): V => {
  const isText = other.kind === 'literal' && other.literal.type === 'string';
  const isPlain = typeof v === 'number' || typeof v === 'boolean';
  return isText && isPlain && self.kind === 'path' && anyValued.has(self.segments.at(-1) ?? '') ? `${v}` : v;
};

/** A time that is not there is not another one, unless null is what it is compared with. */
const isOfTime = ({ left, right }: Extract<Expression, { kind: 'comparison' }>): boolean => {
  const both = [left, right];
  const isPath = (part: Expression) => part.kind === 'path' && timeNames.has(part.segments.at(-1) ?? '');
  return both.some(isPath) && !both.some((part) => part.kind === 'literal' && part.literal.type === 'null');
};

const value = (expression: Expression, root: Nested, choice: Choice, now: number): V => {
  const of = (part: Expression): V => value(part, root, choice, now);
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression.literal);
    case 'path':
      return plain(related(root, expression.segments, choice), expression.segments.at(-1) ?? '');
    case 'comparison': {
      const [left, right] = [
        beside(of(expression.left), expression.left, expression.right),
        beside(of(expression.right), expression.right, expression.left),
      ];
      const unknown = expression.operator === 'ne' && (left === undefined || right === undefined);
      return unknown && isOfTime(expression) ? false : compare(expression.operator, left, right);
    }
    case 'arithmetic':
      return arithmetic(expression.operator, of(expression.left), of(expression.right));
    case 'negate': {
      const inner = of(expression.operand);
      return typeof inner === 'number' ? -inner + 0 : undefined;
    }
    case 'not': {
      const inner = of(expression.operand);
      return typeof inner === 'boolean' ? !inner : undefined;
    }
    case 'logical':
      return together(expression.operator, expression.operands.map(of));
    case 'call':
      return call(expression.name, expression.arguments.map(of), now);
  }
};

export const referenceHolds = (filter: Expression, entity: Nested, now: number): boolean => {
  const prefixes = [...new Set(choicesIn(filter))].sort((a, b) => a.split('/').length - b.split('/').length);
  return allChoices(entity, prefixes).some((choice) => value(filter, entity, choice, now) === true);
};
