import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { areAllOut, type State } from '../state/state.ts';

/**
 * A route without room may be worth a larger vehicle. Where fleets are mixed this is half of the problem: which size of vehicle
 * drives a route is decided with each stop that joins it, not only once it is full.
 */
export const larger = { type: -1, costPerMetre: 0, extra: 0 };

const holds = (model: Model, state: State, type: VehicleType, stop: number, route: number): boolean =>
  (state.litres[route] as number) + (model.litres[stop] as number) <= type.mostLitres &&
  (model.litresDecide ||
    ((state.kg[route] as number) + (model.kg[stop] as number) <= type.kg &&
      (state.units[route] as number) + (model.units[stop] as number) <= type.units &&
      type.serves[stop] === 1 &&
      servesRoute(model, state, type, route)));

/** Whether a vehicle type may serve every stop of a route. */
export const servesRoute = (model: Model, state: State, type: VehicleType, route: number): boolean => {
  for (let at = state.next[model.stopCount + route] as number; at < model.stopCount; at = state.next[at] as number) {
    if (type.serves[at] === 0) return false;
  }
  return true;
};

/**
 * Writes the vehicle left that could take the stop as well and makes the route least dearer, and by how much, into `larger`;
 * false when there is none for less than `bound`. Looks only at vehicles that start and end where the present one does.
 */
export const findLargerVehicle = (model: Model, state: State, stop: number, route: number, bound: number): boolean => {
  const { types } = model;
  if (types.length === 1 || areAllOut(model, state)) return false;
  const present = types[state.typeOf[route] as number] as VehicleType;
  const metres = state.metres[route] as number;
  const now = present.fixedCost + present.costPerMetre * metres;
  larger.type = -1;
  larger.extra = bound;
  for (let index = 0; index < types.length; index += 1) {
    const type = types[index] as VehicleType;
    const extra = type.fixedCost + type.costPerMetre * metres - now;
    if (extra >= larger.extra || (state.usedOfType[index] as number) >= type.indices.length) continue;
    if (type.startPlace !== present.startPlace || type.endPlace !== present.endPlace) continue;
    if (!holds(model, state, type, stop, route)) continue;
    larger.type = index;
    larger.costPerMetre = type.costPerMetre;
    larger.extra = extra;
  }
  return larger.type >= 0;
};
