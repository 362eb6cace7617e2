import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { retreat } from './bounds.ts';
import { advance } from './clock.ts';
import { loadClock } from './clock-at.ts';
import { fitsStraight } from './fits-straight.ts';
import { hasRoomFor } from './room.ts';
import type { Timetable } from './timetable.ts';
import { tripRelease } from './trips.ts';

/**
 * Whether a stop can stand behind `after`, emptying at `siteBefore` ahead of it and at `siteBehind` after it (−1 = not), and the
 * rest of the route still keep its windows, breaks and the end of the shift: the clock at `after`, moved on over the new visits,
 * against the latest times of what follows. Takes a few steps, however long the route.
 */
export const fitsInTime = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): boolean => {
  if (!hasRoomFor(model, state, timetable, type, stop, after, siteBefore, siteBehind)) return false;
  const straight = fitsStraight(model, state, timetable, type, stop, after, siteBefore, siteBehind);
  if (straight !== 'unclear') return straight;
  const { clock } = timetable;
  loadClock(timetable, clock, model, after);
  let place = after < model.stopCount ? after : type.startPlace;
  const site = siteAt(model, siteBefore);
  if (site !== undefined) {
    if (advance(model, type, clock, place, site.place, 0) === Number.POSITIVE_INFINITY) return false;
    place = site.place;
  }
  const leaveAt = departureFor(model, state, type, stop, after, siteBefore, siteBehind);
  if (advance(model, type, clock, place, stop, leaveAt) === Number.POSITIVE_INFINITY) return false;
  place = stop;
  const siteThen = siteAt(model, siteBehind);
  if (siteThen !== undefined) {
    if (advance(model, type, clock, place, siteThen.place, 0) === Number.POSITIVE_INFINITY) return false;
    place = siteThen.place;
  }
  return reachesNext(model, state, timetable, type, place, after);
};

/** When a trip that begins with the stop may leave. */
const departureFor = (
  model: Model,
  state: State,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): number => {
  if (!model.hasReleases) return 0;
  const beginsTrip = siteBefore >= 0 || (after >= model.stopCount && !type.dayBefore.isUnderWay);
  if (!beginsTrip) return 0;
  const own = model.release[stop] as number;
  return siteBehind >= 0 ? own : Math.max(own, tripRelease(model, state, after));
};

const reachesNext = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  place: number,
  after: number,
): boolean => {
  const { clock, bounds, labels, latest } = timetable;
  const following = state.next[after] as number;
  for (let taken = 0; taken < labels; taken += 1) bounds[taken] = latest[following * labels + taken] as number;
  retreat(model, type, bounds, place, following < model.stopCount ? following : type.endPlace);
  for (let taken = 0; taken <= type.breaks.length; taken += 1) {
    if ((clock.time[taken] as number) <= (bounds[taken] as number)) return true;
  }
  return false;
};
