import { seriesName } from '../source.ts';
import type { ScanCursor } from './cursor.ts';
import type { ObservationQuery } from './observation-query.ts';
import type { Session } from './session.ts';

/** Below this, reading and leaving out is as fast as counting. */
const FAR = 500;

/**
 * The place behind the first `skip` observations, found by counting and not by reading them; `beyond` when there are no more than
 * those. `undefined` where it cannot be counted: a filter decides what is left out, or several datastreams are mixed by time.
 */
export const jumpFar = async (
  { source, catalogue }: Session,
  query: ObservationQuery,
  skip: number,
): Promise<ScanCursor | 'beyond' | undefined> => {
  const { datastreams, order } = query;
  if (
    skip < FAR ||
    query.rest !== undefined ||
    query.whole !== undefined ||
    (order !== 'datastream' && datastreams.length > 1)
  )
    return undefined;
  const descending = order === 'descending';
  const counts = await source.counts(datastreams.map(catalogue.seriesOf), query);
  let before = skip;
  for (const datastream of datastreams) {
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
  return 'beyond';
};
