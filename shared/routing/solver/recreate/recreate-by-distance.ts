import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { Ruined } from '../ruin/ruined.ts';
import { insert, leaveOut, openRoute, type State, setRouteCost } from '../state.ts';
import { BLINK_RATE, clearInsertion, type Insertion, noInsertion, staysOut, TYPE_BLINK_RATE } from './insertion.ts';

/**
 * Greedy insertion with blinks (Christiaens and Vanden Berghe 2020) for problems where only capacities bind, so that the cost
 * of an insertion is known from three arcs. Places beside the nearest neighbours are looked at first, all places only when none
 * of those has room (granular neighbourhood, Toth and Vigo 2003).
 */
const NEIGHBOURS_LOOKED_AT = 40;

const hasRoom = (model: Model, state: State, stop: number, route: number): boolean => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const litres = (state.litres[route] as number) + (model.litres[stop] as number);
  return (
    litres <= type.litres &&
    litres <= type.maxLitres &&
    (state.kg[route] as number) + (model.kg[stop] as number) <= type.kg &&
    (state.units[route] as number) + (model.units[stop] as number) <= type.units &&
    type.serves[stop] === 1
  );
};

const considerAfter = (
  model: Model,
  state: State,
  best: Insertion,
  stop: number,
  after: number,
  route: number,
): void => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const { placeCount, distance } = model;
  const increase =
    type.costPerMetre *
    ((distance[from * placeCount + stop] as number) +
      (distance[stop * placeCount + to] as number) -
      (distance[from * placeCount + to] as number));
  if (increase >= best.increase) return;
  best.increase = increase;
  best.after = after;
  best.route = route;
};

const considerNeighbours = (model: Model, state: State, best: Insertion, stop: number, random: Random): void => {
  const row = stop * model.neighbourCount;
  const looked = Math.min(NEIGHBOURS_LOOKED_AT, model.neighbourCount);
  for (let index = 0; index < looked; index += 1) {
    const other = model.neighbours[row + index] as number;
    const route = state.routeOf[other] as number;
    if (route < 0 || !hasRoom(model, state, stop, route)) continue;
    if (random() >= BLINK_RATE) considerAfter(model, state, best, stop, other, route);
    if (random() >= BLINK_RATE) considerAfter(model, state, best, stop, state.prev[other] as number, route);
  }
};

const considerEverywhere = (model: Model, state: State, best: Insertion, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (!hasRoom(model, state, stop, route)) continue;
    const sentinel = model.stopCount + route;
    considerAfter(model, state, best, stop, sentinel, route);
    for (let after = state.next[sentinel] as number; after < model.stopCount; after = state.next[after] as number) {
      considerAfter(model, state, best, stop, after, route);
    }
  }
};

const considerAnotherVehicle = (model: Model, state: State, best: Insertion, stop: number, random: Random): void => {
  if (state.spareCount === 0) return;
  const { placeCount, distance } = model;
  for (let index = 0; index < model.types.length; index += 1) {
    if (model.types.length > 1 && random() < TYPE_BLINK_RATE) continue;
    const type = model.types[index] as VehicleType;
    if ((state.usedOfType[index] as number) >= type.indices.length || type.serves[stop] === 0) continue;
    if ((model.litres[stop] as number) > type.maxLitres) continue;
    const increase =
      type.fixedCost +
      type.costPerMetre *
        ((distance[type.startPlace * placeCount + stop] as number) +
          (distance[stop * placeCount + type.endPlace] as number));
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.type = index;
  }
};

const place = (model: Model, state: State, best: Insertion, stop: number, random: Random): void => {
  if (staysOut(best, model.absencePenalty[stop] as number, random)) {
    leaveOut(model, state, stop);
    return;
  }
  if (best.type >= 0) {
    const route = openRoute(model, state, best.type);
    insert(model, state, stop, model.stopCount + route, route);
    setRouteCost(state, route, best.increase);
    return;
  }
  insert(model, state, stop, best.after, best.route);
  setRouteCost(state, best.route, (state.routeCost[best.route] as number) + best.increase);
};

/** Puts every removed stop back at its cheapest place, into another vehicle, or leaves it out where that costs less. */
export const recreateByDistance = (model: Model, state: State, ruined: Ruined, random: Random): void => {
  const best = noInsertion();
  for (let index = 0; index < ruined.count; index += 1) {
    const stop = ruined.stops[index] as number;
    clearInsertion(best);
    considerNeighbours(model, state, best, stop, random);
    if (best.increase === Number.POSITIVE_INFINITY) considerEverywhere(model, state, best, stop);
    considerAnotherVehicle(model, state, best, stop, random);
    place(model, state, best, stop, random);
  }
};

/** Cost of a route whose stops stand in the state, as `recreateByDistance` counts it, under a vehicle type. */
export const costByDistance = (model: Model, state: State, route: number, typeIndex: number): number => {
  const type = model.types[typeIndex];
  if (type === undefined) return Number.POSITIVE_INFINITY;
  const { placeCount, distance } = model;
  const sentinel = model.stopCount + route;
  let metres = 0;
  let from = type.startPlace;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    if (type.serves[stop] === 0) return Number.POSITIVE_INFINITY;
    metres += distance[from * placeCount + stop] as number;
    from = stop;
  }
  return type.fixedCost + type.costPerMetre * (metres + (distance[from * placeCount + type.endPlace] as number));
};
