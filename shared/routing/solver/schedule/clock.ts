import type { Model } from '../model/model.ts';
import { arrivalTime, departureTime } from '../model/travel-profile.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { windowAt } from '../model/windows.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, NO_BREAK } from './breaks.ts';
import { secondsBetween } from './legs.ts';
import { advanceWithOneBreak } from './one-break.ts';

/**
 * The time of day of one vehicle as it goes from place to place, once for each number of breaks it may have taken so far: for
 * that number, the earliest it can be done where it stands. Infinite where that number is impossible.
 */
export type Clock = {
  readonly time: Float64Array;
  /** Waiting so far, and by how much the day's start could move later without breaking a window since. */
  readonly waited: Float64Array;
  readonly slack: Float64Array;
  /** At the wheel so far. */
  readonly driving: Float64Array;
  /** How the last leg took the break that makes this number; `NO_BREAK` when it took none. */
  readonly choice: Int8Array;
  /** It has not left yet. */
  fresh: boolean;
};

export const createClock = (model: Model): Clock => ({
  time: new Float64Array(model.mostBreaks + 1),
  waited: new Float64Array(model.mostBreaks + 1),
  slack: new Float64Array(model.mostBreaks + 1),
  driving: new Float64Array(model.mostBreaks + 1),
  choice: new Int8Array(model.mostBreaks + 1),
  fresh: true,
});

const DEAD = Number.POSITIVE_INFINITY;

/** Sets the clock to the beginning of what is open of the vehicle's day. */
export const startClock = (clock: Clock, type: VehicleType): void => {
  clock.time.fill(DEAD);
  clock.time[0] = type.leavesFrom;
  clock.waited[0] = 0;
  clock.slack[0] = DEAD;
  clock.driving[0] = 0;
  clock.fresh = true;
};

/** One leg as it is being tried. */
const leg = { time: 0, waited: 0, slack: 0, driving: 0 };

const drive = (type: VehicleType, leaves: number, seconds: number): number =>
  type.profile === undefined ? leaves + seconds : arrivalTime(type.profile, leaves, seconds);

const load = (clock: Clock, taken: number): void => {
  leg.time = clock.time[taken] as number;
  leg.waited = clock.waited[taken] as number;
  leg.slack = clock.slack[taken] as number;
  leg.driving = clock.driving[taken] as number;
};

/** Waiting is worth a later start; under a travel profile only on the first leg, where `serve` sees to it. */
const waitUntil = (type: VehicleType, time: number): void => {
  if (time <= leg.time) return;
  if (type.profile === undefined) leg.waited += time - leg.time;
  leg.time = time;
};

const keepOpen = (closes: number): void => {
  leg.slack = Math.min(leg.slack, leg.waited + closes - leg.time);
};

const rest = (type: VehicleType, due: number): boolean => {
  const pause = type.breaks[due];
  if (pause === undefined || leg.time > pause.to) return false;
  waitUntil(type, pause.from);
  keepOpen(pause.to);
  leg.time += pause.seconds;
  return true;
};

/** Drives to a place and serves there; false when that cannot be. */
const serve = (
  model: Model,
  type: VehicleType,
  to: number,
  seconds: number,
  breakOnArrival: number,
  isFirstLeg: boolean,
): boolean => {
  const leaves = leg.time;
  leg.time = drive(type, leaves, seconds);
  leg.driving += leg.time - leaves;
  if (breakOnArrival >= 0 && !rest(type, breakOnArrival)) return false;
  const window = windowAt(type.windows, to, leg.time);
  if (window === -1) return false;
  if (window >= 0) {
    const opens = type.windows.opens[window] as number;
    if (isFirstLeg && type.profile !== undefined && opens > leg.time && breakOnArrival < 0) {
      const later = departureTime(type.profile, opens, seconds);
      leg.waited = later - type.leavesFrom;
      leg.driving = opens - later;
    }
    waitUntil(type, opens);
    keepOpen(type.profile === undefined ? (type.windows.closes[window] as number) : DEAD);
  }
  leg.time += model.service[to] as number;
  return leg.time <= type.shiftTo;
};

const keep = (clock: Clock, taken: number, choice: number): void => {
  clock.time[taken] = leg.time;
  clock.waited[taken] = leg.waited;
  clock.slack[taken] = leg.slack;
  clock.driving[taken] = leg.driving;
  clock.choice[taken] = choice;
};

/** Whether the break that is due after `taken` others could, on this leg, end sooner than what the clock holds by now. */
const mayBreakSooner = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  taken: number,
): boolean => {
  const then = clock.time[taken + 1] as number;
  if (then === DEAD || type.profile !== undefined) return true;
  const pause = type.breaks[taken]?.seconds ?? 0;
  return (clock.time[taken] as number) + pause + seconds + (model.service[to] as number) < then;
};

/** With the break that is due after `taken` others on this leg, wherever that ends sooner than what the clock holds by now. */
const tryBreaks = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  leaveAt: number,
  taken: number,
): void => {
  if (!mayBreakSooner(model, type, clock, to, seconds, taken)) return;
  const fresh = clock.fresh;
  load(clock, taken);
  if (rest(type, taken)) {
    waitUntil(type, leaveAt);
    if (serve(model, type, to, seconds, -1, false) && leg.time < (clock.time[taken + 1] as number)) {
      keep(clock, taken + 1, BREAK_BEFORE_LEAVING);
    }
  }
  load(clock, taken);
  waitUntil(type, leaveAt);
  if (serve(model, type, to, seconds, taken, fresh) && leg.time < (clock.time[taken + 1] as number)) {
    keep(clock, taken + 1, BREAK_ON_ARRIVAL);
  }
};

