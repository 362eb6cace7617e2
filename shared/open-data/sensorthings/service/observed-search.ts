import type { Reading } from '../../../telemetry/reading.ts';
import type { Entity } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import { QueryError } from '../query/query-error.ts';
import { isInRange, type Range } from '../query/store-conditions.ts';
import { seriesName, type TimeRange } from '../source.ts';
import { isWritten } from '../writing/written-observations.ts';
import { MAX_SEARCHED } from './bounds.ts';
import { type Session, tooSlow } from './session.ts';

/** Datastreams read at once, and readings of one call. */
const AT_ONCE = 8;
const FIRST_LOOK = 1_000;
const MOST_AT_ONCE = 5_000;

/** What is looked for among the observations of some datastreams. */
export type Search = {
  readonly range: TimeRange;
  /** Conditions that an observation alone decides. */
  readonly passes: (observation: Entity) => boolean;
  /** Whether one observation that passes stands for all of its datastream. */
  readonly oneIsEnough: boolean;
  /** What its result must lie in, where that and the time are all that is asked of it. */
  readonly values?: Range;
};

type Found = {
  /** Takes readings of one datastream, newest first. */
  readonly take: (datastream: Entity, readings: readonly Reading[]) => void;
  /** Datastreams of which more may have to be read. */
  readonly open: () => readonly Entity[];
  readonly lists: () => ReadonlyMap<Entity, readonly Entity[]>;
};

const openFound = (session: Session, datastreams: readonly Entity[], { passes, oneIsEnough }: Search): Found => {
  const passed = new Map<Entity, Entity[]>();
  const others = new Map<Entity, Entity>();
  const isDone = (datastream: Entity): boolean => oneIsEnough && passed.has(datastream);
  return {
    take: (datastream, readings) => {
      for (const reading of readings) {
        if (isDone(datastream)) return;
        const observation = observationOf(session.catalogue, datastream, reading);
        const list = passed.get(datastream);
        if (!passes(observation)) others.set(datastream, observation);
        else if (list === undefined) passed.set(datastream, [observation]);
        else list.push(observation);
      }
    },
    open: () => (oneIsEnough ? datastreams.filter((datastream) => !isDone(datastream)) : datastreams),
    // Where none passes, one that does not: "none that fits" is not "none at all".
    lists: () =>
      new Map(
        datastreams.map((each) => [each, passed.get(each) ?? [others.get(each)].flatMap((other) => other ?? [])]),
      ),
  };
};

const checkTotal = async ({ source, catalogue }: Session, datastreams: readonly Entity[], range: TimeRange) => {
  const total = await source.total(datastreams.map(catalogue.seriesOf), range);
  if (total <= MAX_SEARCHED) return;
  const reason = `such observations would have to be looked for among ${total}, more than ${MAX_SEARCHED}`;
  const hint = 'a narrower phenomenonTime of them, or Observations?$filter=… with Datastream/… in it';
  throw new QueryError('too-costly', '$filter', 0, reason, hint);
};

/** All datastreams together, newest first. Answers until when it has not read, if the store does not go on so. */
const searchAcross = async (
  { source, catalogue, isLate }: Session,
  datastreams: readonly Entity[],
  found: Found,
  range: TimeRange,
): Promise<number | undefined> => {
  let { to } = range;
  // Those that are found already are asked for again: a store tells whole sensors more easily than some of their quantities.
  const byName = new Map(datastreams.map((each) => [seriesName(catalogue.seriesOf(each)), each]));
  const series = datastreams.map(catalogue.seriesOf);
  for (let limit = FIRST_LOOK; found.open().length > 0; limit = Math.min(limit * 4, MOST_AT_ONCE)) {
    if (isLate()) throw tooSlow('$filter');
    const read = await source.across(series, { from: range.from, to, descending: true, limit });
    if (read === undefined) return to;
    const last = read.at(-1)?.measuredAt;
    const isFull = read.length >= limit;
    // Of the last instant some may be missing: it is read again.
    const whole = isFull ? read.filter(({ measuredAt }) => measuredAt !== last) : read;
    for (const [name, readings] of Map.groupBy(whole, seriesName)) {
      const datastream = byName.get(name);
      if (datastream !== undefined) found.take(datastream, readings);
    }
    if (!isFull || last === undefined) return undefined;
    if (whole.length === 0 && limit === MOST_AT_ONCE) return to;
    to = last + 1;
  }
  return undefined;
};

