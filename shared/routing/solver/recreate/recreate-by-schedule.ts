import { type Model, TOLERANCE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import type { Timetable } from '../schedule/timetable.ts';
import type { State } from '../state/state.ts';
import { listUnasked } from './candidates.ts';
import { considerPlace } from './consider-place.ts';
import { askAtOnce, findCheapest } from './find-cheapest.ts';
import { clearInsertion, TYPE_BLINK_RATE } from './insertion.ts';
import { leastFee } from './place-cost.ts';
import { type ScheduledSearch, soloCostOf } from './scheduled-search.ts';
import { place } from './take-place.ts';
import { mayTake } from './trip-room.ts';

/**
 * Greedy insertion with blinks (Christiaens and Vanden Berghe 2020) where the clock, disposal visits or breaks decide what a
 * place costs. Most places are refused in a few steps by the timetable; where money does not depend on the clock they are priced
 * by their detour, otherwise the few most promising are driven through.
 */
const NEIGHBOURS_LOOKED_AT = 80;

/** When a stop that fits nowhere near its neighbours is tried everywhere: before another vehicle is, after none is left, or now and then. */
export type Everywhere = 'first' | 'last' | 'rarely';

/** How often that is. */
const EVERYWHERE_RATE = 0.05;

/** Lists the places beside a stop's neighbours, but for those reckoned at `most` or more. Answers whether there were such. */
const considerNeighbours = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  most: number,
  random: Random,
): boolean => {
  const { stopCount, placeCount, neighbours, weightInto, weightOut, hasFixed } = model;
  const { next, prev, routeOf, siteAfter } = state;
  const { costPerWeight, leastCost, candidates, isExact } = search;
  const { saved } = search.timetable;
  const first = stop * model.neighbourCount;
  const end = first + Math.min(NEIGHBOURS_LOOKED_AT, model.neighbourCount);
  const row = stop * placeCount;
  let areAllListed = true;
  for (let index = first; index < end; index += 1) {
    const other = neighbours[index] as number;
    const route = routeOf[other] as number;
    if (route < 0 || !takes(model, state, search, stop, route)) continue;
    const following = next[other] as number;
    if (following < stopCount && (siteAfter[other] as number) < 0 && !hasFixed) {
      const weight = (weightInto[row + other] as number) + (weightOut[row + following] as number);
      const detour = (costPerWeight[route] as number) * weight - (saved[other] as number);
      const estimate = detour + (leastCost[route] as number);
      if (estimate >= most) areAllListed = false;
      else if (isExact[route] === 1) askAtOnce(model, state, search, stop, other, route, estimate, random);
      else listUnasked(candidates, estimate, other, route);
    } else considerPlace(model, state, search, stop, other, route);
    const before = prev[other] as number;
    // The place before a stop is the place after the one before, and is looked at there unless that is the vehicle's start.
    if (before >= stopCount) considerPlace(model, state, search, stop, before, route);
  }
  return !areAllListed;
};

/**
 * Whether a vehicle has time to serve the stop in all that it waits and ends too early, if the way there is no detour; ways that are shorter
 * by way of the stop are passed over in full days.
 */
const hasIdleTime = (
  { service, hasReleases }: Model,
  { dayEnd, dayWaited }: Timetable,
  type: VehicleType,
  stop: number,
  route: number,
): boolean => {
  if (hasReleases || type.profile !== undefined) return true;
  const busy = (dayEnd[route] as number) - (dayWaited[route] as number) - type.leavesFrom;
  const most = Math.min(type.shiftTo - type.leavesFrom, type.maxDuty);
  return busy + (service[stop] as number) <= most + TOLERANCE;
};

