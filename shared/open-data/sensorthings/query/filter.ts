import type { EntityTypeName } from '../model/entity-model.ts';
import type { Expression, OrderItem } from './ast.ts';
import { compareForOrder } from './compare.ts';
import { type EvaluatorContext, evaluator } from './evaluate.ts';
import { MAX_EVALUATION_STEPS } from './limits.ts';
import { orderKey } from './order-key.ts';
import { QueryError } from './query-error.ts';
import { resolvePath } from './resolve-path.ts';
import { openRowLayout, type RelationAccess, type Row, type RowLayout, type Slot } from './rows.ts';
import { compareIds, type Value } from './values.ts';
import { pathsOf } from './walk.ts';

/** How a filter reads entities, whatever they are kept as. */
export type EntityAccess<Entity> = RelationAccess<Entity> & {
  /** By model name (`id`, `phenomenonTime`); values as `propertyValue` takes them. */
  readonly property: (entity: Entity, name: string) => unknown;
};

/** Work that one request may still cause; share one among all filters and orders of a request. */
export type Budget = { readonly spend: (steps: number) => void };

/** @throws QueryError with code `too-costly`, from `spend`, when more than `steps` are taken. */
export const openBudget = (steps = MAX_EVALUATION_STEPS): Budget => {
  let left = steps;
  return {
    spend: (taken) => {
      left -= taken;
      if (left < 0) {
        throw new QueryError('too-costly', '$filter', 0, 'looks at too much at once', 'a narrower filter');
      }
    },
  };
};

export type FilterContext<Entity> = {
  readonly access: EntityAccess<Entity>;
  /** UTC epoch milliseconds for `now()`. */
  readonly now: number;
  /** One of its own with the usual size when absent. */
  readonly budget?: Budget;
};

/** What must be true for some row: alternatives and independent parts are settled on their own, so choices do not multiply. */
type Plan<Entity> =
  | { readonly kind: 'any'; readonly plans: readonly Plan<Entity>[] }
  | { readonly kind: 'all'; readonly plans: readonly Plan<Entity>[] }
  | {
      readonly kind: 'leaf';
      readonly condition: (row: Row<Entity>) => Value;
      readonly slots: readonly Slot<Entity>[];
    };

type Open<Entity> = EvaluatorContext<Entity> & { readonly layout: RowLayout<Entity> };

const slotsOf = <Entity>(expression: Expression, { layout, type }: Open<Entity>): ReadonlySet<number> =>
  new Set(pathsOf(expression).flatMap((path) => layout.slotsOf(resolvePath(path, type).relations)));

/** Conditions that speak of a common choice belong together. */
const grouped = <Entity>(conditions: readonly Expression[], open: Open<Entity>): readonly (readonly Expression[])[] => {
  let groups: { readonly slots: ReadonlySet<number>; readonly members: readonly Expression[] }[] = [];
  for (const condition of conditions) {
    const slots = slotsOf(condition, open);
    const touching = groups.filter((group) => !group.slots.isDisjointFrom(slots));
    const members = [...touching.flatMap((group) => group.members), condition];
    const joined = touching.reduce((all, group) => all.union(group.slots), slots);
    groups = [...groups.filter((group) => !touching.includes(group)), { slots: joined, members }];
  }
  return groups.map(({ members }) => members);
};

const leaf = <Entity>(expression: Expression, open: Open<Entity>): Plan<Entity> => {
  const condition = evaluator(expression, open);
  const needed = slotsOf(expression, open);
  return { kind: 'leaf', condition, slots: open.layout.slots.filter(({ index }) => needed.has(index)) };
};

const planFor = <Entity>(expression: Expression, open: Open<Entity>): Plan<Entity> => {
  if (expression.kind !== 'logical') return leaf(expression, open);
  if (expression.operator === 'or') {
    return { kind: 'any', plans: expression.operands.map((operand) => planFor(operand, open)) };
  }
  const plans = grouped(expression.operands, open).map((members) => {
    const [only] = members;
    return only !== undefined && members.length === 1
      ? planFor(only, open)
      : leaf({ ...expression, operands: members }, open);
  });
  return { kind: 'all', plans };
};

const holdsFor = <Entity>(plan: Plan<Entity>, row: Row<Entity>, access: EntityAccess<Entity>): boolean => {
  if (plan.kind === 'any') return plan.plans.some((part) => holdsFor(part, row, access));
  if (plan.kind === 'all') return plan.plans.every((part) => holdsFor(part, row, access));
  const { slots, condition } = plan;
  const choose = (position: number): boolean => {
    const slot = slots[position];
    if (slot === undefined) return condition(row) === true;
    const owner = slot.from(row);
    const choices = owner === undefined ? [] : access.many(owner, slot.relation);
    row[slot.index] = undefined;
    if (choices.length === 0) return choose(position + 1);
    return choices.some((choice) => {
      row[slot.index] = choice;
      return choose(position + 1);
    });
  };
  return choose(0);
};

const opened = <Entity>(type: EntityTypeName, { access, now, budget }: FilterContext<Entity>): Open<Entity> => ({
  type,
  now,
  spend: (budget ?? openBudget()).spend,
  property: access.property,
  layout: openRowLayout(access),
});

/**
 * A checked `$filter` as a question to one entity. Names that lead through relations of many hold when some choice of them makes
 * the whole filter true, the same choice wherever the same path stands (a join, as in FROST-Server); a relation without any
 * is one choice without values. Comparisons with null: `holds`.
 * @throws QueryError for an expression that does not fit the type, and from the answer when the budget is spent.
 */
export const compileFilter = <Entity>(
  filter: Expression,
  type: EntityTypeName,
  context: FilterContext<Entity>,
): ((entity: Entity) => boolean) => {
  const plan = planFor(filter, opened(type, context));
  return (entity) => holdsFor(plan, [entity], context.access);
};

/**
 * `$orderby` as an order of entities, null before everything when ascending; where it leaves two equal, their ids decide,
 * ascending, so that an order is always one order. Remembers the entities it met: for one request, not for longer.
 */
export const compileOrder = <Entity>(
  items: readonly OrderItem[],
  type: EntityTypeName,
  context: FilterContext<Entity>,
): ((a: Entity, b: Entity) => number) => {
  const open = opened(type, context);
  const keys = items.map((item) => ({ of: orderKey(item, open, context.access), descending: item.descending }));
  const idOf = (entity: Entity): string => {
    const id = context.access.property(entity, 'id');
    return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
  };
  // Sorting compares each entity many times; what it is compared by is read once.
  const known = new Map<Entity, readonly Value[]>();
  const valuesOf = (entity: Entity): readonly Value[] => {
    const values = known.get(entity) ?? keys.map(({ of }) => of(entity));
    known.set(entity, values);
    return values;
  };
  return (a, b) => {
    const [left, right] = [valuesOf(a), valuesOf(b)];
    for (const [index, { descending }] of keys.entries()) {
      const order = compareForOrder(left[index] ?? null, right[index] ?? null);
      if (order !== 0) return descending ? -order : order;
    }
    return compareIds(idOf(a), idOf(b));
  };
};
