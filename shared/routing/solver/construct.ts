import { changeVehicles } from './change-vehicles.ts';
import type { Model } from './model.ts';
import { orderRuined } from './order.ts';
import type { Random } from './random.ts';
import { type Ruined, ruinScratch } from './ruin.ts';
import { savingsRoutes } from './savings.ts';
import type { Search } from './search.ts';
import { admit, commit, emptyState, insert, openRoute, type State, setRouteCost } from './state.ts';

const roomiestType = (model: Model): number => {
  let roomiest = 0;
  model.types.forEach((type, index) => {
    if (type.litres > (model.types[roomiest]?.litres ?? 0)) roomiest = index;
  });
  return roomiest;
};

/** The cheapest type by its fixed cost that has room for the load and a vehicle left; −1 when there is none. */
const typeWithRoom = (model: Model, state: State, litres: number, kg: number): number => {
  let chosen = -1;
  model.types.forEach((type, index) => {
    const available = (state.usedOfType[index] as number) < type.vehicle.count && state.spareCount > 0;
    if (!available || litres > Math.min(type.litres, type.maxLitres) || kg > type.kg) return;
    if (chosen < 0 || type.vehicle.fixedCost < (model.types[chosen]?.vehicle.fixedCost ?? 0)) chosen = index;
  });
  return chosen;
};

const sum = (values: Float64Array, stops: readonly number[]): number =>
  stops.reduce((total, stop) => total + (values[stop] as number), 0);

const openSavingsRoutes = (model: Model, state: State, search: Search): void => {
  const routes = [...savingsRoutes(model, roomiestType(model))];
  routes.sort((a, b) => sum(model.litres, b) - sum(model.litres, a));
  for (const stops of routes) {
    const type = typeWithRoom(model, state, sum(model.litres, stops), sum(model.kg, stops));
    if (type < 0) continue;
    const route = openRoute(model, state, type);
    let after = model.stopCount + route;
    for (const stop of stops) {
      admit(model, state, stop);
      insert(model, state, stop, after, route);
      after = stop;
    }
    setRouteCost(state, route, search.price(state, route, type));
  }
};

const insertAbsent = (model: Model, state: State, search: Search, ruined: Ruined, random: Random): void => {
  ruined.count = 0;
  while (state.absentCount > 0) {
    const stop = state.absent[state.absentCount - 1] as number;
    admit(model, state, stop);
    ruined.stops[ruined.count] = stop;
    ruined.count += 1;
  }
  orderRuined(model, ruined, random);
  search.recreate(state, ruined, random);
};

/** A first solution: savings where capacity alone binds, insertion of one stop after another for what is left. */
export const construct = (model: Model, search: Search, random: Random): State => {
  const state = emptyState(model);
  if (model.capacityOnly) openSavingsRoutes(model, state, search);
  insertAbsent(model, state, search, ruinScratch(model), random);
  changeVehicles(model, state, search);
  commit(state);
  return state;
};
