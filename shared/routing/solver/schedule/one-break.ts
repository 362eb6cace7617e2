import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, NO_BREAK } from './breaks.ts';
import type { Clock } from './clock.ts';

/**
 * One leg of a vehicle with at most one break and no travel profile, which nearly all are: what `advance` does for any, with most of it in
 * local variables.
 */

const NEVER = Number.POSITIVE_INFINITY;

/** One way to go the leg, as it is being tried. */
const leg = { time: 0, waited: 0, slack: 0 };

const rest = (from: number, to: number, seconds: number): boolean => {
  if (leg.time > to) return false;
  const wait = from - leg.time;
  if (wait > 0) {
    leg.waited += wait;
    leg.time = from;
  }
  leg.slack = Math.min(leg.slack, leg.waited + to - leg.time);
  leg.time += seconds;
  return true;
};

/** Waits for the first window of a place that has not closed, and serves there; false when that cannot be. */
const serve = (model: Model, { windows, shiftTo }: VehicleType, place: number): boolean => {
  let window = windows.first[place] as number;
  const end = windows.first[place + 1] as number;
  if (window < end) {
    while (window < end && leg.time > (windows.closes[window] as number)) window += 1;
    if (window === end) return false;
    const wait = (windows.opens[window] as number) - leg.time;
    if (wait > 0) {
      leg.waited += wait;
      leg.time += wait;
    }
    leg.slack = Math.min(leg.slack, leg.waited + (windows.closes[window] as number) - leg.time);
  }
  leg.time += model.service[place] as number;
  return leg.time <= shiftTo;
};

const begin = (clock: Clock, taken: number, leaveAt: number): void => {
  leg.time = clock.time[taken] as number;
  leg.waited = clock.waited[taken] as number;
  leg.slack = clock.slack[taken] as number;
  waitUntil(leaveAt);
};

const waitUntil = (time: number): void => {
  if (time <= leg.time) return;
  leg.waited += time - leg.time;
  leg.time = time;
};

const keep = (clock: Clock, taken: number, driving: number, choice: number): void => {
  clock.time[taken] = leg.time;
  clock.waited[taken] = leg.waited;
  clock.slack[taken] = leg.slack;
  clock.driving[taken] = driving;
  clock.choice[taken] = choice;
};

/** With the break on this leg, before leaving or on arrival, wherever that ends sooner than what the clock holds by now. */
const tryBreak = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  leaveAt: number,
  pause: VehicleType['breaks'][number],
): void => {
  const soonest = (clock.time[0] as number) + pause.seconds + seconds + (model.service[to] as number);
  if (soonest >= (clock.time[1] as number)) return;
  const driving = (clock.driving[0] as number) + seconds;
  begin(clock, 0, 0);
  if (rest(pause.from, pause.to, pause.seconds)) {
    waitUntil(leaveAt);
    leg.time += seconds;
    if (serve(model, type, to) && leg.time < (clock.time[1] as number)) keep(clock, 1, driving, BREAK_BEFORE_LEAVING);
  }
  begin(clock, 0, leaveAt);
  leg.time += seconds;
  if (!rest(pause.from, pause.to, pause.seconds)) return;
  if (serve(model, type, to) && leg.time < (clock.time[1] as number)) keep(clock, 1, driving, BREAK_ON_ARRIVAL);
};

/** Tries to go straight on with so many breaks taken; answers whether it can. */
const goOn = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  taken: number,
  to: number,
  seconds: number,
  leaveAt: number,
): boolean => {
  begin(clock, taken, leaveAt);
  leg.time += seconds;
  return serve(model, type, to);
};

/** Answers the earliest the vehicle can be done there, whatever the number of breaks; infinite when it cannot. */
export const advanceWithOneBreak = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  leaveAt: number,
): number => {
  const pause = type.breaks[0];
  const { time, driving } = clock;
  let earliest = NEVER;
  if (pause !== undefined && (time[1] as number) < NEVER) {
    if (goOn(model, type, clock, 1, to, seconds, leaveAt)) {
      keep(clock, 1, (driving[1] as number) + seconds, NO_BREAK);
      earliest = leg.time;
    } else time[1] = NEVER;
  }
  if ((time[0] as number) === NEVER) return earliest;
  const isServed = goOn(model, type, clock, 0, to, seconds, leaveAt) && (pause === undefined || leg.time <= pause.to);
  // Where the stop can be done before the break's window opens, it loses nothing by waiting until after it.
  if (pause !== undefined && (!isServed || leg.time >= pause.from)) {
    const { time: done, waited, slack } = leg;
    tryBreak(model, type, clock, to, seconds, leaveAt, pause);
    earliest = Math.min(earliest, time[1] as number);
    leg.time = done;
    leg.waited = waited;
    leg.slack = slack;
  }
  if (!isServed) {
    time[0] = NEVER;
    return earliest;
  }
  keep(clock, 0, (driving[0] as number) + seconds, NO_BREAK);
  return Math.min(earliest, leg.time);
};
