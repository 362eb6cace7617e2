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
  const { labels, owner } = timetable;
  const { placeCount, duration, service, sites, windows } = model;
  const route = sentinel - model.stopCount;
  const before = type.breaks[taken]?.from ?? NEVER;
  let time = timetable.time[first * labels + taken] as number;
  let waited = timetable.waited[first * labels + taken] as number;
  let slack = timetable.slack[first * labels + taken] as number;
  let driving = timetable.driving[first * labels + taken] as number;
  let node = first;
  let place = first === sentinel ? type.startPlace : first;
  let site = state.siteAfter[first] as number;
  let following = state.next[first] as number;
  for (;;) {
    if (site < 0 && following === sentinel) return node;
    const to = site < 0 ? following : (sites[site] as DisposalPlace).place;
    const way = duration[place * placeCount + to] as number;
    if (way >= UNREACHABLE) return node;
    const seconds = way * type.pace;
    time += seconds;
    driving += seconds;
    let window = windows.first[to] as number;
    const end = windows.first[to + 1] as number;
    if (window < end) {
      while (window < end && time > (windows.closes[window] as number)) window += 1;
      if (window === end) return node;
      const wait = (windows.opens[window] as number) - time;
      if (wait > 0) {
        waited += wait;
        time += wait;
      }
      slack = Math.min(slack, waited + (windows.closes[window] as number) - time);
    }
    time += service[to] as number;
    if (time > type.shiftTo || time >= before) return node;
    place = to;
    if (site >= 0) {
      site = -1;
      continue;
    }
    node = following;
    const at = node * labels;
    for (let label = 0; label < labels; label += 1) timetable.time[at + label] = NEVER;
    timetable.time[at + taken] = time;
    timetable.waited[at + taken] = waited;
    timetable.slack[at + taken] = slack;
    timetable.driving[at + taken] = driving;
    owner[node] = route;
    site = state.siteAfter[node] as number;
    following = state.next[node] as number;
  }
};
