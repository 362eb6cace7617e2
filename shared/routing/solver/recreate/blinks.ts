import type { Random } from '../random.ts';

/**
 * Blinks (Christiaens and Vanden Berghe 2020): now and then a place that would be the best so far is not seen, so that greed
 * does not repeat itself. Counted down to the next one (geometrically distributed) rather than drawn at each place.
 */
export type Blinks = { left: number };

const BLINK_RATE = 0.04;
const SCALE = 1 / Math.log(1 - BLINK_RATE);

/** Whether this place is overlooked. */
export const isBlinked = (blinks: Blinks, random: Random): boolean => {
  blinks.left -= 1;
  if (blinks.left > 0) return false;
  blinks.left = 1 + Math.floor(Math.log(1 - random()) * SCALE);
  return true;
};
