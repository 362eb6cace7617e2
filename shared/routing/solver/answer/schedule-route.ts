import type { Route } from '../../solution.ts';
import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { BREAK_BEFORE_LEAVING, BREAK_ON_ARRIVAL, NO_BREAK } from '../schedule/breaks.ts';
import { advance, createClock, createDayEnd, endDay, startClock } from '../schedule/clock.ts';
import type { RouteOrder } from '../snapshot.ts';
import { type Day, driveTo, empty, holdDeparture, rest, serveStop, timesAt, toRoute } from './day.ts';
import { writeDoneVisits } from './done-visits.ts';

/** A leg of the day ahead: to a stop (`site` −1) or a disposal site, and whether a break is taken on it. */
type Leg = { readonly place: number; readonly site: number; readonly leaveAt: number; choice: number };

const releaseFrom = (model: Model, { stops, sites }: RouteOrder, first: number): number => {
  let release = 0;
  for (let at = first; at < stops.length; at += 1) {
    release = Math.max(release, model.release[stops[at] as number] as number);
    if ((sites[at + 1] as number) >= 0) break;
  }
  return release;
};

const legsOf = (model: Model, type: VehicleType, order: RouteOrder): Leg[] => {
  const legs: Leg[] = [];
  let beginsTrip = !type.dayBefore.isUnderWay;
  for (let at = 0; at <= order.stops.length; at += 1) {
    if (at > 0) {
      const leaveAt = beginsTrip ? releaseFrom(model, order, at - 1) : 0;
      legs.push({ place: order.stops[at - 1] as number, site: -1, leaveAt, choice: NO_BREAK });
      beginsTrip = false;
    }
    const site = order.sites[at] as number;
    const place = model.sites[site]?.place;
    if (place === undefined) continue;
    legs.push({ place, site, leaveAt: 0, choice: NO_BREAK });
    beginsTrip = true;
  }
  return legs;
};

/** Follows the clock along the legs and writes into them where the breaks are taken. Answers the day's end. */
const chooseBreaks = (model: Model, type: VehicleType, legs: readonly Leg[]) => {
  const clock = createClock(model);
  const end = createDayEnd();
  const choices: Int8Array[] = [];
  startClock(clock, type);
  let place = type.startPlace;
  for (const leg of legs) {
    advance(model, type, clock, place, leg.place, leg.leaveAt);
    choices.push(clock.choice.slice());
    place = leg.place;
  }
  endDay(model, type, clock, place, end);
  let taken = end.choice === NO_BREAK ? end.taken : end.taken - 1;
  for (let index = legs.length - 1; index >= 0; index -= 1) {
    const choice = choices[index]?.[taken] ?? NO_BREAK;
    (legs[index] as Leg).choice = choice;
    if (choice !== NO_BREAK) taken -= 1;
  }
  return end;
};

const drive = (day: Day, leg: Leg): void => {
  if (leg.choice === BREAK_BEFORE_LEAVING) rest(day, 0);
  holdDeparture(day, leg.leaveAt);
  let metres = driveTo(day, leg.place);
  if (leg.choice === BREAK_ON_ARRIVAL) {
    rest(day, metres);
    metres = 0;
  }
  if (leg.site >= 0) empty(day, leg.site, metres);
  else serveStop(day, leg.place, metres);
};

const goHome = (day: Day, choice: number): void => {
  if (choice === BREAK_BEFORE_LEAVING) rest(day, 0);
  let metres = driveTo(day, day.type.endPlace);
  if (choice === BREAK_ON_ARRIVAL) {
    rest(day, metres);
    metres = 0;
  }
  day.visits.push({ kind: 'end', ...timesAt(day, day.time, day.time, metres) });
};

const beginDay = (model: Model, type: VehicleType, startsAt: number): Day => {
  const day: Day = {
    model,
    type,
    visits: [],
    time: startsAt,
    place: model.depotOf(type.vehicle.startLocation),
    location: type.vehicle.startLocation,
    breaks: 0,
    trip: 1,
    litres: 0,
    kg: 0,
    units: 0,
    distance: 0,
    driving: 0,
    waiting: 0,
  };
  day.visits.push({ kind: 'start', ...timesAt(day, startsAt, startsAt, 0) });
  return day;
};

/**
 * The day of a vehicle that serves the stops in this order and empties where it says, leaving home as late as that costs no time
 * at the end.
 * @throws Error when the vehicle cannot drive it.
 */
export const scheduleRoute = (model: Model, order: RouteOrder, vehicleIndex: number): Route => {
  const type = model.types[order.type];
  if (type === undefined) throw new Error(`No vehicle type ${order.type}`);
  const legs = legsOf(model, type, order);
  const end = chooseBreaks(model, type, legs);
  if (end.cost === Number.POSITIVE_INFINITY) throw new Error(`A route of vehicle ${type.vehicle.id} has no schedule`);
  const day = beginDay(model, type, end.startsAt);
  writeDoneVisits(day);
  for (const leg of legs) drive(day, leg);
  goHome(day, end.choice);
  return toRoute(day, vehicleIndex, end.startsAt);
};
