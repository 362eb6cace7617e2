import type { Model } from './model/model.ts';
import type { Pricer } from './search.ts';
import { retype, setRouteCost } from './state/changes.ts';
import { areAllOut, isPinned, type State } from './state/state.ts';

const cheapestType = (model: Model, state: State, search: Pricer, route: number): number => {
  const current = state.typeOf[route] as number;
  let cheapest = current;
  let cost = (state.routeCost[route] as number) - 1e-9;
  for (let type = 0; type < model.types.length; type += 1) {
    if (
      type === current ||
      model.types[type]?.isPinned ||
      (state.usedOfType[type] as number) >= (model.types[type]?.indices.length ?? 0)
    )
      continue;
    const candidate = search.price(state, route, type, cost);
    if (candidate >= cost) continue;
    cost = candidate;
    cheapest = type;
  }
  return cheapest;
};

/** Gives each changed route the vehicle type that serves it cheapest among those with a vehicle left. */
export const changeVehicles = (model: Model, state: State, search: Pricer): void => {
  if (model.types.length < 2 || areAllOut(model, state)) return;
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    if ((state.openAt[route] as number) < 0 || isPinned(model, state, route)) continue;
    const type = cheapestType(model, state, search, route);
    if (type === state.typeOf[route]) continue;
    retype(model, state, route, type);
    setRouteCost(state, route, search.mend(state, route));
  }
};
