import type { Entity } from '../city/entity.ts';
import { END_OF_TIME, seriesName } from '../source.ts';
import { writtenDatastreamOf } from '../writing/written-series.ts';
import type { ScanStart } from './cursor.ts';
import type { ObservationQuery } from './observation-query.ts';
import type { Session } from './session.ts';

/** Below this, reading and leaving out is as fast as counting. */
const FAR = 500;
/** Datastreams counted at once, at first and how many times more each time after. */
const COUNTED_FIRST = 16;
const COUNTED_MORE = 8;

/** Behind the first `places` observations of a datastream, in either order. */
const behind = (datastream: Entity, { order }: ObservationQuery, places: number): ScanStart => ({
  datastream: Number(datastream.id),
  at: order === 'descending' ? END_OF_TIME : -1,
  skip: 0,
  places,
});

/**
 * Where a scan begins behind the first `skip` observations, found by counting and not by reading them; `beyond` when there are no more
 * than those. `undefined` where it cannot be counted: a filter decides what is left out, several datastreams are mixed by time, or
 * several observations of one have one instant.
 */
export const jumpFar = async (
  { source, catalogue }: Session,
  query: ObservationQuery,
  skip: number,
): Promise<ScanStart | 'beyond' | undefined> => {
  const { datastreams, order, rest, whole } = query;
  if (skip < FAR || rest !== undefined || whole !== undefined) return undefined;
  const hasPlaces = (datastream: Entity): boolean => writtenDatastreamOf(catalogue.seriesOf(datastream)) === undefined;
  const [only] = datastreams;
  // Of one datastream nothing need be counted: the store leaves out as many as it is told.
  if (only !== undefined && datastreams.length === 1) return hasPlaces(only) ? behind(only, query, skip) : undefined;
  if (order !== 'datastream') return undefined;
  let before = skip;
  // Few at first: a jump over a hundred thousand needs no count of the other millions.
  for (let start = 0, size = COUNTED_FIRST; start < datastreams.length; start += size, size *= COUNTED_MORE) {
    const some = datastreams.slice(start, start + size);
    const counts = await source.counts(some.map(catalogue.seriesOf), query);
    for (const datastream of some) {
      const count = counts.get(seriesName(catalogue.seriesOf(datastream))) ?? 0;
      if (before < count) return hasPlaces(datastream) ? behind(datastream, query, before) : undefined;
      before -= count;
    }
  }
  return 'beyond';
};
