import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import { insert, leaveOut, openRoute, retype, setRouteCost } from '../state/changes.ts';
import type { State } from '../state/state.ts';
import { type Blinks, isBlinked } from './blinks.ts';
import { clearInsertion, type Insertion, noInsertion, staysOut, TYPE_BLINK_RATE } from './insertion.ts';
import { findLargerVehicle, larger } from './larger-vehicle.ts';

/**
 * Greedy insertion with blinks (Christiaens and Vanden Berghe 2020) for problems where only capacities bind, so that the cost
 * of an insertion is known from three arcs. Between stops it looks at arcs with an end among the nearest neighbours, until none
 * further away can be cheaper (granular neighbourhoods, Toth and Vigo 2003); at the ends of routes it looks at all of them, since
 * depots are nobody's neighbours.
 */
const NEIGHBOURS_LOOKED_AT = 100;

/** How much longer than the mean an arc may be that is still found from its far end, as a share of the way there and back. */
const REACH = 2;

export type DistanceSearch = {
  readonly best: Insertion;
  readonly blinks: Blinks;
  /** Routes with room for the smallest of the removed stops. */
  readonly roomy: Int32Array;
  roomyCount: number;
  /** Larger vehicles are looked for in this step. */
  upgrades: boolean;
  /** Ways there and back that are longer than what the best place costs by this much lead to nothing better. */
  reach: number;
  readonly lowestCostPerMetre: number;
};

export const createDistanceSearch = (model: Model): DistanceSearch => ({
  best: noInsertion(),
  blinks: { left: 1 },
  roomy: new Int32Array(model.routeSlots),
  roomyCount: 0,
  upgrades: false,
  reach: Number.POSITIVE_INFINITY,
  lowestCostPerMetre: model.types.reduce((least, type) => Math.min(least, type.costPerMetre), Number.POSITIVE_INFINITY),
});

/** Tells the search how long arcs are by now: to be called now and then. */
export const measureReach = (model: Model, state: State, search: DistanceSearch): void => {
  let metres = 0;
  let arcs = 0;
  for (let stop = 0; stop < model.stopCount; stop += 1) {
    if ((state.routeOf[stop] as number) < 0 || (state.next[stop] as number) >= model.stopCount) continue;
    metres += state.wayOn[stop] as number;
    arcs += 1;
  }
  search.reach = arcs === 0 ? Number.POSITIVE_INFINITY : (REACH * metres) / arcs;
};

const suits = (model: Model, state: State, type: VehicleType, stop: number, route: number): boolean =>
  (state.kg[route] as number) + (model.kg[stop] as number) <= type.kg &&
  (state.units[route] as number) + (model.units[stop] as number) <= type.units &&
  type.serves[stop] === 1;

/**
 * Share of steps in which a route without room may get a larger vehicle. In every step it is as bad as in none: greed then buys
 * size that annealing cannot give back.
 */
const UPGRADE_RATE = 0.05;

const NO_TYPE = -1;
const NO_PLACE = -1;

/** Room in litres is asked first, as it is what most routes lack. */
const hasRoom = (model: Model, state: State, type: VehicleType, stop: number, route: number): boolean =>
  (state.litres[route] as number) + (model.litres[stop] as number) <= type.mostLitres &&
  (model.litresDecide || suits(model, state, type, stop, route));

/** Lists the routes that can take at least the smallest of the removed stops. */
const listRoomy = (model: Model, state: State, ruined: Ruined, search: DistanceSearch): void => {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < ruined.count; index += 1) {
    least = Math.min(least, model.litres[ruined.stops[index] as number] as number);
  }
  search.roomyCount = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    const type = model.types[state.typeOf[route] as number] as VehicleType;
    if (model.types.length === 1 && (state.litres[route] as number) + least > type.mostLitres) continue;
    search.roomy[search.roomyCount] = route;
    search.roomyCount += 1;
  }
};

