import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import type { State } from '../state/state.ts';
import { isBlinked } from './blinks.ts';
import { type DistanceSearch, hasRoom, NO_TYPE } from './distance-search.ts';

/** Lists the routes that can take a stop into `search.fitting`; answers how many arcs they have. Only for vehicles all alike. */
export const listFitting = (model: Model, state: State, search: DistanceSearch, stop: number): number => {
  const { roomy, roomyCount, fitting } = search;
  const { litres, size } = state;
  const room = search.mostLitres - (model.litres[stop] as number);
  let arcs = 0;
  let count = 0;
  for (let index = 0; index < roomyCount; index += 1) {
    const route = roomy[index] as number;
    if ((litres[route] as number) > room) continue;
    arcs += (size[route] as number) + 1;
    fitting[count] = route;
    count += 1;
  }
  search.fittingCount = count;
  return arcs;
};

/** The same for any vehicles, arcs not counted; the routes are marked in `search.takes` as well. */
export const markFitting = (model: Model, state: State, search: DistanceSearch, stop: number): void => {
  const { roomy, roomyCount, fitting, takes } = search;
  const { typeOf } = state;
  const { types } = model;
  for (let index = 0; index < search.fittingCount; index += 1) takes[fitting[index] as number] = 0;
  let count = 0;
  for (let index = 0; index < roomyCount; index += 1) {
    const route = roomy[index] as number;
    if (!hasRoom(model, state, types[typeOf[route] as number] as VehicleType, stop, route)) continue;
    takes[route] = 1;
    fitting[count] = route;
    count += 1;
  }
  search.fittingCount = count;
};

/** Looks for a cheaper place for a stop at all arcs of the routes that `listFitting` found. */
export const considerRoutes = (
  model: Model,
  state: State,
  search: DistanceSearch,
  stop: number,
  random: Random,
): void => {
  const { best, blinks, fitting, fittingCount, lowestCostPerMetre } = search;
  const { stopCount, placeCount, weightInto, weightOut } = model;
  const { next, wayOn, startOf, endOf } = state;
  const row = stop * placeCount;
  let least = best.increase;
  for (let index = 0; index < fittingCount; index += 1) {
    const route = fitting[index] as number;
    let node = stopCount + route;
    let wayIn = weightInto[row + (startOf[route] as number)] as number;
    for (;;) {
      const following = next[node] as number;
      const to = following < stopCount ? following : (endOf[route] as number);
      const increase = lowestCostPerMetre * (wayIn + (weightOut[row + to] as number) - (wayOn[node] as number));
      if (increase < least && !isBlinked(blinks, random)) {
        least = increase;
        best.after = node;
        best.type = NO_TYPE;
        best.route = route;
      }
      if (following >= stopCount) break;
      wayIn = weightInto[row + following] as number;
      node = following;
    }
  }
  best.increase = least;
};
