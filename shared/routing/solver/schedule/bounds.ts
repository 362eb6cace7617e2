import { type Model, UNREACHABLE } from '../model/model.ts';
import { departureTime } from '../model/travel-profile.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { latestStart } from '../model/windows.ts';

/**
 * How late a vehicle may be, for each number of breaks it has taken: the mirror image of the clock (M. W. P. Savelsbergh, "The
 * Vehicle Routing Problem with Time Windows: Minimizing Route Duration", ORSA Journal on Computing 4 (1992) 146–154). Knows
 * windows, breaks, driving and the end of the shift, not the longest day or the longest time at the wheel.
 */
export type Bounds = Float64Array;

const NEVER = Number.NEGATIVE_INFINITY;

/** Latest arrivals where the day ends. A break that is still due is owed once its window has opened. */
export const boundsAtEnd = (type: VehicleType, bounds: Bounds): void => {
  for (let taken = 0; taken < bounds.length; taken += 1) {
    const due = type.breaks[taken];
    if (taken > type.breaks.length) bounds[taken] = NEVER;
    else bounds[taken] = due === undefined ? type.shiftTo : Math.min(type.shiftTo, due.from);
  }
};

const departure = (type: VehicleType, arrives: number, seconds: number): number => {
  if (arrives === NEVER) return NEVER;
  return type.profile === undefined ? arrives - seconds : departureTime(type.profile, arrives, seconds);
};

/** Latest time to leave with so many breaks taken, taking the next one on the way. */
const departureWithBreak = (type: VehicleType, ready: number, seconds: number, taken: number): number => {
  const due = type.breaks[taken];
  if (due === undefined || ready === NEVER) return NEVER;
  const onArrival = due.from + due.seconds <= ready ? Math.min(due.to, ready - due.seconds) : NEVER;
  const leaves = departure(type, ready, seconds);
  const beforeLeaving = due.from + due.seconds <= leaves ? Math.min(due.to, leaves - due.seconds) : NEVER;
  return Math.max(beforeLeaving, departure(type, onArrival, seconds));
};

/** Turns latest arrivals at `to` into the latest times to be done at `from`. */
export const retreat = (model: Model, type: VehicleType, bounds: Bounds, from: number, to: number): void => {
  const way = model.duration[from * model.placeCount + to] as number;
  if (way >= UNREACHABLE) {
    bounds.fill(NEVER);
    return;
  }
  const seconds = way * type.pace;
  for (let taken = 0; taken <= type.breaks.length; taken += 1) {
    const straightOn = departure(type, bounds[taken] as number, seconds);
    const withBreak =
      taken < type.breaks.length ? departureWithBreak(type, bounds[taken + 1] as number, seconds, taken) : NEVER;
    bounds[taken] = Math.max(straightOn, withBreak);
  }
};

/** Turns the latest times to be done at a place into latest arrivals there. */
export const beforeService = (model: Model, type: VehicleType, bounds: Bounds, place: number): void => {
  const service = model.service[place] as number;
  for (let taken = 0; taken <= type.breaks.length; taken += 1) {
    const done = bounds[taken] as number;
    bounds[taken] = done === NEVER ? NEVER : latestStart(type.windows, place, done - service);
  }
};
