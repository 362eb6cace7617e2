import type { Container } from '../city/entities.ts';
import type { Bucket } from '../telemetry/reading-store.ts';
import { fillFraction } from './container.ts';

/**
 * A bin was emptied somewhere between two instants (UTC epoch milliseconds): its level fell and stayed down. Levels are fractions of the
 * capacity, of the hour before the fall and of the hour after it.
 */
export type Emptying = {
  readonly after: number;
  readonly before: number;
  readonly levelBefore: number;
  readonly levelAfter: number;
};

const HOUR_MS = 3_600_000;
/** A fall of so much that two hours on either side confirm; less is waste that settles, or noise (as in `fill-rate.ts`). */
const EMPTYING_DROP = 0.15;
/** As near as this to the level after it, an hour's lowest level says that the bin was emptied within the hour. */
const ALREADY_DOWN = 0.05;

type Hour = { readonly endsAt: number; readonly level: number; readonly lowest: number };

/** Hourly means of the distance as levels, oldest first; hours whose echo was lost are left out. */
const hoursOf = (container: Container, buckets: readonly Bucket[]): readonly Hour[] =>
  buckets
    .flatMap(({ endsAt, mean, max }) => {
      const level = fillFraction(container, mean);
      return level === undefined ? [] : [{ endsAt, level, lowest: fillFraction(container, max) ?? level }];
    })
    .sort((a, b) => a.endsAt - b.endsAt);

/** Whether the level was up for two hours before and down for two from this hour on: a single false echo on either side is none. */
const fallsAt = (hours: readonly Hour[], index: number): boolean => {
  const [before, now, next] = [hours[index - 1], hours[index], hours[index + 1]];
  if (before === undefined || now === undefined || next === undefined) return false;
  const up = Math.min(before.level, hours[index - 2]?.level ?? before.level);
  return up - Math.max(now.level, next.level) >= EMPTYING_DROP;
};

/**
 * The emptyings that hourly buckets of a bin's distance show, oldest first. The last hour confirms the one before it, so an emptying is
 * told when the hour after it is over. Without readings for a while the two instants lie as far apart: nobody knows better.
 */
export const emptyings = (container: Container, buckets: readonly Bucket[]): readonly Emptying[] => {
  const hours = hoursOf(container, buckets);
  const found: Emptying[] = [];
  for (let index = 1; index < hours.length; index += 1) {
    if (!fallsAt(hours, index)) continue;
    const first = hours[index] as Hour;
    const previous = hours[index - 1] as Hour;
    // An hour in which a bin is emptied holds levels of both sides, so the next hour falls too: both are one emptying.
    while (fallsAt(hours, index + 1)) index += 1;
    const last = hours[index] as Hour;
    const levelAfter = Math.min(last.level, (hours[index + 1] as Hour).level);
    // The hour whose lowest level is down already is the one in which it was emptied, even by its last reading alone.
    const emptied = [previous, first].find(({ lowest }) => lowest - levelAfter <= ALREADY_DOWN) ?? last;
    found.push({
      after: emptied === previous ? previous.endsAt - HOUR_MS : previous.endsAt,
      before: emptied.endsAt,
      levelBefore: previous.level,
      levelAfter,
    });
  }
  return found;
};
