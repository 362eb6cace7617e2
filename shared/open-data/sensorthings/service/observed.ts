import { type Entity, relatedTo } from '../city/entity.ts';
import type { EntityRelation, EntityTypeName } from '../model/entity-model.ts';
import type { Expression } from '../query/ast.ts';
import { compileFilter } from '../query/filter.ts';
import { QueryError } from '../query/query-error.ts';
import { resolvePath } from '../query/resolve-path.ts';
import { splitFilter } from '../query/store-conditions.ts';
import { conjunctsOf, pathsOf, withPaths } from '../query/walk.ts';
import { isShared, timesOf } from './observation-query.ts';
import { type Search, searchObservations } from './observed-search.ts';
import type { Session } from './session.ts';

/** A way from an entity to the observations of something, as the filter writes it: `Datastreams/Observations`. */
type Way = readonly EntityRelation[];

const nameOf = (way: Way): string => way.map(({ name }) => name).join('/');

/** @throws QueryError for observations of what observations belong to. */
const waysOf = (filter: Expression, type: EntityTypeName): readonly Way[] => {
  const ways = new Map<string, Way>();
  for (const path of pathsOf(filter)) {
    const { relations } = resolvePath(path, type);
    const index = relations.findIndex(({ target }) => target === 'Observation');
    if (index === -1) continue;
    if (relations.slice(index + 1).some(({ target }) => target === 'Observation')) {
      const reason = 'it leads from observations to observations again';
      throw new QueryError('unsupported', '$filter', path.span.start, reason, 'one Observations in a path');
    }
    const way = relations.slice(0, index + 1);
    ways.set(nameOf(way), way);
  }
  return [...ways.values()];
};

/** The conditions that speak of nothing but what is behind a way, as it sees them itself. */
const behind = (conditions: readonly Expression[], names: readonly string[]): readonly Expression[] =>
  conditions
    .filter((condition) => {
      const paths = pathsOf(condition);
      return paths.length > 0 && paths.every(({ segments }) => names.every((name, at) => segments[at] === name));
    })
    .map((condition) => withPaths(condition, (path) => ({ ...path, segments: path.segments.slice(names.length) })));

const throughObservations = (condition: Expression, type: EntityTypeName): boolean =>
  waysOf(condition, type).length > 0;

/** What all conditions let through. */
const passing = (
  session: Session,
  type: EntityTypeName,
  conditions: readonly Expression[],
): ((entity: Entity) => boolean) => {
  const all = conditions.map((condition) => compileFilter(condition, type, session.filters));
  return (entity) => all.every((passes) => passes(entity));
};

/** The entities at the end of a way, each once. */
const follow = (from: readonly Entity[], way: Way): readonly Entity[] =>
  way.reduce<readonly Entity[]>(
    (entities, { name }) => [...new Set(entities.flatMap((entity) => relatedTo(entity, name)))],
    from,
  );

const everything: Search['passes'] = () => true;

/** What results must lie in, if the conditions ask for that and the time only: the store's aggregates can tell then. */
const valuesOf = (conditions: readonly Expression[]): Pick<Search, 'values'> => {
  const [first] = conditions;
  if (first === undefined) return {};
  const all: Expression = { kind: 'logical', operator: 'and', operands: conditions, span: first.span };
  const { rest, numbers } = splitFilter(all, 'Observation', ['phenomenonTime', 'result']);
  const values = numbers.get('result');
  return rest === undefined && values !== undefined ? { values } : {};
};

/** Which owners of observations can matter, and what is asked of the observations. */
const plan = (
  session: Session,
  type: EntityTypeName,
  filter: Expression,
  candidates: readonly Entity[],
): Search & { readonly owners: readonly Entity[] } => {
  const conditions = conjunctsOf(filter);
  const [way, ...others] = waysOf(filter, type);
  const [asked, plain] = [
    conditions.filter((condition) => throughObservations(condition, type)),
    // A stub of an observation knows what it shares with the others of its datastream, and nothing else.
    conditions.filter(
      (condition) => !throughObservations(condition, type) && (type !== 'Observation' || isShared(condition)),
    ),
  ];
  const possible = candidates.filter(passing(session, type, plain));
  if (way === undefined || others.length > 0) {
    const owners = waysOf(filter, type).flatMap((each) => follow(possible, each.slice(0, -1)));
    return { owners: [...new Set(owners)], range: timesOf([]), passes: everything, oneIsEnough: false };
  }
  const toOwner = way.slice(0, -1);
  const owner = toOwner.at(-1)?.target ?? type;
  const ofOwner = behind(
    plain,
    toOwner.map(({ name }) => name),
  );
  const ofObservation = behind(
    asked,
    way.map(({ name }) => name),
  );
  return {
    owners: follow(possible, toOwner).filter(passing(session, owner, ofOwner)),
    range: timesOf(ofObservation),
    ...valuesOf(ofObservation),
    passes: passing(session, 'Observation', ofObservation),
    oneIsEnough: ofObservation.length === asked.length,
  };
};

/**
 * The session in which a filter can follow `Observations` of other entities: those that can make it true are read beforehand. Where
 * only the observation itself decides, one of each datastream is enough, looked for from the newest on; the time asked for is found
 * by the store.
 * @param candidates what will be asked; for observations, one stub a datastream
 * @throws QueryError when that would read more than one answer may.
 */
export const withObserved = async (
  session: Session,
  type: EntityTypeName,
  filter: Expression,
  candidates: readonly Entity[],
): Promise<Session> => {
  if (!throughObservations(filter, type)) return session;
  const { owners, ...wanted } = plan(session, type, filter, candidates);
  const datastreamsOf = (owner: Entity): readonly Entity[] =>
    owner.type === 'Datastream' ? [owner] : session.catalogue.datastreamsOfFeature(owner);
  const datastreams = [...new Set(owners.flatMap(datastreamsOf))];
  const found = await searchObservations(session, datastreams, wanted);
  const observed = new Map(
    owners.map((owner) => [owner, datastreamsOf(owner).flatMap((datastream) => found.get(datastream) ?? [])]),
  );
  const { access } = session.filters;
  const many: typeof access.many = (entity, relation) =>
    relation.target === 'Observation' ? (observed.get(entity) ?? []) : access.many(entity, relation);
  return { ...session, filters: { ...session.filters, access: { ...access, many } } };
};
