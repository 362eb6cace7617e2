import type { Entity } from '../city/entity.ts';
import { readObservationId } from '../city/observation.ts';
import type { Expression, QueryOptions } from '../query/ast.ts';
import { compileFilter } from '../query/filter.ts';
import { resolvePath } from '../query/resolve-path.ts';
import { type Bound, type Range, splitFilter } from '../query/store-conditions.ts';
import { conjunctsOf, pathsOf } from '../query/walk.ts';
import { END_OF_TIME, type TimeRange } from '../source.ts';
import { isWritten, speaksOfFeature } from '../writing/written-observations.ts';
import type { Session } from './session.ts';

/** Observations that are asked for, as far as the store can find them, and what is left to ask of each. */
export type ObservationQuery = TimeRange & {
  /** By id, ascending. */
  readonly datastreams: readonly Entity[];
  readonly rest?: Expression;
  readonly order: 'datastream' | 'ascending' | 'descending' | 'other';
  /**
   * Where written datastreams are among them and something is asked: the whole filter, for their observations may last, and where
   * they can begin.
   */
  readonly whole?: Expression;
  readonly beginning?: TimeRange;
};

const first = ({ value, inclusive }: Bound): number => (inclusive ? Math.ceil(value) : Math.floor(value) + 1);
const behind = ({ value, inclusive }: Bound): number => (inclusive ? Math.floor(value) + 1 : Math.ceil(value));

const within = (range: TimeRange, { from, to }: Range): TimeRange => ({
  from: Math.max(range.from, from === undefined ? range.from : first(from)),
  to: Math.min(range.to, to === undefined ? range.to : behind(to)),
});

/** In which time observations must lie that meet all conditions. */
export const timesOf = (conditions: readonly Expression[]): TimeRange => {
  const [first] = conditions;
  const everything = { from: 0, to: END_OF_TIME };
  if (first === undefined) return everything;
  const all: Expression = { kind: 'logical', operator: 'and', operands: conditions, span: first.span };
  const time = splitFilter(all, 'Observation', ['phenomenonTime']).times.get('phenomenonTime');
  return time === undefined ? everything : within(within(everything, time.start), time.end);
};

/** Whether a condition speaks of the datastream (or the feature) alone, which all its observations share. */
export const isShared = (condition: Expression): boolean => {
  const paths = pathsOf(condition);
  return paths.length > 0 && paths.every((path) => resolvePath(path, 'Observation').relations.length > 0);
};

/** No reading at all, but the relations that a condition on the datastream follows. */
export const stubOf = (session: Session, datastream: Entity): Entity => ({
  type: 'Observation',
  id: `${datastream.id}-0`,
  values: {},
  related: new Map([
    ['Datastream', [datastream]],
    ['FeatureOfInterest', [session.catalogue.featureOfDatastream(datastream)].flatMap((each) => each ?? [])],
  ]),
});

/** The datastreams that can have what is asked for. A condition that held here is asked again of each observation, with the others. */
const possible = (
  session: Session,
  datastreams: readonly Entity[],
  rest: Expression | undefined,
): readonly Entity[] => {
  const shared = rest === undefined ? [] : conjunctsOf(rest).filter(isShared);
  const passes = shared.map((condition) => ({
    passesOne: compileFilter(condition, 'Observation', session.filters),
    ofFeature: speaksOfFeature(condition),
  }));
  return passes.length === 0
    ? datastreams
    : datastreams.filter((datastream) => {
        const stub = stubOf(session, datastream);
        // Observations of one written datastream may be of several features.
        return passes.every(({ passesOne, ofFeature }) => (ofFeature && isWritten(datastream)) || passesOne(stub));
      });
};

const orderOf = ({ orderBy }: QueryOptions): ObservationQuery['order'] => {
  const [item, then] = orderBy;
  if (item === undefined) return 'datastream';
  const pathOf = ({ expression }: typeof item): string =>
    expression.kind === 'path' ? expression.segments.join('/') : '';
  const isTime =
    pathOf(item) === 'phenomenonTime' && (then === undefined || (orderBy.length === 2 && pathOf(then) === 'id'));
  if (isTime) return item.descending ? 'descending' : 'ascending';
  return orderBy.length === 1 && pathOf(item) === 'id' && !item.descending ? 'datastream' : 'other';
};

/**
 * In an order of its own choice a filter looks through all datastreams together: the store hands them over in the order of time,
 * while one after another would be a call for each.
 */
const chosen = (query: ObservationQuery, { orderBy }: QueryOptions): ObservationQuery =>
  query.rest !== undefined && orderBy.length === 0 && query.datastreams.length > 1
    ? { ...query, order: 'ascending' }
    : query;

const cityQuery = (session: Session, datastreams: readonly Entity[], options: QueryOptions): ObservationQuery => {
  const order = orderOf(options);
  const everything = { from: 0, to: END_OF_TIME };
  if (options.filter === undefined) return { ...everything, datastreams, order };
  const split = splitFilter(options.filter, 'Observation', ['phenomenonTime', 'Datastream/id', 'id']);
  const time = split.times.get('phenomenonTime');
  const range = time === undefined ? everything : within(within(everything, time.start), time.end);
  const wanted = split.ids.get('Datastream/id');
  const those = wanted === undefined ? datastreams : datastreams.filter(({ id }) => wanted.includes(String(id)));
  const names = split.ids.get('id')?.flatMap((id) => readObservationId(id) ?? []);
  const [rest, ids] = [split.rest, split.ids.get('id')];
  if (names === undefined || ids === undefined) {
    return { ...range, datastreams: possible(session, those, rest), order, ...(rest && { rest }) };
  }
  // Ids name instants; which of them belongs to which datastream, the whole filter says once more.
  const instants = names.map(({ at }) => at);
  const others = names.length < ids.length;
  const ofIds = those.filter(
    (each) => names.some(({ datastream }) => datastream === each.id) || (others && isWritten(each)),
  );
  const from = Math.max(range.from, Math.min(...instants));
  const to = Math.min(range.to, Math.max(...instants) + 1);
  return { from, to, datastreams: possible(session, ofIds, rest), order, rest: options.filter };
};

/** Where observations can begin that a filter finds, also those that last: their end says nothing about their beginning but that it is before. */
const beginningOf = (filter: Expression): TimeRange => {
  const time = splitFilter(filter, 'Observation', ['phenomenonTime']).times.get('phenomenonTime');
  const everything = { from: 0, to: END_OF_TIME };
  if (time === undefined) return everything;
  const { to } = time.end;
  return within(within(everything, time.start), to === undefined ? {} : { to });
};

/** Takes a request for observations of some datastreams apart. */
export const observationQuery = (
  session: Session,
  datastreams: readonly Entity[],
  options: QueryOptions,
): ObservationQuery => {
  const query = chosen(cityQuery(session, datastreams, options), options);
  return options.filter !== undefined && query.datastreams.some(isWritten)
    ? { ...query, whole: options.filter, beginning: beginningOf(options.filter) }
    : query;
};
