import type { Entity } from '../city/entity.ts';
import { seriesName } from '../source.ts';
import type { ScanCursor } from './cursor.ts';
import type { ObservationQuery } from './observation-query.ts';
import type { Session } from './session.ts';

/** Below this, reading and leaving out is as fast as counting. */
const FAR = 500;
/** Datastreams counted at once, at first and how many times more each time after. */
const COUNTED_FIRST = 16;
const COUNTED_MORE = 8;

/** Of one datastream nothing need be counted: the store tells when the observation at that place was made. */
const jumpWithin = async (
  { source, catalogue }: Session,
  datastream: Entity,
  { from, to, order }: ObservationQuery,
  skip: number,
): Promise<ScanCursor | 'beyond' | undefined> => {
  const series = catalogue.seriesOf(datastream);
  const descending = order === 'descending';
  const at = await source.instantAt(series, { from, to, descending }, skip);
  if (at !== undefined) return { datastream: Number(datastream.id), at: descending ? at + 1 : at - 1, skip: 0 };
  // Nothing there, or a series whose places cannot be told.
  const counts = await source.counts([series], { from, to });
  return (counts.get(seriesName(series)) ?? 0) <= skip ? 'beyond' : undefined;
};

/**
 * The place behind the first `skip` observations, found by counting and not by reading them; `beyond` when there are no more than
 * those. `undefined` where it cannot be counted: a filter decides what is left out, or several datastreams are mixed by time.
 */
export const jumpFar = async (
  session: Session,
  query: ObservationQuery,
  skip: number,
): Promise<ScanCursor | 'beyond' | undefined> => {
  const { source, catalogue } = session;
  const { datastreams, order } = query;
  if (
    skip < FAR ||
    query.rest !== undefined ||
    query.whole !== undefined ||
    (order !== 'datastream' && datastreams.length > 1)
  )
    return undefined;
  const descending = order === 'descending';
  const [only] = datastreams;
  if (only !== undefined && datastreams.length === 1) return jumpWithin(session, only, query, skip);
  let before = skip;
  // Few at first: a jump over a hundred thousand needs no count of the other millions.
  for (let start = 0, size = COUNTED_FIRST; start < datastreams.length; start += size, size *= COUNTED_MORE) {
    const some = datastreams.slice(start, start + size);
    const counts = await source.counts(some.map(catalogue.seriesOf), query);
    for (const datastream of some) {
      const series = catalogue.seriesOf(datastream);
      const count = counts.get(seriesName(series)) ?? 0;
      if (before < count) {
        const at = await source.instantAt(series, { from: query.from, to: query.to, descending }, before);
        // Readings may have come or gone since they were counted; the scan then finds its way without a jump.
        if (at === undefined) return undefined;
        return { datastream: Number(datastream.id), at: descending ? at + 1 : at - 1, skip: 0 };
      }
      before -= count;
    }
  }
  return 'beyond';
};