/**
 * Arcs between stops, one of whose ends is near. An arc whose other end is nearer is looked at from there, so that the distance
 * of this one bounds what going between them can cost.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the innermost loop of the search, with its figures in locals
const considerNeighbours = (model: Model, state: State, search: DistanceSearch, stop: number, random: Random): void => {
  const { best, blinks, reach } = search;
  const { stopCount, placeCount, neighbours, neighbourGaps, neighbourCount, weightInto, weightOut, types } = model;
  const { next, prev, wayOn, routeOf, typeOf, litres } = state;
  const row = stop * placeCount;
  const start = stop * neighbourCount;
  const end = start + Math.min(NEIGHBOURS_LOOKED_AT, neighbourCount);
  const need = model.litres[stop] as number;
  const isPlain = model.litresDecide && types.length === 1;
  let type = types[0] as VehicleType;
  let { costPerMetre } = type;
  const plainRoom = type.mostLitres - need;
  const lowestCost = search.lowestCostPerMetre;
  let least = best.increase;
  let isLarger = false;
  let extra = 0;
  for (let index = start; index < end; index += 1) {
    const gap = neighbourGaps[index] as number;
    if (lowestCost * (gap - reach) >= least) break;
    const other = neighbours[index] as number;
    const route = routeOf[other] as number;
    if (route < 0) continue;
    if (isPlain) {
      if ((litres[route] as number) > plainRoom) continue;
    } else {
      type = types[typeOf[route] as number] as VehicleType;
      isLarger = !hasRoom(model, state, type, stop, route);
      if (isLarger && (!search.upgrades || !findLargerVehicle(model, state, stop, route, least))) continue;
      costPerMetre = isLarger ? larger.costPerMetre : type.costPerMetre;
      extra = isLarger ? larger.extra : 0;
    }
    const following = next[other] as number;
    const arc = wayOn[other] as number;
    if (following < stopCount && extra + costPerMetre * (gap - arc) < least) {
      const ways = (weightInto[row + other] as number) + (weightOut[row + following] as number);
      const increase = extra + costPerMetre * (ways - arc);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.type = isLarger ? larger.type : NO_TYPE;
        best.after = other;
        best.route = route;
      }
    }
    const before = prev[other] as number;
    if (before >= stopCount) continue;
    const arcBefore = wayOn[before] as number;
    if (extra + costPerMetre * (gap - arcBefore) < least) {
      const ways = (weightInto[row + before] as number) + (weightOut[row + other] as number);
      const increase = extra + costPerMetre * (ways - arcBefore);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.type = isLarger ? larger.type : NO_TYPE;
        best.after = before;
        best.route = route;
      }
    }
  }
  best.increase = least;
};

/** First and last arcs of all routes with room. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: another inner loop of the search, with its figures in locals
const considerEnds = (model: Model, state: State, search: DistanceSearch, stop: number, random: Random): void => {
  const { best, blinks, roomy, roomyCount } = search;
  const { stopCount, placeCount, weightInto, weightOut, types } = model;
  const { next, prev, wayOn, typeOf, openAt } = state;
  const row = stop * placeCount;
  let least = best.increase;
  for (let index = 0; index < roomyCount; index += 1) {
    const route = roomy[index] as number;
    const type = types[typeOf[route] as number] as VehicleType;
    if ((openAt[route] as number) < 0) continue;
    const isLarger = !hasRoom(model, state, type, stop, route);
    if (isLarger && (!search.upgrades || !findLargerVehicle(model, state, stop, route, least))) continue;
    const costPerMetre = isLarger ? larger.costPerMetre : type.costPerMetre;
    const extra = isLarger ? larger.extra : 0;
    const vehicle = isLarger ? larger.type : NO_TYPE;
    const sentinel = stopCount + route;
    const fromStart = weightInto[row + type.startPlace] as number;
    const firstArc = wayOn[sentinel] as number;
    if (extra + costPerMetre * 2 * (fromStart - firstArc) < least) {
      const following = next[sentinel] as number;
      const to = following < stopCount ? following : type.endPlace;
      const increase = extra + costPerMetre * (fromStart + (weightOut[row + to] as number) - firstArc);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.after = sentinel;
        best.type = vehicle;
        best.route = route;
      }
    }
    const last = prev[sentinel] as number;
    const toEnd = weightOut[row + type.endPlace] as number;
    const lastArc = wayOn[last] as number;
    if (last < stopCount && extra + costPerMetre * 2 * (toEnd - lastArc) < least) {
      const increase = extra + costPerMetre * ((weightInto[row + last] as number) + toEnd - lastArc);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.after = last;
        best.type = vehicle;
        best.route = route;
      }
    }
  }
  best.increase = least;
};

const considerAnotherVehicle = (
  model: Model,
  state: State,
  search: DistanceSearch,
  stop: number,
  random: Random,
): void => {
  if (state.openCount >= state.mostOpen) return;
  const { best } = search;
  const { placeCount, weightInto, weightOut } = model;
  for (let index = 0; index < model.types.length; index += 1) {
    if (model.types.length > 1 && random() < TYPE_BLINK_RATE) continue;
    const type = model.types[index] as VehicleType;
    if ((state.usedOfType[index] as number) >= type.indices.length || type.serves[stop] === 0) continue;
    if ((model.litres[stop] as number) > type.mostLitres) continue;
    const row = stop * placeCount;
    const ways = (weightInto[row + type.startPlace] as number) + (weightOut[row + type.endPlace] as number);
    const increase = type.fixedCost + type.costPerMetre * ways;
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.type = index;
    best.after = NO_PLACE;
  }
};

const settleCost = (model: Model, state: State, route: number): void => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  setRouteCost(state, route, type.fixedCost + type.costPerMetre * (state.metres[route] as number));
};

const place = (model: Model, state: State, search: DistanceSearch, stop: number, random: Random): void => {
  const { best } = search;
  if (staysOut(best, model.absencePenalty[stop] as number, random)) {
    leaveOut(model, state, stop);
    return;
  }
  let { route, after } = best;
  if (after === NO_PLACE) {
    route = openRoute(model, state, best.type);
    after = model.stopCount + route;
    search.roomy[search.roomyCount] = route;
    search.roomyCount += 1;
  } else if (best.type !== NO_TYPE) retype(model, state, route, best.type);
  insert(model, state, stop, after, route);
  settleCost(model, state, route);
};

/**
 * Puts every removed stop back at its cheapest place, into another vehicle, or leaves it out where that costs less. Gives up as
 * soon as the cost has reached the limit, and answers whether it did not.
 */
