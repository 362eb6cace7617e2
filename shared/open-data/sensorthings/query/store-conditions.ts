import type { EntityTypeName } from '../model/entity-model.ts';
import type {
  CallExpression,
  ComparisonExpression,
  ComparisonOperator,
  Expression,
  Literal,
  LogicalExpression,
} from './ast.ts';
import { type ResolvedPath, resolvePath } from './resolve-path.ts';
import { DAY } from './times.ts';
import { canonicalId } from './values.ts';

export type Bound = { readonly value: number; readonly inclusive: boolean };
/** Without a bound it is open to that side. `from` above `to`: nothing fits. */
export type Range = { readonly from?: Bound; readonly to?: Bound };

/** What a time's start and end must lie in, UTC epoch milliseconds. An instant is its own start and end. */
export type TimeRange = { readonly start: Range; readonly end: Range };

/**
 * What a store can look up, by path as the model names it (`phenomenonTime`, `Datastream/id`). All of it must hold, and a value
 * that is absent, or no number where numbers are asked for, fits nothing.
 */
export type StoreConditions = {
  readonly times: ReadonlyMap<string, TimeRange>;
  readonly numbers: ReadonlyMap<string, Range>;
  /** One of these; an empty list fits nothing. Whole numbers without leading zeros, other ids as written. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
};

export type SplitFilter = StoreConditions & {
  /** What is left to be asked of each entity found; absent when the store's answer is the answer. */
  readonly rest?: Expression;
};

const higher = (a: Bound | undefined, b: Bound | undefined): Bound | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a.value > b.value || (a.value === b.value && !a.inclusive) ? a : b;
};

const lower = (a: Bound | undefined, b: Bound | undefined): Bound | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a.value < b.value || (a.value === b.value && !a.inclusive) ? a : b;
};

/** What both ranges hold. */
export const narrowed = (a: Range, b: Range): Range => {
  const [from, to] = [higher(a.from, b.from), lower(a.to, b.to)];
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
};

export const isInRange = (value: number, { from, to }: Range): boolean =>
  (from === undefined || value > from.value || (from.inclusive && value === from.value)) &&
  (to === undefined || value < to.value || (to.inclusive && value === to.value));

const above = (value: number, inclusive: boolean): Range => ({ from: { value, inclusive } });
const below = (value: number, inclusive: boolean): Range => ({ to: { value, inclusive } });
const exactly = (value: number): Range => narrowed(above(value, true), below(value, true));

const numberRange = (operator: ComparisonOperator, value: number): Range | undefined => {
  switch (operator) {
    case 'eq':
      return exactly(value);
    case 'gt':
    case 'ge':
      return above(value, operator === 'ge');
    case 'lt':
    case 'le':
      return below(value, operator === 'le');
    case 'ne':
      return undefined;
  }
};

/** The comparison of spans (`timeHolds`) as ranges of start and end. */
const timeRange = (operator: ComparisonOperator, start: number, end: number): TimeRange | undefined => {
  switch (operator) {
    case 'eq':
      return { start: exactly(start), end: exactly(end) };
    case 'gt':
      return { start: narrowed(above(end, true), above(start, false)), end: {} };
    case 'ge':
      return { start: above(start, true), end: above(end, true) };
    case 'lt':
      return { start: below(start, false), end: below(start, true) };
    case 'le':
      return { start: below(start, true), end: below(end, true) };
    case 'ne':
      return undefined;
  }
};

const mirrored: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

const spanOf = (literal: Literal): readonly [start: number, end: number] | undefined => {
  if (literal.type === 'interval') return [literal.start, literal.end];
  return literal.type === 'instant' || literal.type === 'date' ? [literal.value, literal.value] : undefined;
};

const idOf = (literal: Literal): string | undefined => {
  if (literal.type === 'number') return canonicalId(literal.text);
  return literal.type === 'string' ? canonicalId(literal.value) : undefined;
};

type Found =
  | { readonly kind: 'time'; readonly path: string; readonly range: TimeRange }
  | { readonly kind: 'number'; readonly path: string; readonly range: Range }
  | { readonly kind: 'ids'; readonly path: string; readonly ids: readonly string[] };

const found = (
  path: string,
  resolved: ResolvedPath,
  operator: ComparisonOperator,
  literal: Literal,
): Found | undefined => {
  const { type } = resolved.property;
  const span = spanOf(literal);
  if ((type === 'time' || type === 'instant' || type === 'interval') && span !== undefined) {
    const range = timeRange(operator, span[0], span[1]);
    return range && { kind: 'time', path, range };
  }
  if (type === 'any' && literal.type === 'number') {
    const range = numberRange(operator, literal.value);
    return range && { kind: 'number', path, range };
  }
  const id = type === 'id' && operator === 'eq' ? idOf(literal) : undefined;
  return id === undefined ? undefined : { kind: 'ids', path, ids: [id] };
};

const calledOperators: Readonly<Record<string, ComparisonOperator>> = { before: 'lt', after: 'gt' };

