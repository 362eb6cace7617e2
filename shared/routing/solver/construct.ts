import { InfeasibleProblemError } from '../assert-valid.ts';
import type { Solution } from '../solution.ts';
import { changeVehicles } from './change-vehicles.ts';
import type { Model } from './model/model.ts';
import type { VehicleType } from './model/vehicle-type.ts';
import type { Random } from './random.ts';
import { orderRuined } from './recreate/order.ts';
import { restore } from './restore.ts';
import { type Ruined, ruinScratch } from './ruin/ruined.ts';
import { type Merge, rankMerges, savingsRoutes } from './savings.ts';
import type { Everywhere, Search } from './search.ts';
import { type Keepsake, keepsakeOf } from './snapshot.ts';
import { openTourRoutes } from './split-tour.ts';
import { admit, emptyState, insert, openRoute, setRouteCost } from './state/changes.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';
import { adoptPlan } from './warm-start.ts';

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
    const holds = litres <= type.mostLitres && kg <= type.kg && units <= type.units;
    if (!isLeft || !holds || !stops.every((stop) => type.serves[stop] === 1)) return;
    if (chosen < 0 || type.fixedCost < (model.types[chosen]?.fixedCost ?? 0)) chosen = index;
  });
  return chosen;
};

/** Routes by savings that would suit vehicles of one type, each driven by the cheapest that is left. */
const openSavingsRoutes = (
  model: Model,
  state: State,
  search: Search,
  type: number,
  merges: readonly Merge[],
): void => {
  const routes = [...savingsRoutes(model, type, merges)];
  routes.sort((a, b) => sum(model.litres, b) - sum(model.litres, a));
  for (const stops of routes) {
    const chosen = typeFor(model, state, stops);
    if (chosen < 0) continue;
    const route = openRoute(model, state, chosen);
    let after = model.stopCount + route;
    for (const stop of stops) {
      admit(model, state, stop);
      insert(model, state, stop, after, route);
      after = stop;
    }
    setRouteCost(state, route, search.price(state, route, chosen));
  }
};

/** Draws that never look away from a place and never dare a dear one. */
const sober: Random = () => 0.999;

/** Inserts what is absent; answers false when it gave up because the cost had reached the limit. */
const insertAbsent = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  everywhere: Everywhere,
  limit: number,
): boolean => {
  ruined.count = 0;
  while (state.absentCount > 0) {
    const stop = state.absent[state.absentCount - 1] as number;
    admit(model, state, stop);
    ruined.stops[ruined.count] = stop;
    ruined.count += 1;
  }
  orderRuined(model, ruined, random);
  return search.recreate(state, ruined, sober, limit, everywhere);
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

type Draft = { readonly lay: (state: State) => void; readonly everywhere: Everywhere };

/** Over disposal sites insertion is slow: with more stops than this it would take the first second alone, and the tour has to do. */
const MOST_STOPS_FOR_MANY_DRAFTS = 800;

/** Types of vehicle by how much they load: for each size one, at most so many. */
const MOST_SIZES = 8;

const sizes = (model: Model): readonly number[] => {
  const bySize = new Map(model.types.map((type, index) => [type.mostLitres, index]));
  return [...bySize.entries()]
    .sort((a, b) => b[0] - a[0])
    .slice(0, MOST_SIZES)
    .map(([, index]) => index);
};

/**
 * Ways to a first solution. Where capacity alone binds: savings, for each size of vehicle. Elsewhere a tour cut into days, and
 * insertion, with another vehicle for a stop that fits nowhere near, or with few vehicles that go far; which is best depends on
 * windows and on how far depots are.
 */
const draftsOf = (model: Model, search: Search, known: Solution | undefined): readonly Draft[] => {
  if (known !== undefined) return [{ lay: (state) => adoptPlan(model, state, search, known), everywhere: 'last' }];
  if (!model.capacityOnly) {
    const lay = (): void => undefined;
    const byTour: Draft = { lay: (state) => openTourRoutes(model, state, search), everywhere: 'last' };
    if (model.sites.length > 0 && model.stopCount > MOST_STOPS_FOR_MANY_DRAFTS) return [byTour];
    return [byTour, { lay, everywhere: 'last' }, { lay, everywhere: 'first' }];
  }
  const merges = rankMerges(model, 0);
  return sizes(model).map((type) => ({
    lay: (state) => openSavingsRoutes(model, state, search, type, merges),
    everywhere: 'last',
  }));
};

const leavesMustServe = (model: Model, state: State): boolean => {
  for (let index = 0; index < state.absentCount; index += 1) {
    if (model.mustServe[state.absent[index] as number] === 1) return true;
  }
  return false;
};

/** The cheapest of the first solutions that are tried; a fleet that cannot do everything gets one try. */
export const construct = (model: Model, search: Search, random: Random, known: Solution | undefined): State => {
  const ruined = ruinScratch(model);
  let best: Keepsake | undefined;
  let state = emptyState(model);
  let isLatestBest = false;
  for (const { lay, everywhere } of draftsOf(model, search, known)) {
    if (best !== undefined) state = emptyState(model);
    openPinnedRoutes(model, state, search);
    lay(state);
    const isWhole = insertAbsent(
      model,
      state,
      search,
      ruined,
      random,
      everywhere,
      best?.cost ?? Number.POSITIVE_INFINITY,
    );
    changeVehicles(model, state, search);
    isLatestBest = isWhole && (best === undefined || state.cost < best.cost);
    if (isLatestBest) best = keepsakeOf(state);
    if (!model.capacityOnly && leavesMustServe(model, state)) break;
  }
  if (best !== undefined && !isLatestBest) state = restore(model, search, best);
  commit(state);
  return state;
};
