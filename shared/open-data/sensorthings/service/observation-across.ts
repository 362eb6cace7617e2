import type { Reading } from '../../../telemetry/reading.ts';
import type { Entity } from '../city/entity.ts';
import { observationOf } from '../city/observation.ts';
import { seriesName, type TimeRange } from '../source.ts';
import type { ScanCursor } from './cursor.ts';
import type { ObservationQuery } from './observation-query.ts';
import { seriesOfAll } from './series-of-all.ts';
import type { Session } from './session.ts';

/** Readings of one store page. */
const MOST_AT_ONCE = 10_000;
/** From so many datastreams on, and at least so many readings: below, the series one by one are as fast. */
const WORTH_TOGETHER = 2;
const FEWEST_TOGETHER = 100;

type Across = { readonly readings: readonly Reading[]; readonly range: TimeRange; readonly limit: number };

const readAcross = async (
  { source, catalogue }: Session,
  { datastreams, order }: ObservationQuery,
  range: TimeRange,
  limit: number,
): Promise<Across | undefined> => {
  const series = seriesOfAll(catalogue, datastreams);
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
  { cursor, lanesFrom }: Start,
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
      yield* lanesFrom(cursor?.at === last ? cursor : { datastream: 0, at: last, skip: 0 });
      return;
    }
    const rest = descending ? { from: range.from, to: last + 1 } : { from: last, to: range.to };
    batch = await readAcross(session, query, rest, Math.min(limit * 2, MOST_AT_ONCE));
  }
};

type Start = {
  readonly cursor: ScanCursor | undefined;
  /** How many will probably be wanted. */
  readonly size: number;
  /** The other way, series by series, for an instant at which there are more than one call can answer. */
  readonly lanesFrom: (cursor: ScanCursor | undefined) => AsyncGenerator<Entity>;
};

/** Observations of many datastreams in the order of time, put together by the store; `undefined` when it cannot. */
export const observationsAcross = async (
  session: Session,
  query: ObservationQuery,
  start: Start,
): Promise<AsyncGenerator<Entity> | undefined> => {
  const first = await firstAcross(session, query, start.cursor, start.size);
  return first && acrossTime(session, query, start, first);
};
