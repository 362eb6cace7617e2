import type { Reading } from '../../../telemetry/reading.ts';
import type { Entity } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import { type SensorThingsSource, seriesName, type TimeRange } from '../source.ts';
import { withWritten } from '../writing/written-scan.ts';
import type { ScanCursor, ScanStart } from './cursor.ts';
import { observationsAcross } from './observation-across.ts';
import type { ObservationQuery } from './observation-query.ts';
import type { Session } from './session.ts';

/** Readings of one store page. */
const MOST_AT_ONCE = 10_000;

/** One series' readings one after another, fetched as they are needed. */
const readOne = async function* (
  source: SensorThingsSource,
  series: Parameters<SensorThingsSource['readings']>[0],
  range: TimeRange & { readonly descending: boolean; readonly skip?: number | undefined },
  size: number,
): AsyncGenerator<Reading> {
  let { from, to, skip } = range;
  for (let limit = size; ; limit = Math.min(limit * 2, MOST_AT_ONCE)) {
    const behind = skip === undefined ? {} : { skip };
    const page = await source.readings(series, { from, to, descending: range.descending, limit, ...behind });
    skip = undefined;
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    if (range.descending) to = last.measuredAt;
    else from = last.measuredAt + 1;
  }
};

/** What of a datastream lies behind where the scan begins. */
export const rangeOf = ({ from, to, order }: ObservationQuery, datastream: number, start: ScanStart | undefined) => {
  const descending = order === 'descending';
  if (start?.datastream !== datastream) return { from, to, descending };
  const { at, places: skip } = start;
  return descending
    ? { from, to: Math.min(to, at), descending, skip }
    : { from: Math.max(from, at + 1), to, descending, skip };
};

/** Datastream after datastream, each in the order of time. */
const inOrderOfDatastreams = async function* (
  { source, catalogue }: Session,
  query: ObservationQuery,
  start: ScanStart | undefined,
  size: number,
): AsyncGenerator<Entity> {
  for (const datastream of query.datastreams) {
    const id = Number(datastream.id);
    if (start !== undefined && id < start.datastream) continue;
    const range = rangeOf(query, id, start);
    for await (const reading of readOne(source, catalogue.seriesOf(datastream), range, size)) {
      yield observationOf(catalogue, datastream, reading);
    }
  }
};

/** A series in the merge: its next reading, and those behind it, not yet read. */
type Lane = { readonly datastream: Entity; head: Reading; rest?: AsyncGenerator<Reading> };

const lanesOf = async (
  { source, catalogue }: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
): Promise<Lane[]> => {
  const descending = query.order === 'descending';
  const edge = descending ? 'newest' : 'oldest';
  // At the instant where the page before ended, those behind its last datastream are still to come.
  const rangeFor = (isBehind: boolean): TimeRange => {
    if (cursor === undefined) return query;
    const open = isBehind ? 1 : 0;
    return descending
      ? { from: query.from, to: Math.min(query.to, cursor.at + open) }
      : { from: Math.max(query.from, cursor.at + 1 - open), to: query.to };
  };
  const isBehind = ({ id }: Entity): boolean => cursor !== undefined && Number(id) > cursor.datastream;
  const groups = [query.datastreams.filter((each) => !isBehind(each)), query.datastreams.filter(isBehind)];
  const found = await Promise.all(
    groups.map((group, index) => source.edges(group.map(catalogue.seriesOf), edge, rangeFor(index === 1))),
  );
  return groups.flatMap((group, index) =>
    group.flatMap((datastream) => {
      const head = found[index]?.get(seriesName(catalogue.seriesOf(datastream)));
      return head === undefined ? [] : [{ datastream, head }];
    }),
  );
};

/** All datastreams together in the order of time; of one instant, by datastream. */
const inOrderOfTime = async function* (
  session: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
  size: number,
): AsyncGenerator<Entity> {
  const lanesFrom = (at: ScanCursor | undefined) => byLanes(session, query, at, size);
  yield* (await observationsAcross(session, query, { cursor, size, lanesFrom })) ?? lanesFrom(cursor);
};

/** Series by series, where the store cannot put them together. Reads only those whose turn comes. */
const byLanes = async function* (
  session: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
  size: number,
): AsyncGenerator<Entity> {
  const { source, catalogue } = session;
  const descending = query.order === 'descending';
  const isBefore = (a: Lane, b: Lane): boolean => {
    const [earlier, later] = descending ? [b, a] : [a, b];
    const order = earlier.head.measuredAt - later.head.measuredAt;
    return order < 0 || (order === 0 && Number(a.datastream.id) < Number(b.datastream.id));
  };
  const lanes = await lanesOf(session, query, cursor);
  while (lanes.length > 0) {
    const lane = lanes.reduce((best, each) => (isBefore(each, best) ? each : best));
    session.budget.spend(lanes.length);
    const { measuredAt } = lane.head;
    yield observationOf(catalogue, lane.datastream, lane.head);
    const range = descending ? { from: query.from, to: measuredAt } : { from: measuredAt + 1, to: query.to };
    lane.rest ??= readOne(source, catalogue.seriesOf(lane.datastream), { ...range, descending }, size);
    const next = await lane.rest.next();
    if (next.done) lanes.splice(lanes.indexOf(lane), 1);
    else lane.head = next.value;
  }
};

const scanCity = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanStart | undefined,
  size: number,
): AsyncGenerator<Entity> =>
  query.order === 'datastream' || query.datastreams.length === 1
    ? inOrderOfDatastreams(session, query, cursor, size)
    : inOrderOfTime(session, query, cursor, size);

/** Observations that the store finds, in the query's order, from a start on. @param size how many will probably be wanted */
export const scanObservations = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanStart | undefined,
  size: number,
): AsyncGenerator<Entity> => withWritten(session, query, cursor, size, scanCity);
