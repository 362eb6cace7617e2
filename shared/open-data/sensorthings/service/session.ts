import type { Catalogue } from '../city/catalogue.ts';
import type { Entity, Overlay } from '../city/entity.ts';
import { accessOf } from '../city/entity.ts';
import type { NumberedType } from '../city/entity-ids.ts';
import { instantText } from '../city/instant-text.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { Expression, QueryOptions } from '../query/ast.ts';
import { type Budget, type FilterContext, openBudget } from '../query/filter.ts';
import { QueryError } from '../query/query-error.ts';
import { resolvePath } from '../query/resolve-path.ts';
import { pathsOf } from '../query/walk.ts';
import { type SensorThingsSource, seriesName } from '../source.ts';
import { MAX_ENTITIES, MAX_READING_MS, USUAL_CHARACTERS } from './bounds.ts';

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
  /** Whether reading for this answer has taken as long as it may. */
  readonly isLate: () => boolean;
  /** @throws QueryError when the answer would hold more entities than one may. */
  readonly admit: (entities: number) => void;
  /** How many more entities the answer has room for, each as often as it stands there. */
  readonly room: () => number;
  /** Takes room for entities that stand in the answer. */
  readonly occupy: (entities: number) => void;
};

/** When the store needs longer for an answer than an answer may take. */
export const tooSlow = (option: string): QueryError =>
  new QueryError('too-costly', option, 0, 'reading all that it needs takes too long', 'a narrower phenomenonTime');

export const openSession = (
  source: SensorThingsSource,
  catalogue: Catalogue,
  { now, root, mostCharacters }: { readonly now: number; readonly root: string; readonly mostCharacters: number },
): Session => {
  const overlay: Overlay = new Map();
  const budget = openBudget();
  const startedAt = performance.now();
  let admitted = 0;
  let room = Math.min(MAX_ENTITIES, Math.floor(mostCharacters / USUAL_CHARACTERS));
  return {
    source,
    catalogue,
    now,
    root,
    overlay,
    budget,
    filters: { access: accessOf(overlay), now, budget },
    isLate: () => performance.now() - startedAt > MAX_READING_MS,
    room: () => room,
    occupy: (entities) => {
      room = Math.max(room - entities, 0);
    },
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
    overlay.set(
      each,
      extent === undefined ? {} : { phenomenonTime: `${instantText(extent.first)}/${instantText(extent.last)}` },
    );
  }
};

const expressionsOf = ({ filter, orderBy }: QueryOptions): readonly Expression[] => [
  ...(filter === undefined ? [] : [filter]),
  ...orderBy.map(({ expression }) => expression),
];

const asksForExtent = (expression: Expression, type: EntityTypeName): boolean =>
  pathsOf(expression).some((path) => {
    const { relations, property } = resolvePath(path, type);
    return property.name === 'phenomenonTime' && (relations.at(-1)?.target ?? type) === 'Datastream';
  });

/** Loads what a filter or an order will read beyond the catalogue, but for observations. */
export const prepareExpressions = async (
  session: Session,
  type: EntityTypeName,
  options: QueryOptions,
): Promise<void> => {
  if (expressionsOf(options).some((expression) => asksForExtent(expression, type))) {
    await loadExtents(session, session.catalogue.all('Datastream'));
  }
};

/** An entity that is no observation, by the text of its id. */
export const findNumbered = (session: Session, type: NumberedType, text: string): Entity | undefined =>
  /^\d{1,10}$/.test(text) ? session.catalogue.find(type, Number(text)) : undefined;
