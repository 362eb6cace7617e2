import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { advance, type Clock, endDay } from './clock.ts';
import { loadClock } from './clock-at.ts';
import type { Timetable } from './timetable.ts';

/**
 * What the day of a route costs once a stop stands in it, found by driving on from there, only until the rest of the day is known
 * to be what it is now, so much later.
 */

/** How much later the vehicle is done at a node than it was, and how much longer it has waited by then. */
const shift = { time: 0, waited: 0, slack: 0 };

/** Whether the clock shows at a node what the timetable has there but for one shift, and the vehicle never waits behind it. */
const isShifted = (timetable: Timetable, clock: Clock, node: number, waitedAll: number): boolean => {
  const { labels, time, waited } = timetable;
  let isFirst = true;
  for (let taken = 0; taken < labels; taken += 1) {
    const at = node * labels + taken;
    const now = clock.time[taken] as number;
    const then = time[at] as number;
    if (now === Number.POSITIVE_INFINITY && then === now) continue;
    if (now === Number.POSITIVE_INFINITY || then === Number.POSITIVE_INFINITY) return false;
    if (Math.abs((waited[at] as number) - waitedAll) > CLOSE) return false;
    const later = now - then;
    const waitedMore = (clock.waited[taken] as number) - (waited[at] as number);
    // Who comes earlier may wait where nobody waited.
    if (later < -CLOSE) return false;
    if (isFirst) {
      shift.time = later;
      shift.waited = waitedMore;
      shift.slack = clock.slack[taken] as number;
      isFirst = false;
    } else if (Math.abs(later - shift.time) > CLOSE || Math.abs(waitedMore - shift.waited) > CLOSE) return false;
    else shift.slack = Math.min(shift.slack, clock.slack[taken] as number);
  }
  return !isFirst;
};

/** Sums in another order differ by less, in seconds. */
const CLOSE = 1e-6;

/** What the day costs when all of it behind some node comes by so much later; −1 where a window could close by then. */
const shiftedDayCost = (type: VehicleType, { dayEnd, dayWaited, daySlack }: Timetable, route: number): number => {
  const slack = daySlack[route] as number;
  // Windows behind the node are open for as much longer than they are needed, or more.
  if (shift.time > slack - (dayWaited[route] as number)) return -1;
  const later = Math.min((dayWaited[route] as number) + shift.waited, shift.slack);
  if (later > slack + shift.waited - shift.time) return -1;
  const startsAt = type.dayBefore.hasBegun ? type.vehicle.shift[0] : type.leavesFrom + later;
  const duty = (dayEnd[route] as number) + shift.time - startsAt;
  return type.costPerSecond * duty + type.balanceCost * duty * duty;
};

/** Whether a shift says all about a day: nothing depends on the hour but windows and breaks, and no sum over the day is bounded. */
const mayShift = (model: Model, type: VehicleType): boolean =>
  !model.hasReleases &&
  type.profile === undefined &&
  !Number.isFinite(type.maxDuty) &&
  !Number.isFinite(type.maxDriving);

/**
 * Drives a route from `after` on with a stop behind it, emptying at `siteBefore` ahead of the stop and at `siteBehind` after it (−1
 * = not). Answers what the day's time costs then; infinite when it cannot be driven. Where trips may have to wait for releases, whole
 * orders have to be walked instead.
 */
export const driveOn = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  route: number,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): number => {
  const { clock, end } = timetable;
  const sentinel = model.stopCount + route;
  const shifts = mayShift(model, type);
  const waitedAll = timetable.dayWaited[route] as number;
  loadClock(timetable, clock, model, after);
  let place = after < model.stopCount ? after : type.startPlace;
  let site = siteAt(model, siteBefore);
  let node = stop;
  for (;;) {
    if (site !== undefined) {
      if (advance(model, type, clock, place, site.place, 0) === CANNOT) return CANNOT;
      place = site.place;
    }
    if (node === sentinel) break;
    if (advance(model, type, clock, place, node, 0) === CANNOT) return CANNOT;
    place = node;
    if (node === stop) {
      site = siteAt(model, siteBehind);
      node = state.next[after] as number;
      continue;
    }
    const cost = shifts && isShifted(timetable, clock, node, waitedAll) ? shiftedDayCost(type, timetable, route) : -1;
    if (cost >= 0) return cost;
    site = siteAt(model, state.siteAfter[node] as number);
    node = state.next[node] as number;
  }
  endDay(model, type, clock, place, end);
  return end.cost;
};

const CANNOT = Number.POSITIVE_INFINITY;
