import type { Reading } from '../../../telemetry/reading.ts';
import { type Entity, relatedTo } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { ExpandItem, QueryOptions } from '../query/ast.ts';
import { printOptions } from '../query/print.ts';
import { QueryError } from '../query/query-error.ts';
import { entityJson, isSelected, type Json, selfLink } from '../serialize/entity-json.ts';
import { entityTexts, type JsonText } from '../serialize/entity-text.ts';
import { seriesName } from '../source.ts';
import { isWritten } from '../writing/written-observations.ts';
import { DEFAULT_TOP, MAX_EXPANDED_SERIES, pageSizeOf } from './bounds.ts';
import { type Page, pageOfEntities } from './entity-page.ts';
import { cursorAt, pageOfObservations } from './observation-page.ts';
import { observationQuery } from './observation-query.ts';
import { ofFeature } from './of-feature.ts';
import { prepared, preparedForObservations } from './prepare.ts';
import { loadExtents, type Session } from './session.ts';

/** Datastreams whose observations are read at once. */
const AT_ONCE = 8;

/** The link behind a page: the same request from there on. */
export const withCursor = (options: QueryOptions, next: string): string => {
  const { skip: _, ...rest } = options;
  return printOptions({ ...rest, skipToken: next });
};

/** `withCursor` for many pages of one request: what they share is printed once. */
const cursorPrinter = (options: QueryOptions): ((next: string) => string) => {
  const { skip: _, skipToken: __, ...rest } = options;
  const shared = printOptions(rest);
  return (next) => `${shared}${shared === '' ? '' : '&'}$skiptoken=${encodeURIComponent(next)}`;
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
  // Of spans of time, no edge of the store tells which fit.
  if (query.whole !== undefined && parents.some(isWritten)) return undefined;
  const { catalogue, source } = session;
  const edge = query.order === 'descending' ? 'newest' : 'oldest';
  const found = await source.edges(query.datastreams.map(catalogue.seriesOf), edge, query);
  const pageOf = (parent: Entity, reading: Reading): Page => {
    const observation = observationOf(catalogue, parent, reading);
    return { entities: [observation], next: cursorAt(observation, 0) };
  };
  return new Map(
    parents.map((parent) => {
      const reading = found.get(seriesName(catalogue.seriesOf(parent)));
      return [parent, reading === undefined ? { entities: [] } : pageOf(parent, reading)];
    }),
  );
};

const observationsOfEach = async (
  given: Session,
  parents: readonly Entity[],
  options: QueryOptions,
): Promise<ReadonlyMap<Entity, Page>> => {
  const datastreams = [...new Set(parents.flatMap((parent) => datastreamsBehind(given, parent)))];
  const session = await preparedForObservations(given, options, datastreams);
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
    const read = some.map((parent) => {
      const datastreams = datastreamsBehind(session, parent);
      return pageOfObservations(session, datastreams, ofFeature(datastreams, options, parent));
    });
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
  const related = [...new Set(parents.flatMap((parent) => relatedTo(parent, relation)))];
  const own = await prepared(session, target, options, related);
  return new Map(parents.map((parent) => [parent, pageOfEntities(own, target, relatedTo(parent, relation), options)]));
};

/**
 * Options of an expansion that says no `$top`: pages so small that those of all parents together take half of what the answer still
 * has room for. A chain such as `Datastreams/Observations` is answered for a whole city then, and goes on behind its next links.
 * @param standing how often the parents stand in the answer, all together
 */
const fitting = (session: Session, standing: number, { many, options }: ExpandItem): QueryOptions => {
  if (!many || options.top !== undefined || standing === 0) return options;
  const share = Math.floor(session.room() / 2 / standing);
  return share < DEFAULT_TOP ? { ...options, top: Math.max(share, 1) } : options;
};

/** What an entity becomes, once what is expanded below it is known. */
type Style<Out> = (
  session: Session,
  options: QueryOptions,
) => (entity: Entity, expanded: ReadonlyMap<string, Json>) => Out;

