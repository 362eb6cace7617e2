import type { Container } from '../city/entities.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { Bucket } from '../telemetry/reading-store.ts';
import { fillFraction } from './container.ts';
import { eventsAsTheyStand, type FillEvent, follow, NEW_TRACK } from './fill-track.ts';
import { type Look, looksOf } from './looks.ts';

/**
 * A bin was emptied somewhere between two instants (UTC epoch milliseconds): its level fell and stayed down. Levels are fractions of the
 * capacity, before the fall and after it.
 */
export type Emptying = Pick<FillEvent, 'after' | 'before' | 'levelBefore' | 'levelAfter'>;

/** Emptyings and compactions that a bin's readings show, oldest first; order and repetition of the readings do not matter. */
export const fillEvents = (container: Container, readings: readonly Reading[]): readonly FillEvent[] =>
  eventsAsTheyStand(follow(NEW_TRACK, looksOf(container, readings)));

/**
 * The emptyings that a bin's readings show, oldest first: falls by more than half that at least two readings confirm. Without readings for
 * a while the two instants lie as far apart: nobody knows better.
 */
export const emptyings = (container: Container, readings: readonly Reading[]): readonly Emptying[] =>
  fillEvents(container, readings)
    .filter(({ kind }) => kind === 'emptying')
    .map(({ after, before, levelBefore, levelAfter }) => ({ after, before, levelBefore, levelAfter }));

const HALF_HOUR_MS = 1_800_000;

/** The same from one sensor's hourly means, for where a whole city is counted at once: within the hours on either side of the fall. */
export const emptyingsOfHours = (container: Container, buckets: readonly Bucket[]): readonly Emptying[] => {
  const looks = buckets.flatMap(({ sensorId, endsAt, mean }): readonly Look[] => {
    const level = fillFraction(container, mean);
    return level === undefined ? [] : [{ at: endsAt - HALF_HOUR_MS, channel: sensorId, level }];
  });
  return eventsAsTheyStand(
    follow(
      NEW_TRACK,
      looks.sort((a, b) => a.at - b.at),
    ),
  )
    .filter(({ kind }) => kind === 'emptying')
    .map(({ after, before, levelBefore, levelAfter }) => ({
      after: after - HALF_HOUR_MS,
      before: before + HALF_HOUR_MS,
      levelBefore,
      levelAfter,
    }));
};
