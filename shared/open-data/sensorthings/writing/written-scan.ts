import type { Entity } from '../city/entity.ts';
import type { ScanStart } from '../service/cursor.ts';
import type { ObservationQuery } from '../service/observation-query.ts';
import type { Session } from '../service/session.ts';
import { inParallel } from './in-parallel.ts';
import type { ObservationRange, WrittenObservation, WrittenObservationStore } from './written-entity.ts';
import { isWritten, observationIn, observationPlace } from './written-observations.ts';

/** What reads observations in a query's order, behind a cursor. */
export type Scan = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanStart | undefined,
  size: number,
) => AsyncGenerator<Entity>;

/** Behind every observation of an instant. */
const LAST_ID = Number.MAX_SAFE_INTEGER;
const MOST_AT_ONCE = 1_000;
const FIRST_OF_EACH = 4;
/** Datastreams asked at once. */
const AT_ONCE = 16;

type Beginning = ObservationRange & { readonly after?: { readonly at: number; readonly id: number } };

/** One datastream's observations one after another, fetched as they are needed. */
const readOne = async function* (
  store: WrittenObservationStore,
  datastream: number,
  beginning: Beginning,
  descending: boolean,
  size: number,
): AsyncGenerator<WrittenObservation> {
  let { after } = beginning;
  const { from, to } = beginning;
  for (let limit = Math.min(size, MOST_AT_ONCE); ; limit = Math.min(limit * 2, MOST_AT_ONCE)) {
    const page = await store.page(datastream, { from, to, descending, limit, ...(after && { after }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last;
  }
};

/** What of a datastream lies behind the cursor; `undefined`: nothing. */
const beginningOf = (
  { order, ...query }: ObservationQuery,
  id: number,
  cursor: ScanStart | undefined,
): Beginning | undefined => {
  const { from, to } = query.beginning ?? query;
  if (cursor === undefined) return { from, to };
  const { at, datastream } = cursor;
  if (id === datastream) return { from, to, after: { at, id: cursor.id ?? (order === 'descending' ? 0 : LAST_ID) } };
  if (order === 'datastream') return id < datastream ? undefined : { from, to };
  // At the instant where the page before ended, datastreams behind the last one are still to come.
  const open = id > datastream ? 1 : 0;
  return order === 'descending' ? { from, to: Math.min(to, at + open) } : { from: Math.max(from, at + 1 - open), to };
};

const scansOf = (
  session: Session,
  store: WrittenObservationStore,
  query: ObservationQuery,
  cursor: ScanStart | undefined,
  size: number,
): readonly AsyncGenerator<Entity>[] =>
  query.datastreams.filter(isWritten).flatMap((datastream) => {
    const id = Number(datastream.id);
    const beginning = beginningOf(query, id, cursor);
    if (beginning === undefined || beginning.from >= beginning.to) return [];
    const read = readOne(store, id, beginning, query.order === 'descending', size);
    return [entitiesOf(session, read)];
  });

const entitiesOf = async function* (
  session: Session,
  read: AsyncGenerator<WrittenObservation>,
): AsyncGenerator<Entity> {
  for await (const written of read) {
    const observation = observationIn(session, written);
    if (observation !== undefined) yield observation;
  }
};

/** Whether `a` comes before `b`, of different datastreams. */
const comesBefore = (order: ObservationQuery['order'], a: Entity, b: Entity): boolean => {
  const [first, second] = [observationPlace(a), observationPlace(b)];
  const time = order === 'descending' ? second.at - first.at : order === 'datastream' ? 0 : first.at - second.at;
  return time < 0 || (time === 0 && first.datastream < second.datastream);
};

type Lane = { head: Entity; readonly rest: AsyncGenerator<Entity> };

/** One scan behind the other: the next one is begun when its turn comes. */
const inTurn = async function* (scans: readonly AsyncGenerator<Entity>[]): AsyncGenerator<Entity> {
  for (const scan of scans) yield* scan;
};

/** Several scans in one order. */
const merged = async function* (
  session: Session,
  order: ObservationQuery['order'],
  scans: readonly AsyncGenerator<Entity>[],
): AsyncGenerator<Entity> {
  const heads = await inParallel(scans, AT_ONCE, (scan) => scan.next());
  const lanes = scans.flatMap((rest, index): Lane[] => {
    const head = heads[index];
    return head === undefined || head.done ? [] : [{ head: head.value, rest }];
  });
  while (lanes.length > 0) {
    const lane = lanes.reduce((best, each) => (comesBefore(order, each.head, best.head) ? each : best));
    session.budget.spend(lanes.length);
    yield lane.head;
    const next = await lane.rest.next();
    if (next.done) lanes.splice(lanes.indexOf(lane), 1);
    else lane.head = next.value;
  }
};

/** The city's observations and those of third parties in one order; where there are only the city's, its scan alone. */
export const withWritten = (
  session: Session,
  query: ObservationQuery,
  cursor: ScanStart | undefined,
  size: number,
  scanCity: Scan,
): AsyncGenerator<Entity> => {
  const store = session.source.written;
  const own = query.datastreams.filter((each) => !isWritten(each));
  if (store === undefined || own.length === query.datastreams.length) return scanCity(session, query, cursor, size);
  const city = own.length === 0 ? [] : [scanCity(session, { ...query, datastreams: own }, cursor, size)];
  // By time, every datastream is asked for its first, and few for more.
  const byDatastream = query.order === 'datastream';
  const scans = scansOf(session, store, query, cursor, byDatastream ? size : FIRST_OF_EACH);
  return merged(session, query.order, [...city, ...(byDatastream ? [inTurn(scans)] : scans)]);
};