/** The latest that a vehicle may be done somewhere and still take its next break behind it; endless when none is due. */
const lastCall = (type: VehicleType, taken: number): number => type.breaks[taken]?.to ?? DEAD;

/** One leg with any number of breaks and any travel profile; answers the earliest the vehicle can be done there. */
const advanceWithBreaks = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  leaveAt: number,
): number => {
  let earliest = DEAD;
  for (let taken = type.breaks.length; taken >= 0; taken -= 1) {
    if ((clock.time[taken] as number) === DEAD) continue;
    load(clock, taken);
    waitUntil(type, leaveAt);
    const isServed = serve(model, type, to, seconds, -1, clock.fresh) && leg.time <= lastCall(type, taken);
    const straightOn = isServed ? leg.time : DEAD;
    const due = type.breaks[taken];
    // Where the stop can be done before the window of the last break opens, it loses nothing by waiting until after it; one that
    // another follows may have to be taken sooner.
    if (due !== undefined && (straightOn >= due.from || taken + 1 < type.breaks.length)) {
      const { waited, slack, driving } = leg;
      tryBreaks(model, type, clock, to, seconds, leaveAt, taken);
      if ((clock.time[taken + 1] as number) > lastCall(type, taken + 1)) clock.time[taken + 1] = DEAD;
      earliest = Math.min(earliest, clock.time[taken + 1] as number);
      leg.time = straightOn;
      leg.waited = waited;
      leg.slack = slack;
      leg.driving = driving;
    }
    if (straightOn === DEAD) clock.time[taken] = DEAD;
    else keep(clock, taken, NO_BREAK);
    earliest = Math.min(earliest, straightOn);
  }
  return earliest;
};

/**
 * Lets the vehicle drive for so many seconds to a place, leaving not before `leaveAt`, and serve there. Answers the earliest it can be done
 * there, whatever the number of breaks; infinite when it cannot.
 */
export const advanceBy = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  to: number,
  seconds: number,
  leaveAt: number,
): number => {
  if (seconds === DEAD) {
    clock.time.fill(DEAD);
    return DEAD;
  }
  const hasOneBreak = type.profile === undefined && type.breaks.length <= 1;
  const advanceOn = hasOneBreak ? advanceWithOneBreak : advanceWithBreaks;
  const earliest = advanceOn(model, type, clock, to, seconds, leaveAt);
  clock.fresh = false;
  return earliest;
};

/** The same for the way between two places. */
export const advance = (
  model: Model,
  type: VehicleType,
  clock: Clock,
  from: number,
  to: number,
  leaveAt: number,
): number => advanceBy(model, type, clock, to, secondsBetween(model, type, from, to), leaveAt);

/** When the day that is being tried begins: as late as costs no time at its end. */
const dayStart = (type: VehicleType): number =>
  type.dayBefore.hasBegun ? type.vehicle.shift[0] : type.leavesFrom + Math.min(leg.waited, leg.slack);

/** What the day that is being tried costs if it ends now; infinite when it is too long or too much of it is driven. */
const dayCost = (type: VehicleType): number => {
  if (leg.time > type.shiftTo || leg.driving > type.maxDriving) return DEAD;
  const duty = leg.time - dayStart(type);
  return duty > type.maxDuty ? DEAD : type.costPerSecond * duty + type.balanceCost * duty * duty;
};

/** A break is owed only by who is still on duty when its window opens. */
const owesBreak = (type: VehicleType, taken: number, time: number): boolean => {
  const due = type.breaks[taken];
  return due !== undefined && time > due.from;
};

/**
 * A whole day: what its time costs, when it begins and ends, how long it waits and by how much it could begin later, how many breaks
 * were taken by its end, and how its last leg took one.
 */
export type DayEnd = {
  cost: number;
  startsAt: number;
  time: number;
  waited: number;
  slack: number;
  taken: number;
  choice: number;
};

export const createDayEnd = (): DayEnd => ({
  cost: 0,
  startsAt: 0,
  time: 0,
  waited: 0,
  slack: 0,
  taken: 0,
  choice: NO_BREAK,
});

const offerEnd = (type: VehicleType, end: DayEnd, taken: number, choice: number): void => {
  const all = choice === NO_BREAK ? taken : taken + 1;
  if (owesBreak(type, all, leg.time)) return;
  const cost = dayCost(type);
  if (cost >= end.cost) return;
  end.cost = cost;
  end.startsAt = dayStart(type);
  end.time = leg.time;
  end.waited = leg.waited;
  end.slack = leg.slack;
  end.taken = all;
  end.choice = choice;
};

const driveHome = (type: VehicleType, seconds: number): void => {
  const leaves = leg.time;
  leg.time = drive(type, leaves, seconds);
  leg.driving += leg.time - leaves;
};

/** Sends the vehicle to where its day ends; `end.cost` is infinite when it cannot end it. The clock stays as it is. */
export const endDay = (model: Model, type: VehicleType, clock: Clock, from: number, end: DayEnd): void => {
  end.cost = DEAD;
  const seconds = (model.duration[from * model.placeCount + type.endPlace] as number) * type.pace;
  for (let taken = 0; taken <= type.breaks.length; taken += 1) {
    if ((clock.time[taken] as number) === DEAD) continue;
    load(clock, taken);
    driveHome(type, seconds);
    offerEnd(type, end, taken, NO_BREAK);
    if (taken === type.breaks.length) continue;
    load(clock, taken);
    if (rest(type, taken)) {
      driveHome(type, seconds);
      offerEnd(type, end, taken, BREAK_BEFORE_LEAVING);
    }
    load(clock, taken);
    driveHome(type, seconds);
    if (rest(type, taken)) offerEnd(type, end, taken, BREAK_ON_ARRIVAL);
  }
};
