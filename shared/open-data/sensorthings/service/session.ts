import type { Catalogue } from '../city/catalogue.ts';
import type { Entity, Overlay } from '../city/entity.ts';
import { accessOf } from '../city/entity.ts';
import type { NumberedType } from '../city/entity-ids.ts';
import { type EntityTypeName, entityTypes } from '../model/entity-model.ts';
import type { Expression, QueryOptions } from '../query/ast.ts';
import { type Budget, type FilterContext, openBudget, relationsUsed } from '../query/filter.ts';
import { QueryError } from '../query/query-error.ts';
import { pathsOf } from '../query/walk.ts';
import { type SensorThingsSource, seriesName } from '../source.ts';
import { MAX_ENTITIES } from './bounds.ts';

/** One request being answered. */
export type Session = {
  readonly source: SensorThingsSource;
  readonly catalogue: Catalogue;
  /** UTC epoch milliseconds, the same for the whole answer. */
  readonly now: number;
  /** Address of the service's root, without a slash at its end. */
  readonly root: string;
  readonly filters: FilterContext<Entity>;
  readonly overlay: Overlay;
  readonly budget: Budget;
  /** @throws QueryError when the answer would hold more entities than one may. */
  readonly admit: (entities: number) => void;
  /** How many more entities the answer may hold. */
  readonly room: () => number;
};

export const openSession = (
  source: SensorThingsSource,
  catalogue: Catalogue,
  { now, root }: { readonly now: number; readonly root: string },
): Session => {
  const overlay: Overlay = new Map();
  const budget = openBudget();
  let admitted = 0;
  return {
    source,
    catalogue,
    now,
    root,
    overlay,
    budget,
    filters: { access: accessOf(overlay), now, budget },
    room: () => Math.max(MAX_ENTITIES - admitted, 0),
    admit: (entities) => {
      admitted += entities;
      if (admitted <= MAX_ENTITIES) return;
      const reason = `the answer would hold more than ${MAX_ENTITIES} entities`;
      throw new QueryError('too-costly', '$expand', 0, reason, 'a smaller $top, outside or inside $expand');
    },
  };
};

/** Works out from when to when datastreams have observations; what is known already is not asked again. */
export const loadExtents = async (session: Session, datastreams: readonly Entity[]): Promise<void> => {
  const { source, catalogue, overlay } = session;
  const unknown = datastreams.filter((each) => !overlay.has(each));
  if (unknown.length === 0) return;
  const extents = await source.extents(unknown.map(catalogue.seriesOf));
  for (const each of unknown) {
    const extent = extents.get(seriesName(catalogue.seriesOf(each)));
    const time = (at: number): string => new Date(at).toISOString();
    overlay.set(each, extent === undefined ? {} : { phenomenonTime: `${time(extent.first)}/${time(extent.last)}` });
  }
};

const expressionsOf = ({ filter, orderBy }: QueryOptions): readonly Expression[] => [
  ...(filter === undefined ? [] : [filter]),
  ...orderBy.map(({ expression }) => expression),
];

const asksForExtent = (expression: Expression, type: EntityTypeName): boolean =>
  pathsOf(expression).some(
    ({ segments }) => segments.at(-1) === 'phenomenonTime' && !(type === 'Observation' && segments.length === 1),
  );

/**
 * Loads what a filter or an order will read beyond the catalogue.
 * @throws QueryError for a condition on the observations of something else: it would read all of them.
 */
export const prepareExpressions = async (
  session: Session,
  type: EntityTypeName,
  options: QueryOptions,
): Promise<void> => {
  const expressions = expressionsOf(options);
  const throughObservations = relationsUsed(expressions, type).some((path) => path.at(-1)?.target === 'Observation');
  if (throughObservations) {
    const reason = `a condition on the Observations of ${entityTypes[type].setName} would read every one of them`;
    throw new QueryError('unsupported', '$filter', 0, reason, 'Observations?$filter=… with Datastream/… in it');
  }
  if (expressions.some((expression) => asksForExtent(expression, type))) {
    await loadExtents(session, session.catalogue.all('Datastream'));
  }
};

/** An entity that is no observation, by the text of its id. */
export const findNumbered = (session: Session, type: NumberedType, text: string): Entity | undefined =>
  /^\d{1,10}$/.test(text) ? session.catalogue.find(type, Number(text)) : undefined;
