import type { Reading } from '../../../telemetry/reading.ts';
import type { Entity } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import { type SensorThingsSource, seriesName, type TimeRange } from '../source.ts';
import type { ScanCursor } from './cursor.ts';
import type { ObservationQuery } from './observation-query.ts';
import type { Session } from './session.ts';

/** Readings of one store page. */
const MOST_AT_ONCE = 10_000;

/** From so many datastreams on, and at least so many readings: below, the series one by one are as fast. */
const WORTH_TOGETHER = 2;
const FEWEST_TOGETHER = 100;

/** One series' readings one after another, fetched as they are needed. */
const readOne = async function* (
  source: SensorThingsSource,
  series: Parameters<SensorThingsSource['readings']>[0],
  range: TimeRange & { readonly descending: boolean },
  size: number,
): AsyncGenerator<Reading> {
  let { from, to } = range;
  for (let limit = size; ; limit = Math.min(limit * 2, MOST_AT_ONCE)) {
    const page = await source.readings(series, { from, to, descending: range.descending, limit });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    if (range.descending) to = last.measuredAt;
    else from = last.measuredAt + 1;
  }
};

/** Datastream after datastream, each in the order of time. */
const inOrderOfDatastreams = async function* (
  { source, catalogue }: Session,
  { datastreams, from, to }: ObservationQuery,
  cursor: ScanCursor | undefined,
  size: number,
): AsyncGenerator<Entity> {
  for (const datastream of datastreams) {
    const id = Number(datastream.id);
    if (cursor !== undefined && id < cursor.datastream) continue;
    const start = cursor?.datastream === id ? Math.max(from, cursor.at + 1) : from;
    const range = { from: start, to, descending: false };
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
  const across = await firstAcross(session, query, cursor, size);
  yield* across === undefined ? byLanes(session, query, cursor, size) : acrossTime(session, query, cursor, across);
};

type Across = { readonly readings: readonly Reading[]; readonly range: TimeRange; readonly limit: number };

const readAcross = async (
  { source, catalogue }: Session,
  { datastreams, order }: ObservationQuery,
  range: TimeRange,
  limit: number,
): Promise<Across | undefined> => {
  const series = datastreams.map(catalogue.seriesOf);
  const readings = await source.across(series, { ...range, descending: order === 'descending', limit });
  return readings && { readings, range, limit };
};

/** From the cursor's instant on, which may have more datastreams behind the cursor's. */
const firstAcross = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
  size: number,
): Promise<Across | undefined> => {
  const { from, to, datastreams, order } = query;
  if (datastreams.length < WORTH_TOGETHER) return Promise.resolve(undefined);
  const at = cursor?.at;
  const range =
    order === 'descending'
      ? { from, to: Math.min(to, at === undefined ? to : at + 1) }
      : { from: Math.max(from, at ?? from), to };
  // As many as there may be at the cursor's own instant come again.
  const again = cursor === undefined ? 0 : datastreams.length;
  return readAcross(session, query, range, Math.min(Math.max(size + 1, FEWEST_TOGETHER) + again, MOST_AT_ONCE));
};

/** One call to the store after another; an instant that a call may have left in the middle is read again by the next. */
const acrossTime = async function* (
  session: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
  first: Across,
): AsyncGenerator<Entity> {
  const { catalogue } = session;
  const descending = query.order === 'descending';
  const byName = new Map(query.datastreams.map((each) => [seriesName(catalogue.seriesOf(each)), each]));
  const isSent = (datastream: Entity, at: number): boolean =>
    at === cursor?.at && Number(datastream.id) <= cursor.datastream;
  let batch: Across | undefined = first;
  while (batch !== undefined) {
    const { readings, range, limit } = batch;
    const isFull = readings.length >= limit;
    const last = readings.at(-1)?.measuredAt;
    const whole = isFull ? readings.filter(({ measuredAt }) => measuredAt !== last) : readings;
    const found = whole.flatMap((reading) => {
      const datastream = byName.get(seriesName(reading));
      return datastream === undefined || isSent(datastream, reading.measuredAt) ? [] : [{ datastream, reading }];
    });
    const sign = descending ? -1 : 1;
    found.sort(
      (a, b) =>
        sign * (a.reading.measuredAt - b.reading.measuredAt) || Number(a.datastream.id) - Number(b.datastream.id),
    );
    for (const { datastream, reading } of found) yield observationOf(catalogue, datastream, reading);
    if (!isFull || last === undefined) return;
    if (whole.length === 0 && limit >= MOST_AT_ONCE) {
      // More datastreams at one instant than a call may answer.
      yield* byLanes(session, query, cursor?.at === last ? cursor : { datastream: 0, at: last, skip: 0 }, limit);
      return;
    }
    const rest = descending ? { from: range.from, to: last + 1 } : { from: last, to: range.to };
    batch = await readAcross(session, query, rest, Math.min(limit * 2, MOST_AT_ONCE));
  }
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

/** Observations that the store finds, in the query's order, behind a cursor. @param size how many will probably be wanted */
export const scanObservations = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanCursor | undefined,
  size: number,
): AsyncGenerator<Entity> =>
  query.order === 'datastream' || (query.datastreams.length === 1 && query.order === 'ascending')
    ? inOrderOfDatastreams(session, query, cursor, size)
    : inOrderOfTime(session, query, cursor, size);