/** A path that the store knows, by its model name. */
type Field = { readonly name: string; readonly resolved: ResolvedPath };
type FieldOf = (path: Expression | undefined) => Field | undefined;

const openFields =
  (type: EntityTypeName, paths: ReadonlySet<string>): FieldOf =>
  (path) => {
    if (path?.kind !== 'path') return undefined;
    const resolved = resolvePath(path, type);
    const name = [...resolved.relations.map((relation) => relation.name), resolved.property.name].join('/');
    const isPlain = resolved.subPath.length === 0 && resolved.relations.every((relation) => !relation.many);
    return isPlain && paths.has(name) ? { name, resolved } : undefined;
  };

const compared = (
  left: Expression,
  operator: ComparisonOperator,
  right: Expression,
  of: FieldOf,
): Found | undefined => {
  if (left.kind === 'literal' && right.kind === 'path') return compared(right, mirrored[operator], left, of);
  const field = right.kind === 'literal' ? of(left) : undefined;
  return field && right.kind === 'literal' ? found(field.name, field.resolved, operator, right.literal) : undefined;
};

const called = (condition: CallExpression, of: FieldOf): Found | undefined => {
  const [first, second] = condition.arguments;
  const operator = calledOperators[condition.name];
  if (first === undefined || second === undefined) return undefined;
  if (operator !== undefined) return compared(first, operator, second, of);
  const field = condition.name === 'during' ? of(first) : undefined;
  const span = second.kind === 'literal' ? spanOf(second.literal) : undefined;
  if (field === undefined || span === undefined) return undefined;
  const start = narrowed(above(span[0], true), below(span[1], false));
  return { kind: 'time', path: field.name, range: { start, end: below(span[1], true) } };
};

/** `date(phenomenonTime) eq 2026-03-01`: the day in which it starts, in UTC. */
const onDay = ({ operator, left, right }: ComparisonExpression, of: FieldOf): Found | undefined => {
  const field = operator === 'eq' && left.kind === 'call' && left.name === 'date' ? of(left.arguments[0]) : undefined;
  if (field === undefined || right.kind !== 'literal' || right.literal.type !== 'date') return undefined;
  const day = right.literal.value;
  const start = narrowed(above(day, true), below(day + DAY, false));
  return { kind: 'time', path: field.name, range: { start, end: {} } };
};

const alternatives = (condition: LogicalExpression, of: FieldOf): Found | undefined => {
  const all = condition.operator === 'or' ? condition.operands.map((operand) => find(operand, of)) : [];
  const [first] = all;
  if (first?.kind !== 'ids') return undefined;
  const ids = all.flatMap((one) => (one?.kind === 'ids' && one.path === first.path ? [one.ids] : []));
  return ids.length === all.length ? { kind: 'ids', path: first.path, ids: [...new Set(ids.flat())] } : undefined;
};

/** What a store can look up of one condition. */
const find = (condition: Expression, of: FieldOf): Found | undefined => {
  switch (condition.kind) {
    case 'comparison':
      return compared(condition.left, condition.operator, condition.right, of) ?? onDay(condition, of);
    case 'call':
      return called(condition, of);
    case 'logical':
      return alternatives(condition, of);
    default:
      return undefined;
  }
};

const conjuncts = (filter: Expression): readonly Expression[] =>
  filter.kind === 'logical' && filter.operator === 'and' ? filter.operands.flatMap(conjuncts) : [filter];

const conjunction = (conditions: readonly Expression[], filter: Expression): Expression | undefined => {
  const [first] = conditions;
  return conditions.length > 1 ? { kind: 'logical', operator: 'and', operands: conditions, span: filter.span } : first;
};

/**
 * Takes out of a checked filter what a store can look up by `paths` (`['phenomenonTime', 'result', 'Datastream/id']`). An entity
 * passes the filter exactly when it fits all conditions and passes the rest.
 */
export const splitFilter = (filter: Expression, type: EntityTypeName, paths: readonly string[]): SplitFilter => {
  const fields = openFields(type, new Set(paths));
  const times = new Map<string, TimeRange>();
  const numbers = new Map<string, Range>();
  const ids = new Map<string, readonly string[]>();
  const remaining: Expression[] = [];
  for (const condition of conjuncts(filter)) {
    const one = find(condition, fields);
    if (one === undefined) {
      remaining.push(condition);
    } else if (one.kind === 'time') {
      const { start, end } = times.get(one.path) ?? { start: {}, end: {} };
      times.set(one.path, { start: narrowed(start, one.range.start), end: narrowed(end, one.range.end) });
    } else if (one.kind === 'number') {
      numbers.set(one.path, narrowed(numbers.get(one.path) ?? {}, one.range));
    } else {
      const before = ids.get(one.path);
      ids.set(one.path, before === undefined ? one.ids : before.filter((id) => one.ids.includes(id)));
    }
  }
  const rest = conjunction(remaining, filter);
  return { times, numbers, ids, ...(rest === undefined ? {} : { rest }) };
};