/** Writes down whether a route's vehicle could take the stop at hand, and what it costs there at least. */
const askRoute = (model: Model, state: State, search: ScheduledSearch, stop: number, route: number): void => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  search.askedAt[route] = search.asking;
  const isTaken = mayTake(model, state, stop, route) && hasIdleTime(model, search.timetable, type, stop, route);
  search.takes[route] = isTaken ? 1 : 0;
  if (!isTaken) return;
  search.costPerWeight[route] = type.costPerWeight;
  search.isExact[route] = type.isPricedByDetour ? 1 : 0;
  const fee = model.hasFees ? leastFee(model, typeIndex, stop) : 0;
  search.leastCost[route] = type.costPerSecond * (model.service[stop] as number) + fee;
};

/** Whether a route's vehicle could take the stop at hand; asked once for each stop that is being placed. */
const takes = (model: Model, state: State, search: ScheduledSearch, stop: number, route: number): boolean => {
  if (search.askedAt[route] !== search.asking) askRoute(model, state, search, stop, route);
  return search.takes[route] === 1;
};

/** The last resort, and the way into routes that have no stop yet. */
const considerEverywhere = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (!takes(model, state, search, stop, route)) continue;
    const sentinel = model.stopCount + route;
    considerPlace(model, state, search, stop, sentinel, route);
    for (let after = state.next[sentinel] as number; after < model.stopCount; after = state.next[after] as number) {
      considerPlace(model, state, search, stop, after, route);
    }
    findCheapest(model, state, search, stop, Number.POSITIVE_INFINITY, undefined);
  }
};

const considerEmptyRoutes = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if ((state.size[route] as number) > 0 || !takes(model, state, search, stop, route)) continue;
    considerPlace(model, state, search, stop, model.stopCount + route, route);
  }
};

const considerAnotherVehicle = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  random: Random,
): void => {
  if (state.openCount >= state.mostOpen) return;
  const { best } = search;
  for (let index = 0; index < model.types.length; index += 1) {
    if (model.types.length > 1 && random() < TYPE_BLINK_RATE) continue;
    const type = model.types[index] as VehicleType;
    if ((state.usedOfType[index] as number) >= type.indices.length || type.serves[stop] === 0) continue;
    if (type.fixedCost >= best.increase) continue;
    const increase = soloCostOf(model, search, index, stop);
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.type = index;
  }
};

/**
 * Puts every removed stop back at its cheapest place, into another vehicle, or leaves it out where that costs less. Gives up as
 * soon as the cost has reached the limit, and answers whether it did not.
 */
export const recreateBySchedule = (
  model: Model,
  state: State,
  ruined: Ruined,
  search: ScheduledSearch,
  random: Random,
  limit: number,
  everywhere: Everywhere,
): boolean => {
  const { best } = search;
  for (let index = 0; index < ruined.count; index += 1) {
    const room = limit - state.cost;
    if (room <= 0) return false;
    const stop = ruined.stops[index] as number;
    clearInsertion(best);
    search.asking += 1;
    const most = search.knowsDetours ? room : Number.POSITIVE_INFINITY;
    // Where trips wait for what is released, few other places are as good as they are reckoned.
    if (!model.hasReleases) search.candidates.mostAnew = room;
    const isOneTooDear = considerNeighbours(model, state, search, stop, most, random);
    if (model.hasPinned) considerEmptyRoutes(model, state, search, stop);
    const isOneLeft = findCheapest(model, state, search, stop, most, random);
    const fitsNowhere = best.increase === Number.POSITIVE_INFINITY && !isOneTooDear && !isOneLeft;
    const isTriedFirst = everywhere === 'first' || (everywhere === 'rarely' && random() < EVERYWHERE_RATE);
    if (fitsNowhere && isTriedFirst) considerEverywhere(model, state, search, stop);
    considerAnotherVehicle(model, state, search, stop, random);
    if (fitsNowhere && best.increase === Number.POSITIVE_INFINITY && everywhere === 'last') {
      considerEverywhere(model, state, search, stop);
    }
    // What is sure to end above the limit need not be carried out.
    if (Math.min(best.increase, model.absencePenalty[stop] as number) >= room) return false;
    place(model, state, search, stop, random);
  }
  return true;
};
