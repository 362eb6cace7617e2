import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import { closeRoute, exchangeTails, flip } from '../state/changes.ts';
import { routeAt } from '../state/links.ts';
import type { State } from '../state/state.ts';
import type { Ruined } from './ruined.ts';

/** Whether routes can go on along each other's ends: where all vehicles are alike and capacities alone bind. */
export const mayCross = (model: Model): boolean => model.capacityOnly && model.types.length === 1 && !model.hasFixed;

/** Whether a route is as long the other way round. */
const isReversible = ({ weightInto, weightOut, types }: Model): boolean =>
  weightInto === weightOut && types[0]?.startPlace === types[0]?.endPlace;

const loadBehind = (model: Model, state: State, loads: Float64Array, node: number): number => {
  let load = 0;
  for (let stop = state.next[node] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    load += loads[stop] as number;
  }
  return load;
};

/** Whether two routes hold what an exchange of the ends behind two of their nodes brings them, in one measure. */
const holdsTails = (
  model: Model,
  state: State,
  loads: Float64Array,
  onBoard: Float64Array,
  most: number,
  one: number,
  other: number,
): boolean => {
  const gain = loadBehind(model, state, loads, other) - loadBehind(model, state, loads, one);
  const load = onBoard[routeAt(model, state, one)] as number;
  const otherLoad = onBoard[routeAt(model, state, other)] as number;
  return load + gain <= most && otherLoad - gain <= most;
};

const hold = (model: Model, state: State, one: number, other: number): boolean => {
  const type = model.types[0] as VehicleType;
  if (!holdsTails(model, state, model.litres, state.litres, type.mostLitres, one, other)) return false;
  return (
    model.litresDecide ||
    (holdsTails(model, state, model.kg, state.kg, type.kg, one, other) &&
      holdsTails(model, state, model.units, state.units, type.units, one, other))
  );
};

/**
 * Has two routes go on along each other's ends from where stops have just been taken out of them, as far as they have room: the
 * exchange of tails (2-opt*, J.-Y. Potvin and J.-M. Rousseau, "An exchange heuristic for routeing problems with time windows",
 * Journal of the OR Society 46 (1995) 1433–1446), which no exchange of bounded strings can do where routes are long. What was
 * taken out leaves the room for it and comes back wherever it fits. One route may be turned round first. Answers whether tails
 * were exchanged; the routes' costs are left to the caller to settle. Only where `mayCross`.
 */
export const crossTails = (model: Model, state: State, ruined: Ruined, random: Random): boolean => {
  if (ruined.gapCount < 2) return false;
  const at = Math.floor(random() * ruined.gapCount);
  const further = 1 + Math.floor(random() * (ruined.gapCount - 1));
  const one = ruined.gaps[at] as number;
  let other = ruined.gaps[(at + further) % ruined.gapCount] as number;
  const route = routeAt(model, state, one);
  const otherRoute = routeAt(model, state, other);
  if (route === otherRoute) return false;
  if (isReversible(model) && random() < 0.5) {
    const following = state.next[other] as number;
    flip(model, state, otherRoute);
    other = following;
  }
  if (!hold(model, state, one, other)) return false;
  exchangeTails(model, state, one, other);
  if (state.size[route] === 0) closeRoute(state, route);
  if (state.size[otherRoute] === 0) closeRoute(state, otherRoute);
  return true;
};
