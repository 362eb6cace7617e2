import { type DisposalPlace, type Model, UNREACHABLE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import type { Timetable } from './timetable.ts';

/**
 * Stretches of a route on which no break has to be thought of: one number of breaks is possible, and none is left to take, or the
 * window of the last opens later. Most of a day is such; there a leg is a few sums in local variables.
 */

const NEVER = Number.POSITIVE_INFINITY;

/** The only number of breaks that is possible and leads on straight; −1 when there is more to think of. */
const onlyLabel = (timetable: Timetable, type: VehicleType, node: number): number => {
  const { labels, time } = timetable;
  let only = -1;
  for (let taken = 0; taken < labels; taken += 1) {
    if ((time[node * labels + taken] as number) === NEVER) continue;
    if (only >= 0) return -1;
    only = taken;
  }
  return only < type.breaks.length - 1 ? -1 : only;
};

/** The vehicle as it goes: what the timetable keeps of it at a node. */
const now = { time: 0, waited: 0, slack: 0, driving: 0 };

const load = (timetable: Timetable, at: number): void => {
  now.time = timetable.time[at] as number;
  now.waited = timetable.waited[at] as number;
  now.slack = timetable.slack[at] as number;
  now.driving = timetable.driving[at] as number;
};

const save = (timetable: Timetable, node: number, taken: number): void => {
  const { labels, time } = timetable;
  for (let label = 0; label < labels; label += 1) time[node * labels + label] = NEVER;
  const at = node * labels + taken;
  time[at] = now.time;
  timetable.waited[at] = now.waited;
  timetable.slack[at] = now.slack;
  timetable.driving[at] = now.driving;
};

/** Waits for the first window of a place that has not closed; false when all have. */
const enter = ({ windows }: VehicleType, place: number): boolean => {
  let window = windows.first[place] as number;
  const end = windows.first[place + 1] as number;
  if (window === end) return true;
  while (window < end && now.time > (windows.closes[window] as number)) window += 1;
  if (window === end) return false;
  const wait = (windows.opens[window] as number) - now.time;
  if (wait > 0) {
    now.waited += wait;
    now.time += wait;
  }
  now.slack = Math.min(now.slack, now.waited + (windows.closes[window] as number) - now.time);
  return true;
};

/** Drives on and serves; false when that cannot be done before `before` and the end of the shift. */
const go = (model: Model, type: VehicleType, from: number, to: number, before: number): boolean => {
  const way = model.duration[from * model.placeCount + to] as number;
  if (way >= UNREACHABLE) return false;
  const seconds = way * type.pace;
  now.time += seconds;
  now.driving += seconds;
  if (!enter(type, to)) return false;
  now.time += model.service[to] as number;
  return now.time <= type.shiftTo && now.time < before;
};

/**
 * Goes on from a node whose times are known as far as that is straight, and writes the times of all nodes on the way. Answers the
 * last of them: behind it, breaks have to be thought of, or the route ends, or cannot be driven. Knows neither travel profiles nor releases.
 */
export const followStretch = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): number => {
  const taken = onlyLabel(timetable, type, first);
  if (taken < 0) return first;
  const before = type.breaks[taken]?.from ?? NEVER;
  load(timetable, first * timetable.labels + taken);
  let node = first;
  let place = first === sentinel ? type.startPlace : first;
  for (;;) {
    const site = state.siteAfter[node] as number;
    if (site >= 0) {
      const sitePlace = (model.sites[site] as DisposalPlace).place;
      if (!go(model, type, place, sitePlace, before)) return node;
      place = sitePlace;
    }
    const following = state.next[node] as number;
    if (following === sentinel || !go(model, type, place, following, before)) return node;
    node = following;
    place = following;
    save(timetable, node, taken);
    timetable.owner[node] = sentinel - model.stopCount;
  }
};
