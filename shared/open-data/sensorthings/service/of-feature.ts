import type { Entity } from '../city/entity.ts';
import type { Expression, QueryOptions } from '../query/ast.ts';
import { isWritten } from '../writing/written-observations.ts';

const span = { start: 0, end: 0 } as const;

const isOf = (feature: Entity): Expression => ({
  kind: 'comparison',
  operator: 'eq',
  left: { kind: 'path', segments: ['FeatureOfInterest', 'id'], span },
  right: { kind: 'literal', literal: { type: 'number', value: Number(feature.id), text: String(feature.id) }, span },
  span,
});

/** What a datastream of the city observes is one feature; of a written one, each observation says what it is of. */
export const ofFeature = (datastreams: readonly Entity[], options: QueryOptions, feature?: Entity): QueryOptions => {
  if (feature?.type !== 'FeatureOfInterest' || !datastreams.some(isWritten)) return options;
  const { filter } = options;
  const narrowed: Expression =
    filter === undefined
      ? isOf(feature)
      : { kind: 'logical', operator: 'and', operands: [filter, isOf(feature)], span };
  return { ...options, filter: narrowed };
};
