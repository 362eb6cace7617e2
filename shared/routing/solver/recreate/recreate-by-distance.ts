import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import { insert, leaveOut, openRoute, retype, setRouteCost } from '../state/changes.ts';
import { areAllOut, type State } from '../state/state.ts';
import { isBlinked } from './blinks.ts';
import { considerEnds } from './consider-ends.ts';
import { considerRoutes, listFitting, markFitting } from './consider-routes.ts';
import { type DistanceSearch, hasRoom, NO_TYPE } from './distance-search.ts';
import { clearInsertion, staysOut, TYPE_BLINK_RATE } from './insertion.ts';
import { findLargerVehicle, larger, servesRoute } from './larger-vehicle.ts';

/**
 * Greedy insertion with blinks (Christiaens and Vanden Berghe 2020) for problems where only capacities bind, so that the cost
 * of an insertion is known from three arcs. Where few routes have room it looks at all of their arcs. Elsewhere it looks between stops
 * at arcs with an end among the nearest neighbours, until none further away can be cheaper (granular neighbourhoods, Toth and Vigo
 * 2003), and at the ends of all routes, since depots are nobody's neighbours.
 */
const NEIGHBOURS_LOOKED_AT = 100;

/** Few: looking at so many arcs in a row takes about as long as looking for near ones. */
const MOST_ARCS = 64;

/**
 * Share of steps in which a route without room may get a larger vehicle. In every step it is as bad as in none: greed then buys
 * size that annealing cannot give back.
 */
const UPGRADE_RATE = 0.05;

const NO_PLACE = -1;

/** Lists the routes that can take at least the smallest of the removed stops. */
const listRoomy = (model: Model, state: State, ruined: Ruined, search: DistanceSearch): void => {
  const { roomy } = search;
  const { open, openCount, litres, typeOf } = state;
  const { types } = model;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < ruined.count; index += 1) {
    least = Math.min(least, model.litres[ruined.stops[index] as number] as number);
  }
  // A larger vehicle has more room.
  if (search.upgrades) least = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (let index = 0; index < openCount; index += 1) {
    const route = open[index] as number;
    const { mostLitres } = types[typeOf[route] as number] as VehicleType;
    if ((litres[route] as number) + least > mostLitres) continue;
    roomy[count] = route;
    count += 1;
  }
  search.roomyCount = count;
};

/**
 * Arcs between stops, one of whose ends is near. An arc whose other end is nearer is looked at from there, so that the distance
 * of this one bounds what going between them can cost.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the innermost loop of the search, with its figures in locals
const considerNeighbours = (model: Model, state: State, search: DistanceSearch, stop: number, random: Random): void => {
  const { best, blinks, reach, isPlain, upgrades, takes } = search;
  const { stopCount, placeCount, neighbours, neighbourGaps, neighbourCount, weightInto, weightOut, types } = model;
  const { next, prev, wayOn, routeOf, typeOf, litres } = state;
  const row = stop * placeCount;
  const start = stop * neighbourCount;
  const end = start + Math.min(NEIGHBOURS_LOOKED_AT, neighbourCount);
  const need = model.litres[stop] as number;
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
    } else if (!upgrades) {
      if (takes[route] === 0) continue;
      costPerMetre = (types[typeOf[route] as number] as VehicleType).costPerMetre;
    } else {
      type = types[typeOf[route] as number] as VehicleType;
      isLarger = !hasRoom(model, state, type, stop, route);
      if (isLarger && !findLargerVehicle(model, state, stop, route, least)) continue;
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
  const { best } = search;
  // Where the vehicle's type can change, a step that looks too dear may still become cheaper.
  const isFinal = model.types.length === 1 || areAllOut(model, state);
  search.upgrades = model.types.length > 1 && random() < UPGRADE_RATE;
  listRoomy(model, state, ruined, search);
  for (let index = 0; index < ruined.count; index += 1) {
    const room = limit - state.cost;
    if (room <= 0) return false;
    const stop = ruined.stops[index] as number;
    clearInsertion(best);
    if (search.isPlain && listFitting(model, state, search, stop) <= MOST_ARCS) {
      best.increase = room;
      considerRoutes(model, state, search, stop, random);
    } else {
      if (!search.isPlain && !search.upgrades) markFitting(model, state, search, stop);
      considerNeighbours(model, state, search, stop, random);
      // Places that bring the cost to the limit lead to nothing. Neighbours come first, without that bound: their search ends within reach
      // of the best place it knows, which would be too near.
      if (isFinal) best.increase = Math.min(best.increase, room);
      considerEnds(model, state, search, stop, random);
    }
    considerAnotherVehicle(model, state, search, stop, random);
    if (isFinal && best.increase >= room) {
      if ((model.absencePenalty[stop] as number) >= room) return false;
      best.increase = Number.POSITIVE_INFINITY;
    }
    place(model, state, search, stop, random);
  }
  return true;
};

/** Cost of a route whose stops stand in the state under a vehicle type; infinite when that may not serve them, or not for less than `most`. */
export const costByDistance = (
  model: Model,
  state: State,
  route: number,
  typeIndex: number,
  most = Number.POSITIVE_INFINITY,
): number => {
  const type = model.types[typeIndex];
  if (type === undefined) return Number.POSITIVE_INFINITY;
  const litres = state.litres[route] as number;
  const units = state.units[route] as number;
  const holds = litres <= type.mostLitres && (state.kg[route] as number) <= type.kg && units <= type.units;
  const { placeCount, distance, stopCount } = model;
  const sentinel = stopCount + route;
  const first = state.next[sentinel] as number;
  if (!holds) return Number.POSITIVE_INFINITY;
  if (first >= stopCount) return type.fixedCost;
  const last = state.prev[sentinel] as number;
  const inner = (state.metres[route] as number) - (state.wayOn[sentinel] as number) - (state.wayOn[last] as number);
  const metres =
    inner +
    (distance[type.startPlace * placeCount + first] as number) +
    (distance[last * placeCount + type.endPlace] as number);
  const cost = type.fixedCost + type.costPerMetre * metres;
  if (cost >= most) return Number.POSITIVE_INFINITY;
  return model.litresDecide || servesRoute(model, state, type, route) ? cost : Number.POSITIVE_INFINITY;
};
