import type { Model } from '../model/model.ts';
import type { Clock } from './clock.ts';
import type { Timetable } from './timetable.ts';

/** What a clock shows when a vehicle is done at a node, kept in the timetable. */

/** Keeps what the timetable's clock shows for a node. */
export const saveClock = (timetable: Timetable, node: number): void => {
  const { labels, clock } = timetable;
  for (let taken = 0; taken < labels; taken += 1) {
    const at = node * labels + taken;
    timetable.time[at] = clock.time[taken] as number;
    timetable.waited[at] = clock.waited[taken] as number;
    timetable.slack[at] = clock.slack[taken] as number;
    timetable.driving[at] = clock.driving[taken] as number;
  }
};

/** Sets a clock to what it shows when the vehicle is done at a node. */
export const loadClock = (timetable: Timetable, clock: Clock, model: Model, node: number): void => {
  const { labels } = timetable;
  for (let taken = 0; taken < labels; taken += 1) {
    const at = node * labels + taken;
    clock.time[taken] = timetable.time[at] as number;
    clock.waited[taken] = timetable.waited[at] as number;
    clock.slack[taken] = timetable.slack[at] as number;
    clock.driving[taken] = timetable.driving[at] as number;
  }
  clock.fresh = node >= model.stopCount;
};

/** The earliest that a vehicle can be done at a node, whatever the number of breaks. */
export const soonestAt = ({ labels, time }: Timetable, node: number): number => {
  let soonest = Number.POSITIVE_INFINITY;
  for (let taken = 0; taken < labels; taken += 1) soonest = Math.min(soonest, time[node * labels + taken] as number);
  return soonest;
};

/** The earliest of a clock's times. */
export const earliest = ({ time }: Clock): number => {
  let first = Number.POSITIVE_INFINITY;
  for (let taken = 0; taken < time.length; taken += 1) first = Math.min(first, time[taken] as number);
  return first;
};