const searchOne = async (
  { source, catalogue }: Session,
  datastream: Entity,
  found: Found,
  range: TimeRange,
): Promise<void> => {
  let { to } = range;
  for (let limit = FIRST_LOOK; range.from < to; limit = Math.min(limit * 4, MOST_AT_ONCE)) {
    const query = { from: range.from, to, descending: true, limit };
    const page = await source.readings(catalogue.seriesOf(datastream), query);
    found.take(datastream, page);
    const last = page.at(-1);
    if (last === undefined || page.length < limit || !found.open().includes(datastream)) return;
    to = last.measuredAt;
  }
};

const readAll = async (
  session: Session,
  datastreams: readonly Entity[],
  found: Found,
  range: TimeRange,
): Promise<void> => {
  if (datastreams.length === 0) return;
  await checkTotal(session, datastreams, range);
  const until = await searchAcross(session, datastreams, found, range);
  if (until === undefined) return;
  const rest = found.open();
  for (let start = 0; start < rest.length; start += AT_ONCE) {
    const some = rest.slice(start, start + AT_ONCE);
    await Promise.all(some.map((each) => searchOne(session, each, found, { from: range.from, to: until })));
  }
};

/** What was said last is at hand, and decides most conditions. */
const takeNewest = async (
  { source, catalogue }: Session,
  datastreams: readonly Entity[],
  found: Found,
  range: TimeRange,
): Promise<void> => {
  const newest = await source.edges(datastreams.map(catalogue.seriesOf), 'newest', range);
  for (const datastream of datastreams) {
    const reading = newest.get(seriesName(catalogue.seriesOf(datastream)));
    if (reading !== undefined) found.take(datastream, [reading]);
  }
};

/**
 * Of conditions on numbers, the least and greatest of each day say almost always whether some observation passes. Answers the
 * datastreams of which they do not say it.
 */
const takeExtremes = async (
  { source, catalogue }: Session,
  datastreams: readonly Entity[],
  found: Found,
  range: TimeRange,
  values: Range,
): Promise<readonly Entity[]> => {
  const days = await source.days(datastreams.map(catalogue.seriesOf), range);
  return datastreams.filter((datastream) => {
    if (isWritten(datastream)) return true;
    const series = catalogue.seriesOf(datastream);
    const own = days.get(seriesName(series)) ?? [];
    const value = own.flatMap(({ min, max }) => [min, max]).find((each) => isInRange(each, values));
    if (value !== undefined) {
      // Somewhen in the time asked for it was said; when, no condition asks.
      const quality = { flag: 2, test: 'none' } as const;
      found.take(datastream, [{ ...series, value, measuredAt: range.from, receivedAt: range.from, quality }]);
      return false;
    }
    return own.some(({ min, max }) => {
      const isAbove = values.from === undefined || max > values.from.value;
      return isAbove && (values.to === undefined || min < values.to.value);
    });
  });
};

/**
 * The observations that pass, by datastream, newest first; of a datastream without such, one that does not pass.
 * @throws QueryError when that would read more than one answer may.
 */
export const searchObservations = async (
  session: Session,
  datastreams: readonly Entity[],
  wanted: Search,
): Promise<ReadonlyMap<Entity, readonly Entity[]>> => {
  const found = openFound(session, datastreams, wanted);
  const { range, values } = wanted;
  if (!wanted.oneIsEnough) {
    await readAll(session, datastreams, found, range);
    return found.lists();
  }
  await takeNewest(session, datastreams, found, range);
  const open = found.open();
  const unsure = values === undefined ? open : await takeExtremes(session, open, found, range, values);
  await readAll(session, unsure, found, range);
  return found.lists();
};
