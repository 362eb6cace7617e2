import { type Entity, relatedTo } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import type { EntityRelation, EntityTypeName } from '../model/entity-model.ts';
import type { Expression } from '../query/ast.ts';
import { compileFilter } from '../query/filter.ts';
import { QueryError } from '../query/query-error.ts';
import { resolvePath } from '../query/resolve-path.ts';
import { conjunctsOf, pathsOf, withPaths } from '../query/walk.ts';
import type { TimeRange } from '../source.ts';
import { MAX_SCANNED } from './bounds.ts';
import { isShared, timesOf } from './observation-query.ts';
import type { Session } from './session.ts';

/** Datastreams read at once, and readings of the first look at one. */
const AT_ONCE = 8;
const FIRST_LOOK = 250;
const MOST_AT_ONCE = 10_000;

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

/** Readings that one answer may still look at. */
type Allowance = { readonly take: (readings: number) => void };

const allowance = (): Allowance => {
  let left = MAX_SCANNED;
  return {
    take: (readings) => {
      left -= readings;
      if (left >= 0) return;
      const reason = `looking for such observations reads more than ${MAX_SCANNED} of them`;
      const hint = 'a narrower phenomenonTime of them, or Observations?$filter=… with Datastream/… in it';
      throw new QueryError('too-costly', '$filter', 0, reason, hint);
    },
  };
};

type Search = {
  readonly range: TimeRange;
  /** Conditions that an observation alone decides. */
  readonly passes: (observation: Entity) => boolean;
  /** Whether one observation that passes stands for all. */
  readonly oneIsEnough: boolean;
  readonly allowance: Allowance;
};

/**
 * The observations of a datastream that pass, newest first; where none does, one that does not, because "none that fits" is not
 * "none at all".
 */
const search = async (session: Session, datastream: Entity, wanted: Search): Promise<readonly Entity[]> => {
  const { source, catalogue } = session;
  const { from } = wanted.range;
  let { to } = wanted.range;
  const found: Entity[] = [];
  let other: Entity | undefined;
  for (let limit = FIRST_LOOK; from < to; limit = Math.min(limit * 4, MOST_AT_ONCE)) {
    const page = await source.readings(catalogue.seriesOf(datastream), { from, to, descending: true, limit });
    wanted.allowance.take(page.length);
    for (const reading of page) {
      const observation = observationOf(catalogue, datastream, reading);
      if (!wanted.passes(observation)) {
        other ??= observation;
        continue;
      }
      found.push(observation);
      if (wanted.oneIsEnough) return found;
    }
    const last = page.at(-1);
    if (last === undefined || page.length < limit) break;
    to = last.measuredAt;
  }
  return found.length === 0 && other !== undefined ? [other] : found;
};

const searchAll = async (
  session: Session,
  datastreams: readonly Entity[],
  wanted: Search,
): Promise<ReadonlyMap<Entity, readonly Entity[]>> => {
  const found = new Map<Entity, readonly Entity[]>();
  for (let start = 0; start < datastreams.length; start += AT_ONCE) {
    const some = datastreams.slice(start, start + AT_ONCE);
    const lists = await Promise.all(some.map((datastream) => search(session, datastream, wanted)));
    for (const [index, datastream] of some.entries()) found.set(datastream, lists[index] ?? []);
  }
  return found;
};

const everything: Search['passes'] = () => true;

/** Which owners of observations can matter, and what is asked of the observations. */
const plan = (
  session: Session,
  type: EntityTypeName,
  filter: Expression,
  candidates: readonly Entity[],
): Omit<Search, 'allowance'> & { readonly owners: readonly Entity[] } => {
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
  const found = await searchAll(session, datastreams, { ...wanted, allowance: allowance() });
  const observed = new Map(
    owners.map((owner) => [owner, datastreamsOf(owner).flatMap((datastream) => found.get(datastream) ?? [])]),
  );
  const { access } = session.filters;
  const many: typeof access.many = (entity, relation) =>
    relation.target === 'Observation' ? (observed.get(entity) ?? []) : access.many(entity, relation);
  return { ...session, filters: { ...session.filters, access: { ...access, many } } };
};
