import type { Bin } from '../../city/entities.ts';
import type { Circumstances } from './circumstances.ts';
import type { Chances } from './horizon.ts';

/**
 * When the first event at a bin begins that this collection is the last chance before, UTC epoch milliseconds; `undefined` without one. What has
 * begun by the middle of the shifts was the last collection's to be ready for.
 */
export const eventDeadline = (
  { id }: Pick<Bin, 'id'>,
  { events }: Circumstances,
  { thisTime, nextTime }: Chances,
): number | undefined => {
  const begins = events
    .filter(({ binIds, from }) => binIds.has(id) && from > thisTime && from <= nextTime)
    .map(({ from }) => from);
  return begins.length === 0 ? undefined : Math.min(...begins);
};
