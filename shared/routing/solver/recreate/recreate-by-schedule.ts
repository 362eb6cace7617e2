import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import type { State } from '../state/state.ts';
import { considerPlace, mayTake } from './consider-place.ts';
import { clearInsertion, TYPE_BLINK_RATE } from './insertion.ts';
import { priceShortlist } from './price-shortlist.ts';
import { type ScheduledSearch, soloCostOf } from './scheduled-search.ts';
import { isWorthListing } from './shortlist.ts';
import { place } from './take-place.ts';

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

/** How often a place is overlooked. */
const BLINK_RATE = 0.01;

const considerNeighbours = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  random: Random,
): void => {
  const row = stop * model.neighbourCount;
  const looked = Math.min(NEIGHBOURS_LOOKED_AT, model.neighbourCount);
  askRoutes(model, state, search, stop);
  const { takes } = search;
  const { stopCount } = model;
  for (let index = 0; index < looked; index += 1) {
    const other = model.neighbours[row + index] as number;
    const route = state.routeOf[other] as number;
    if (route < 0 || takes[route] === 0) continue;
    if (!isTooDear(model, state, search, stop, other, route) && random() >= BLINK_RATE) {
      considerPlace(model, state, search, stop, other, route);
    }
    const before = state.prev[other] as number;
    // The place before a stop is the place after the one before, and is looked at there unless that is the vehicle's start.
    if (before >= stopCount && random() >= BLINK_RATE) considerPlace(model, state, search, stop, before, route);
  }
};

/** Writes down which routes' vehicles could take a stop, and what ways cost them. */
const askRoutes = (model: Model, state: State, { takes, costPerWeight }: ScheduledSearch, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    takes[route] = mayTake(model, state, stop, route) ? 1 : 0;
    costPerWeight[route] = model.types[state.typeOf[route] as number]?.costPerWeight ?? 0;
  }
};

/** Whether the place between a stop and the next is plainly dearer than what has been found. */
const isTooDear = (
  { stopCount, placeCount, weightInto, weightOut }: Model,
  { next, siteAfter }: State,
  { best, costPerWeight, listsAll, shortlist, timetable }: ScheduledSearch,
  stop: number,
  other: number,
  route: number,
): boolean => {
  const following = next[other] as number;
  if (following >= stopCount || (siteAfter[other] as number) >= 0) return false;
  const row = stop * placeCount;
  const weight = (weightInto[row + other] as number) + (weightOut[row + following] as number);
  const detour = (costPerWeight[route] as number) * weight - (timetable.saved[other] as number);
  return detour >= best.increase || (listsAll && !isWorthListing(shortlist, detour));
};

/** The last resort, and the way into routes that have no stop yet. */
const considerEverywhere = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (!mayTake(model, state, stop, route)) continue;
    const sentinel = model.stopCount + route;
    considerPlace(model, state, search, stop, sentinel, route);
    for (let after = state.next[sentinel] as number; after < model.stopCount; after = state.next[after] as number) {
      considerPlace(model, state, search, stop, after, route);
    }
    priceShortlist(model, state, search, stop);
  }
};

const considerEmptyRoutes = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if ((state.size[route] as number) > 0 || !mayTake(model, state, stop, route)) continue;
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
    if (state.cost >= limit) return false;
    const stop = ruined.stops[index] as number;
    clearInsertion(best);
    considerNeighbours(model, state, search, stop, random);
    if (model.hasPinned) considerEmptyRoutes(model, state, search, stop);
    priceShortlist(model, state, search, stop);
    const isTriedFirst = everywhere === 'first' || (everywhere === 'rarely' && random() < EVERYWHERE_RATE);
    if (best.increase === Number.POSITIVE_INFINITY && isTriedFirst) considerEverywhere(model, state, search, stop);
    considerAnotherVehicle(model, state, search, stop, random);
    if (best.increase === Number.POSITIVE_INFINITY && everywhere === 'last') {
      considerEverywhere(model, state, search, stop);
    }
    // What is sure to end above the limit need not be carried out.
    if (Math.min(best.increase, model.absencePenalty[stop] as number) + state.cost >= limit) return false;
    place(model, state, search, stop, random);
  }
  return true;
};
