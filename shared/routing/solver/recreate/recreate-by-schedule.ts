import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import { walk } from '../schedule/evaluation.ts';
import { priceOrder, writeOrder } from '../schedule/price-order.ts';
import { loadClock, updateAround, updateTimetable } from '../schedule/timetable.ts';
import { detach, insert, leaveOut, openRoute, setRouteCost, setSite } from '../state/changes.ts';
import type { State } from '../state/state.ts';
import { considerPlace, mayTake } from './consider-place.ts';
import { clearInsertion, staysOut, TYPE_BLINK_RATE } from './insertion.ts';
import { type Detour, feesOf, measureDetour } from './place-cost.ts';
import { type ScheduledSearch, soloCostOf } from './scheduled-search.ts';
import { applySites } from './settle-disposals.ts';

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

/** Metres, disposal and a move from another vehicle, for a stop behind `after`. */
const moneyFor = (
  model: Model,
  state: State,
  detour: Detour,
  stop: number,
  route: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): number => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  measureDetour(model, state, type, stop, after, siteBefore, siteBehind, detour);
  const fees = model.hasFees ? feesOf(model, state, typeIndex, stop, after, siteBehind) : 0;
  return type.costPerMetre * detour.metres + detour.fees + fees;
};

/** What the route costs more when the listed place is taken, found by driving on from there. */
const priceListed = (model: Model, state: State, search: ScheduledSearch, stop: number, entry: number): number => {
  const { shortlist, timetable, pricing, detour } = search;
  const { evaluation } = pricing;
  const route = shortlist.route[entry] as number;
  const after = shortlist.after[entry] as number;
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  if (shortlist.replaces[entry] === 1) {
    const length = writeOrder(model, state, evaluation, route, stop, after);
    return priceOrder(pricing, typeIndex, length, false) - (state.routeCost[route] as number);
  }
  const siteBefore = shortlist.siteBefore[entry] as number;
  const siteBehind = shortlist.siteBehind[entry] as number;
  const { stops, sites } = evaluation;
  sites[0] = siteBefore;
  stops[1] = stop;
  sites[1] = siteBehind;
  let length = 1;
  for (let next = state.next[after] as number; next < model.stopCount; next = state.next[next] as number) {
    length += 1;
    stops[length] = next;
    sites[length] = state.siteAfter[next] as number;
  }
  loadClock(timetable, evaluation.clock, model, after);
  const isStart = after >= model.stopCount;
  const startsTrip = isStart && !type.dayBefore.isUnderWay;
  const day = walk(evaluation, type, isStart ? type.startPlace : after, length, startsTrip);
  if (day === Number.POSITIVE_INFINITY) return day;
  const money = moneyFor(model, state, detour, stop, route, after, siteBefore, siteBehind);
  return money + day - (timetable.dayCost[route] as number);
};

/** Prices the listed places, most promising first, until none left could beat the best. */
const priceShortlist = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { shortlist, best } = search;
  for (let entry = 0; entry < shortlist.count; entry += 1) {
    if ((shortlist.estimate[entry] as number) >= best.increase) break;
    const increase = priceListed(model, state, search, stop, entry);
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.route = shortlist.route[entry] as number;
    best.after = shortlist.after[entry] as number;
    best.siteBefore = shortlist.siteBefore[entry] as number;
    best.siteBehind = shortlist.siteBehind[entry] as number;
    best.replaces = shortlist.replaces[entry] === 1;
    best.type = -1;
  }
  shortlist.count = 0;
};

const considerNeighbours = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  random: Random,
): void => {
  const row = stop * model.neighbourCount;
  const looked = Math.min(NEIGHBOURS_LOOKED_AT, model.neighbourCount);
  for (let index = 0; index < looked; index += 1) {
    const other = model.neighbours[row + index] as number;
    const route = state.routeOf[other] as number;
    if (route < 0 || !mayTake(model, state, stop, route)) continue;
    if (random() >= BLINK_RATE) considerPlace(model, state, search, stop, other, route);
    const before = state.prev[other] as number;
    // The place before a stop is the place after the one before, and is looked at there unless that is the vehicle's start.
    if (before >= model.stopCount && random() >= BLINK_RATE) considerPlace(model, state, search, stop, before, route);
  }
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

/** Sends another vehicle out for the stop; answers what that costs. */
const takeAnotherVehicle = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { best, pricing } = search;
  pricing.evaluation.stops[1] = stop;
  priceOrder(pricing, best.type, 1, true);
  const route = openRoute(model, state, best.type);
  insert(model, state, stop, model.stopCount + route, route);
  applySites(model, state, search, route);
  setRouteCost(state, route, updateTimetable(model, state, search.timetable, route));
};

const takePlace = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { best, pricing } = search;
  const { route, after } = best;
  if (best.replaces) {
    const length = writeOrder(model, state, pricing.evaluation, route, stop, after);
    priceOrder(pricing, state.typeOf[route] as number, length, false);
    insert(model, state, stop, after, route);
    applySites(model, state, search, route);
    setRouteCost(state, route, updateTimetable(model, state, search.timetable, route));
    return;
  }
  const { siteBefore, siteBehind } = best;
  const siteUntilNow = state.siteAfter[after] as number;
  const money = moneyFor(model, state, search.detour, stop, route, after, siteBefore, siteBehind);
  setSite(state, after, siteBefore, route);
  setSite(state, stop, siteBehind, route);
  insert(model, state, stop, after, route);
  const sitesThen = (siteBefore >= 0 ? 1 : 0) + (siteBehind >= 0 ? 1 : 0);
  const moreDisposals = sitesThen - (siteUntilNow >= 0 ? 1 : 0);
  const cost = updateAround(model, state, search.timetable, route, stop, money, moreDisposals);
  if (cost < Number.POSITIVE_INFINITY) {
    setRouteCost(state, route, cost);
    return;
  }
  // A sum in another order may miss a window by a rounding error: the stop stays out for now.
  setSite(state, stop, -1, route);
  detach(model, state, stop);
  setSite(state, after, siteUntilNow, route);
  updateTimetable(model, state, search.timetable, route);
  leaveOut(model, state, stop);
};

const place = (model: Model, state: State, search: ScheduledSearch, stop: number, random: Random): void => {
  if (staysOut(search.best, model.absencePenalty[stop] as number, random)) leaveOut(model, state, stop);
  else if (search.best.type >= 0) takeAnotherVehicle(model, state, search, stop);
  else takePlace(model, state, search, stop);
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
    place(model, state, search, stop, random);
  }
  return true;
};
