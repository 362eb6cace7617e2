import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { followBreakStretch } from './break-stretch.ts';
import { advance, advanceBy, type Clock, endDay } from './clock.ts';
import { earliest, loadClock, saveClock } from './clock-at.ts';
import { followStretch } from './straight-stretch.ts';
import type { Timetable } from './timetable.ts';
import { tripRelease } from './trips.ts';

/** Drives along a route as it stands and writes down when the vehicle is done where. */

const CANNOT = Number.POSITIVE_INFINITY;

/** Moves the clock on from a node over the disposal visit behind it, if there is one. Answers where the vehicle then is; −1 when it cannot. */
const empty = (model: Model, state: State, clock: Clock, type: VehicleType, node: number): number => {
  const place = node < model.stopCount ? node : type.startPlace;
  const site = siteAt(model, state.siteAfter[node] as number);
  if (site === undefined) return place;
  return advance(model, type, clock, place, site.place, 0) === CANNOT ? -1 : site.place;
};

/**
 * Follows the route forward from a node at which the clock is known, where neither releases nor travel profiles count. Answers where
 * the vehicle is when nothing is left but the way to the day's end; −1 when the route cannot be driven.
 */
const followPlain = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): number => {
  const { clock } = timetable;
  const { away, fromSite } = timetable.legs;
  for (let node = first; ; ) {
    node = followStretch(model, state, timetable, type, sentinel, node);
    node = followBreakStretch(model, state, timetable, type, sentinel, node);
    node = followStretch(model, state, timetable, type, sentinel, node);
    loadClock(timetable, clock, model, node);
    const site = siteAt(model, state.siteAfter[node] as number);
    let place = node < model.stopCount ? node : type.startPlace;
    let seconds = away[node] as number;
    if (site !== undefined) {
      if (advanceBy(model, type, clock, site.place, seconds, 0) === CANNOT) return -1;
      place = site.place;
      seconds = fromSite[node] as number;
    }
    node = state.next[node] as number;
    if (node === sentinel) return place;
    if (advanceBy(model, type, clock, node, seconds, 0) === CANNOT) return -1;
    saveClock(timetable, node);
    timetable.owner[node] = sentinel - model.stopCount;
  }
};

/** The same for any route. */
const follow = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): number => {
  const { clock } = timetable;
  loadClock(timetable, clock, model, first);
  let departed = timetable.departed[first] as number;
  for (let node = first; ; ) {
    const place = empty(model, state, clock, type, node);
    const beginsTrip = (state.siteAfter[node] as number) >= 0 || (node === sentinel && !type.dayBefore.isUnderWay);
    let leaveAt = 0;
    if (model.hasReleases && beginsTrip) {
      leaveAt = tripRelease(model, state, node);
      departed = Math.max(leaveAt, earliest(clock));
    }
    node = state.next[node] as number;
    if (place < 0 || node === sentinel) return place;
    if (advance(model, type, clock, place, node, leaveAt) === CANNOT) return -1;
    if (model.hasReleases && (model.release[node] as number) > departed) return -1;
    saveClock(timetable, node);
    timetable.owner[node] = sentinel - model.stopCount;
    timetable.departed[node] = departed;
  }
};

/** Follows the route forward from a node at which the clock is known; false when it cannot be driven. */
export const goForward = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): boolean => {
  const { clock, end } = timetable;
  const isPlain = !model.hasReleases && type.profile === undefined;
  const place = isPlain
    ? followPlain(model, state, timetable, type, sentinel, first)
    : follow(model, state, timetable, type, sentinel, first);
  if (place < 0) return false;
  endDay(model, type, clock, place, end);
  return end.cost < Number.POSITIVE_INFINITY;
};
