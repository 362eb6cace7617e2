import type { Expression } from './ast.ts';
import { type Evaluator, type EvaluatorContext, evaluator } from './evaluate.ts';
import { resolvePath } from './resolve-path.ts';
import { inside } from './values.ts';

const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** JSON with the members of every object by name: one text for one value. */
const textOf = (value: object): string => JSON.stringify(value, sorted);

/**
 * What entities are ordered by. OData gives geometries and objects no order, but OGC's test suite asks for one by `location` and
 * `feature`: they are ordered by their JSON.
 */
export const orderKey = <Entity>(expression: Expression, context: EvaluatorContext<Entity>): Evaluator<Entity> => {
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
