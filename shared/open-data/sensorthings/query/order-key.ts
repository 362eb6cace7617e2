import type { Expression, OrderItem } from './ast.ts';
import { compareForOrder } from './compare.ts';
import { type Evaluator, type EvaluatorContext, evaluator } from './evaluate.ts';
import { resolvePath } from './resolve-path.ts';
import type { RelationAccess, Row } from './rows.ts';
import { inside, type Value } from './values.ts';
import { pathsOf } from './walk.ts';

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** JSON with the members of every object by name: one text for one value. */
const textOf = (value: object): string => JSON.stringify(value, sorted);

/**
 * OData gives geometries and objects no order, but OGC's test suite asks for one by `location` and `feature`: they are ordered by
 * their JSON.
 */
const keyOfRow = <Entity>(expression: Expression, context: EvaluatorContext<Entity>): Evaluator<Entity> => {
  const value = evaluator(expression, context);
  if (expression.kind !== 'path') return value;
  const { relations, property, subPath } = resolvePath(expression, context.type);
  if (property.type !== 'geometry' && property.type !== 'json' && property.type !== 'any') return value;
  const entityOf = context.layout.reader(relations);
  return (row) => {
    const entity = entityOf(row);
    const found = entity && inside(context.property(entity, property.name), subPath);
    return typeof found === 'object' && found !== null ? textOf(found) : value(row);
  };
};

/**
 * What entities are ordered by. Of related ones that are many, the least decides where the order ascends and the greatest where it
 * descends.
 */
export const orderKey = <Entity>(
  { expression, descending }: OrderItem,
  context: EvaluatorContext<Entity>,
  { many }: Pick<RelationAccess<Entity>, 'many'>,
): ((entity: Entity) => Value) => {
  const keyOf = keyOfRow(expression, context);
  const needed = new Set(
    pathsOf(expression).flatMap((path) => context.layout.slotsOf(resolvePath(path, context.type).relations)),
  );
  const slots = context.layout.slots.filter(({ index }) => needed.has(index));
  const decides = (a: Value, b: Value): Value => (compareForOrder(a, b) > 0 === descending ? a : b);
  const from = (row: Row<Entity>, position: number): Value => {
    const slot = slots[position];
    if (slot === undefined) return keyOf(row);
    const owner = slot.from(row);
    const choices = owner === undefined ? [] : many(owner, slot.relation);
    const keyWith = (choice: Entity | undefined): Value => {
      row[slot.index] = choice;
      return from(row, position + 1);
    };
    const [first, ...rest] = choices;
    return rest.reduce<Value>((key, choice) => decides(key, keyWith(choice)), keyWith(first));
  };
  return (entity) => from([entity], 0);
};
