import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, NO_BREAK } from './breaks.ts';
import type { Clock } from './clock.ts';
import { createGoing, drive, goOn, serve } from './going.ts';

/**
 * One leg of a vehicle with at most one break and no travel profile, which nearly all are: what `advance` does for any, with most of it in
 * local variables.
 */

const NEVER = Number.POSITIVE_INFINITY;

/** One way to go the leg, as it is being tried. */
const leg = createGoing();

const rest = (from: number, to: number, seconds: number): boolean => {
  if (leg.time > to) return false;
  waitUntil(from);
  leg.slack = Math.min(leg.slack, leg.waited + to - leg.time);
  leg.time += seconds;
  return true;
};

const begin = (clock: Clock, taken: number, leaveAt: number): void => {
  leg.time = clock.time[taken] as number;
  leg.waited = clock.waited[taken] as number;
  leg.slack = clock.slack[taken] as number;
  leg.driving = clock.driving[taken] as number;
  waitUntil(leaveAt);
};

const waitUntil = (time: number): void => {
  if (time <= leg.time) return;
  leg.waited += time - leg.time;
  leg.time = time;
};

const keep = (clock: Clock, taken: number, choice: number): void => {
  clock.time[taken] = leg.time;
  clock.waited[taken] = leg.waited;
  clock.slack[taken] = leg.slack;
  clock.driving[taken] = leg.driving;
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
  begin(clock, 0, 0);
  if (rest(pause.from, pause.to, pause.seconds)) {
    waitUntil(leaveAt);
    const isServed = goOn(leg, model, type, seconds, to);
    if (isServed && leg.time < (clock.time[1] as number)) keep(clock, 1, BREAK_BEFORE_LEAVING);
  }
  begin(clock, 0, leaveAt);
  drive(leg, seconds);
  if (!rest(pause.from, pause.to, pause.seconds)) return;
  if (serve(leg, model, type, to) && leg.time < (clock.time[1] as number)) keep(clock, 1, BREAK_ON_ARRIVAL);
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
  const { time } = clock;
  let earliest = NEVER;
  if (pause !== undefined && (time[1] as number) < NEVER) {
    begin(clock, 1, leaveAt);
    if (goOn(leg, model, type, seconds, to)) {
      keep(clock, 1, NO_BREAK);
      earliest = leg.time;
    } else time[1] = NEVER;
  }
  if ((time[0] as number) === NEVER) return earliest;
  begin(clock, 0, leaveAt);
  const isServed = goOn(leg, model, type, seconds, to) && (pause === undefined || leg.time <= pause.to);
  // Where the stop can be done before the break's window opens, it loses nothing by waiting until after it.
  if (pause !== undefined && (!isServed || leg.time >= pause.from)) {
    const { time: done, waited, slack, driving } = leg;
    tryBreak(model, type, clock, to, seconds, leaveAt, pause);
    earliest = Math.min(earliest, time[1] as number);
    leg.time = done;
    leg.waited = waited;
    leg.slack = slack;
    leg.driving = driving;
  }
  if (!isServed) {
    time[0] = NEVER;
    return earliest;
  }
  keep(clock, 0, NO_BREAK);
  return Math.min(earliest, leg.time);
};