type Rendering<Out> = { readonly standing: number; readonly style: Style<Out> };

const asValues: Style<Json> =
  ({ root, overlay }, { select }) =>
  (entity, expanded) =>
    entityJson(root, entity, select, { overlay, expanded });

const asText: Style<JsonText> = ({ root, overlay }, { select, expand }) =>
  entityTexts(root, select, { overlay, relations: expand.map(({ relation }) => relation) });

/** What one expanded relation adds to each parent's JSON. */
const expandItem = async <Out>(
  session: Session,
  parents: readonly Entity[],
  item: ExpandItem,
  { standing, style }: Rendering<Out>,
): Promise<ReadonlyMap<Entity, Json>> => {
  const { relation, many } = item;
  const options = fitting(session, standing, item);
  const pages = await pagesOf(session, parents, { ...item, options });
  const listed = [...pages.values()].flatMap(({ entities }) => entities);
  const standingBelow = Math.ceil((listed.length * standing) / Math.max(parents.length, 1));
  const below = { standing: standingBelow, style };
  const rendered = await render(session, { type: item.target, entities: [...new Set(listed)] }, options, below);
  const linkBehind = cursorPrinter(options);
  const fragmentOf = (parent: Entity, { entities, count, next }: Page): Json => {
    const list = entities.map((entity) => rendered.get(entity)).filter((json) => json !== undefined);
    if (!many) return list[0] === undefined ? {} : { [relation]: list[0] };
    const link = `${selfLink(session.root, parent)}/${relation}`;
    return {
      ...(count !== undefined && { [`${relation}@iot.count`]: count }),
      [relation]: list,
      ...(next !== undefined &&
        pageSizeOf(options) > 0 && { [`${relation}@iot.nextLink`]: `${link}?${linkBehind(next)}` }),
    };
  };
  return new Map([...pages].map(([parent, page]) => [parent, fragmentOf(parent, page)]));
};

const NOTHING_EXPANDED: ReadonlyMap<string, Json> = new Map();

const render = async <Out>(
  session: Session,
  { type, entities }: { readonly type: EntityTypeName; readonly entities: readonly Entity[] },
  options: QueryOptions,
  rendering: Rendering<Out>,
): Promise<ReadonlyMap<Entity, Out>> => {
  session.occupy(rendering.standing);
  if (type !== 'Observation') session.admit(entities.length);
  if (type === 'Datastream' && isSelected(options.select, 'phenomenonTime')) await loadExtents(session, entities);
  const fragments: (readonly [relation: string, of: ReadonlyMap<Entity, Json>])[] = [];
  for (const item of options.expand) {
    fragments.push([item.relation, await expandItem(session, entities, item, rendering)]);
  }
  const write = rendering.style(session, options);
  const expandedOf = (entity: Entity): ReadonlyMap<string, Json> =>
    new Map(fragments.map(([relation, of]) => [relation, of.get(entity) ?? {}]));
  const rendered = new Map<Entity, Out>();
  for (const entity of entities) {
    rendered.set(entity, write(entity, fragments.length === 0 ? NOTHING_EXPANDED : expandedOf(entity)));
  }
  return rendered;
};

/**
 * Entities of one type as JSON, with all that is expanded below them; every entity once, however many lead to it.
 * @param standing how often they stand in the answer, all together
 * @throws QueryError when that is more than one answer may hold.
 */
export const renderEntities = (
  session: Session,
  type: EntityTypeName,
  entities: readonly Entity[],
  options: QueryOptions,
  standing = entities.length,
): Promise<ReadonlyMap<Entity, Json>> => render(session, { type, entities }, options, { standing, style: asValues });

/** The same as `renderEntities`, written already. */
export const writeEntities = (
  session: Session,
  type: EntityTypeName,
  entities: readonly Entity[],
  options: QueryOptions,
): Promise<ReadonlyMap<Entity, JsonText>> =>
  render(session, { type, entities }, options, { standing: entities.length, style: asText });