export const recreateByDistance = (
  model: Model,
  state: State,
  ruined: Ruined,
  search: DistanceSearch,
  random: Random,
  limit: number,
): boolean => {
  search.upgrades = model.types.length > 1 && random() < UPGRADE_RATE;
  listRoomy(model, state, ruined, search);
  for (let index = 0; index < ruined.count; index += 1) {
    if (state.cost >= limit) return false;
    const stop = ruined.stops[index] as number;
    clearInsertion(search.best);
    considerNeighbours(model, state, search, stop, random);
    considerEnds(model, state, search, stop, random);
    considerAnotherVehicle(model, state, search, stop, random);
    place(model, state, search, stop, random);
  }
  return true;
};

/** Cost of a route whose stops stand in the state under a vehicle type; infinite when that may not serve them. */
export const costByDistance = (model: Model, state: State, route: number, typeIndex: number): number => {
  const type = model.types[typeIndex];
  if (type === undefined) return Number.POSITIVE_INFINITY;
  const litres = state.litres[route] as number;
  const holds = litres <= type.mostLitres && (state.kg[route] as number) <= type.kg;
  if (!holds || (state.units[route] as number) > type.units) return Number.POSITIVE_INFINITY;
  const { placeCount, distance, stopCount } = model;
  const sentinel = stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < stopCount; stop = state.next[stop] as number) {
    if (model.litresDecide) break;
    if (type.serves[stop] === 0) return Number.POSITIVE_INFINITY;
  }
  const first = state.next[sentinel] as number;
  if (first >= stopCount) return type.fixedCost;
  const last = state.prev[sentinel] as number;
  const ends =
    (distance[type.startPlace * placeCount + first] as number) +
    (distance[last * placeCount + type.endPlace] as number);
  const inner = (state.metres[route] as number) - (state.wayOn[sentinel] as number) - (state.wayOn[last] as number);
  return type.fixedCost + type.costPerMetre * (inner + ends);
};
