import type { Solution } from '../solution.ts';
import { InfeasibleProblemError } from '../validate-problem.ts';
import { changeVehicles } from './change-vehicles.ts';
import type { Model } from './model/model.ts';
import type { VehicleType } from './model/vehicle-type.ts';
import type { Random } from './random.ts';
import { orderRuined } from './recreate/order.ts';
import { type Ruined, ruinScratch } from './ruin/ruined.ts';
import { savingsRoutes } from './savings.ts';
import type { Search } from './search.ts';
import { admit, emptyState, insert, openRoute, setRouteCost } from './state/changes.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';
import { adoptPlan } from './warm-start.ts';

const roomiestType = (model: Model): number => {
  let roomiest = 0;
  model.types.forEach((type, index) => {
    if (type.litres > (model.types[roomiest]?.litres ?? 0)) roomiest = index;
  });
  return roomiest;
};

const sum = (values: Float64Array, stops: readonly number[]): number =>
  stops.reduce((total, stop) => total + (values[stop] as number), 0);

/** The cheapest type by its fixed cost that may serve and hold the stops and has a vehicle left; −1 when there is none. */
const typeFor = (model: Model, state: State, stops: readonly number[]): number => {
  const litres = sum(model.litres, stops);
  const kg = sum(model.kg, stops);
  const units = sum(model.units, stops);
  let chosen = -1;
  model.types.forEach((type, index) => {
    const isLeft = (state.usedOfType[index] as number) < type.indices.length && state.openCount < state.mostOpen;
    const holds = litres <= Math.min(type.litres, type.maxLitres) && kg <= type.kg && units <= type.units;
    if (!isLeft || !holds || !stops.every((stop) => type.serves[stop] === 1)) return;
    if (chosen < 0 || type.fixedCost < (model.types[chosen]?.fixedCost ?? 0)) chosen = index;
  });
  return chosen;
};

const openSavingsRoutes = (model: Model, state: State, search: Search): void => {
  const routes = [...savingsRoutes(model, roomiestType(model))];
  routes.sort((a, b) => sum(model.litres, b) - sum(model.litres, a));
  for (const stops of routes) {
    const type = typeFor(model, state, stops);
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

/** Draws that never look away from a place and never dare a dear one. */
const sober: Random = () => 0.999;

const insertAbsent = (model: Model, state: State, search: Search, ruined: Ruined, random: Random): void => {
  ruined.count = 0;
  while (state.absentCount > 0) {
    const stop = state.absent[state.absentCount - 1] as number;
    admit(model, state, stop);
    ruined.stops[ruined.count] = stop;
    ruined.count += 1;
  }
  orderRuined(model, ruined, random);
  search.recreate(state, ruined, sober, Number.POSITIVE_INFINITY);
};

const cannotEndDay = (model: Model, { vehicle, committed }: VehicleType): InfeasibleProblemError => {
  const at = model.problem.vehicles.indexOf(vehicle);
  const pointer = `/vehicles/${at}/${committed.length > 0 ? 'committed' : 'done'}`;
  const detail = `vehicle ${vehicle.id} cannot serve these, empty and be home within its shift`;
  return new InfeasibleProblemError([{ pointer, detail }]);
};

/** Vehicles whose day has begun, or who have stops to serve first, are out from the beginning. */
const openPinnedRoutes = (model: Model, state: State, search: Search): void => {
  model.types.forEach((type, index) => {
    if (!type.isPinned) return;
    const route = openRoute(model, state, index);
    let after = model.stopCount + route;
    for (const stop of type.committed) {
      admit(model, state, stop);
      insert(model, state, stop, after, route);
      after = stop;
    }
    const cost = search.mend(state, route);
    if (cost === Number.POSITIVE_INFINITY) throw cannotEndDay(model, type);
    setRouteCost(state, route, cost);
  });
};

/** A first solution: what is known of a plan, or savings where capacity alone binds, insertion of one stop after another for what is left. */
export const construct = (model: Model, search: Search, random: Random, known: Solution | undefined): State => {
  const state = emptyState(model);
  openPinnedRoutes(model, state, search);
  if (known !== undefined) adoptPlan(model, state, search, known);
  else if (model.capacityOnly) openSavingsRoutes(model, state, search);
  insertAbsent(model, state, search, ruinScratch(model), random);
  changeVehicles(model, state, search);
  commit(state);
  return state;
};
