import type { Reading } from '../../../telemetry/reading.ts';
import { type Entity, relatedTo } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { ExpandItem, QueryOptions } from '../query/ast.ts';
import { printOptions } from '../query/print.ts';
import { QueryError } from '../query/query-error.ts';
import { entityJson, isSelected, type Json, selfLink } from '../serialize/entity-json.ts';
import { seriesName } from '../source.ts';
import { DEFAULT_TOP, MAX_EXPANDED_SERIES, pageSizeOf } from './bounds.ts';
import { writePageCursor } from './cursor.ts';
import { type Page, pageOfEntities } from './entity-page.ts';
import { pageOfObservations } from './observation-page.ts';
import { observationQuery } from './observation-query.ts';
import { loadExtents, prepareExpressions, type Session } from './session.ts';

/** Datastreams whose observations are read at once. */
const AT_ONCE = 8;

/** The link behind a page: the same request from there on. */
export const withCursor = (options: QueryOptions, next: string): string => {
  const { skip: _, ...rest } = options;
  return printOptions({ ...rest, skipToken: next });
};

const datastreamsBehind = (session: Session, parent: Entity): readonly Entity[] =>
  parent.type === 'Datastream' ? [parent] : session.catalogue.datastreamsOfFeature(parent);

/**
 * The newest (or oldest) observation of each of many datastreams in one call: what a map of a whole city asks for. `undefined`
 * when something else is asked for.
 */
const onlyEdges = async (
  session: Session,
  parents: readonly Entity[],
  options: QueryOptions,
): Promise<ReadonlyMap<Entity, Page> | undefined> => {
  const { top, skip, count, skipToken } = options;
  const query = observationQuery(session, parents, options);
  const isEdge = query.order === 'ascending' || query.order === 'descending';
  const isPlain = !skip && count !== true && skipToken === undefined && query.rest === undefined;
  if (top !== 1 || !isEdge || !isPlain || parents.some(({ type }) => type !== 'Datastream')) return undefined;
  const { catalogue, source } = session;
  const edge = query.order === 'descending' ? 'newest' : 'oldest';
  const found = await source.edges(query.datastreams.map(catalogue.seriesOf), edge, query);
  const pageOf = (parent: Entity, reading: Reading): Page => ({
    entities: [observationOf(catalogue, parent, reading)],
    next: writePageCursor({ datastream: Number(parent.id), at: reading.measuredAt, skip: 0 }),
  });
  return new Map(
    parents.map((parent) => {
      const reading = found.get(seriesName(catalogue.seriesOf(parent)));
      return [parent, reading === undefined ? { entities: [] } : pageOf(parent, reading)];
    }),
  );
};

const observationsOfEach = async (
  session: Session,
  parents: readonly Entity[],
  options: QueryOptions,
): Promise<ReadonlyMap<Entity, Page>> => {
  await prepareExpressions(session, 'Observation', options);
  const edges = await onlyEdges(session, parents, options);
  if (edges !== undefined) return edges;
  if (parents.length > MAX_EXPANDED_SERIES) {
    const reason = `Observations of more than ${MAX_EXPANDED_SERIES} entities`;
    const hint = '$top=1 with $orderby=phenomenonTime inside, or fewer entities';
    throw new QueryError('too-costly', '$expand', 0, reason, hint);
  }
  const pages = new Map<Entity, Page>();
  for (let start = 0; start < parents.length; start += AT_ONCE) {
    const some = parents.slice(start, start + AT_ONCE);
    const read = some.map((parent) => pageOfObservations(session, datastreamsBehind(session, parent), options));
    for (const [index, page] of (await Promise.all(read)).entries()) {
      const parent = some[index];
      if (parent !== undefined) pages.set(parent, page);
      session.admit(page.entities.length);
    }
  }
  return pages;
};

const pagesOf = async (
  session: Session,
  parents: readonly Entity[],
  { relation, target, many, options }: ExpandItem,
): Promise<ReadonlyMap<Entity, Page>> => {
  if (!many) return new Map(parents.map((parent) => [parent, { entities: relatedTo(parent, relation).slice(0, 1) }]));
  if (target === 'Observation') return observationsOfEach(session, parents, options);
  await prepareExpressions(session, target, options);
  return new Map(
    parents.map((parent) => [parent, pageOfEntities(session, target, relatedTo(parent, relation), options)]),
  );
};

/**
 * Options of an expansion that says no `$top`: pages so small that those of all parents together take half of what the answer may
 * still hold. A chain such as `Datastreams/Observations` is answered for a whole city then, and goes on behind its next links.
 */
const fitting = (session: Session, parents: readonly Entity[], { many, options }: ExpandItem): QueryOptions => {
  if (!many || options.top !== undefined || parents.length === 0) return options;
  const share = Math.floor(session.room() / 2 / parents.length);
  return share < DEFAULT_TOP ? { ...options, top: Math.max(share, 1) } : options;
};

/** What one expanded relation adds to each parent's JSON. */
const expandItem = async (
  session: Session,
  parents: readonly Entity[],
  item: ExpandItem,
): Promise<ReadonlyMap<Entity, Json>> => {
  const { relation, many } = item;
  const options = fitting(session, parents, item);
  const pages = await pagesOf(session, parents, { ...item, options });
  const children = new Set([...pages.values()].flatMap(({ entities }) => entities));
  const rendered = await renderEntities(session, item.target, [...children], options);
  const fragmentOf = (parent: Entity, { entities, count, next }: Page): Json => {
    const list = entities.map((entity) => rendered.get(entity)).filter((json) => json !== undefined);
    if (!many) return list[0] === undefined ? {} : { [relation]: list[0] };
    const link = `${selfLink(session.root, parent)}/${relation}`;
    return {
      ...(count !== undefined && { [`${relation}@iot.count`]: count }),
      [relation]: list,
      ...(next !== undefined &&
        pageSizeOf(options) > 0 && { [`${relation}@iot.nextLink`]: `${link}?${withCursor(options, next)}` }),
    };
  };
  return new Map([...pages].map(([parent, page]) => [parent, fragmentOf(parent, page)]));
};

/**
 * Entities of one type as JSON, with all that is expanded below them; every entity once, however many lead to it.
 * @throws QueryError when that is more than one answer may hold.
 */
export const renderEntities = async (
  session: Session,
  type: EntityTypeName,
  entities: readonly Entity[],
  options: QueryOptions,
): Promise<ReadonlyMap<Entity, Json>> => {
  if (type !== 'Observation') session.admit(entities.length);
  if (type === 'Datastream' && isSelected(options.select, 'phenomenonTime')) await loadExtents(session, entities);
  const fragments: (readonly [relation: string, of: ReadonlyMap<Entity, Json>])[] = [];
  for (const item of options.expand) fragments.push([item.relation, await expandItem(session, entities, item)]);
  return new Map(
    entities.map((entity) => {
      const expanded = new Map(fragments.map(([relation, of]) => [relation, of.get(entity) ?? {}]));
      return [entity, entityJson(session.root, entity, options.select, { overlay: session.overlay, expanded })];
    }),
  );
};
