import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { NO_BREAK } from './breaks.ts';
import type { Clock } from './clock.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * A leg without a break and a travel profile, which is nearly every leg: what `serve` does, in local variables. Answers whether
 * the vehicle is done there before `before`; only then the clock moves on.
 */
const goStraight = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  taken: number,
  to: number,
  seconds: number,
  leaveAt: number,
  before: number,
): boolean => {
  const { first, opens, closes } = type.windows;
  let time = clock.time[taken] as number;
  let waited = clock.waited[taken] as number;
  let slack = clock.slack[taken] as number;
  if (leaveAt > time) {
    waited += leaveAt - time;
    time = leaveAt;
  }
  time += seconds;
  let window = first[to] as number;
  const end = first[to + 1] as number;
  if (window < end) {
    while (window < end && time > (closes[window] as number)) window += 1;
    if (window === end) return false;
    const wait = (opens[window] as number) - time;
    if (wait > 0) {
      waited += wait;
      time += wait;
    }
    slack = Math.min(slack, waited + (closes[window] as number) - time);
  }
  time += model.service[to] as number;
  if (time > type.shiftTo || time >= before) return false;
  clock.time[taken] = time;
  clock.waited[taken] = waited;
  clock.slack[taken] = slack;
  clock.driving[taken] = (clock.driving[taken] as number) + seconds;
  clock.choice[taken] = NO_BREAK;
  return true;
};

/** Goes straight where no break has to be thought of: none is left, or the window of the last opens later. False where one has. */
export const isSettledStraight = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  taken: number,
  to: number,
  seconds: number,
  leaveAt: number,
): boolean => {
  const due = type.breaks[taken];
  if (type.profile !== undefined || (due !== undefined && taken + 1 < type.breaks.length)) return false;
  if (goStraight(model, type, clock, taken, to, seconds, leaveAt, due?.from ?? NEVER)) return true;
  if (due !== undefined) return false;
  clock.time[taken] = NEVER;
  return true;
};
