import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { State } from '../state/state.ts';
import { isBlinked } from './blinks.ts';
import { type DistanceSearch, hasRoom, NO_TYPE } from './distance-search.ts';
import { findLargerVehicle, larger } from './larger-vehicle.ts';

/** Looks for a cheaper place for a stop at first and last arcs of all routes with room: depots are nobody's neighbours. */
export const considerEnds = (
  model: Model,
  state: State,
  search: DistanceSearch,
  stop: number,
  random: Random,
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: an inner loop of the search, with its figures in locals
): void => {
  const { best, blinks, isPlain, upgrades } = search;
  const routes = upgrades ? search.roomy : search.fitting;
  const count = upgrades ? search.roomyCount : search.fittingCount;
  const { stopCount, placeCount, weightInto, weightOut, types } = model;
  const { next, prev, wayOn, typeOf } = state;
  const row = stop * placeCount;
  let type = types[0] as VehicleType;
  let { costPerMetre, endPlace } = type;
  let fromStart = weightInto[row + type.startPlace] as number;
  let toEnd = weightOut[row + endPlace] as number;
  let least = best.increase;
  let isLarger = false;
  let extra = 0;
  for (let index = 0; index < count; index += 1) {
    const route = routes[index] as number;
    if (!isPlain) {
      type = types[typeOf[route] as number] as VehicleType;
      isLarger = upgrades && !hasRoom(model, state, type, stop, route);
      if (isLarger && !findLargerVehicle(model, state, stop, route, least)) continue;
      costPerMetre = isLarger ? larger.costPerMetre : type.costPerMetre;
      extra = isLarger ? larger.extra : 0;
      endPlace = type.endPlace;
      fromStart = weightInto[row + type.startPlace] as number;
      toEnd = weightOut[row + endPlace] as number;
    }
    const sentinel = stopCount + route;
    const firstArc = wayOn[sentinel] as number;
    if (extra + costPerMetre * 2 * (fromStart - firstArc) < least) {
      const following = next[sentinel] as number;
      const to = following < stopCount ? following : endPlace;
      const increase = extra + costPerMetre * (fromStart + (weightOut[row + to] as number) - firstArc);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.after = sentinel;
        best.type = isLarger ? larger.type : NO_TYPE;
        best.route = route;
      }
    }
    const last = prev[sentinel] as number;
    const lastArc = wayOn[last] as number;
    if (last < stopCount && extra + costPerMetre * 2 * (toEnd - lastArc) < least) {
      const increase = extra + costPerMetre * ((weightInto[row + last] as number) + toEnd - lastArc);
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.after = last;
        best.type = isLarger ? larger.type : NO_TYPE;
        best.route = route;
      }
    }
  }
  best.increase = least;
};
