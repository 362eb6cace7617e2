import type { Model } from '../model/model.ts';
import { priceOrder, priceWithItsSites, writeOrder, writeSites } from '../schedule/price-order.ts';
import { updateTimetable } from '../schedule/timetable.ts';
import { setRouteCost, setSite } from '../state/changes.ts';
import type { State } from '../state/state.ts';
import type { ScheduledSearch } from './scheduled-search.ts';

/** Writes the sites of the evaluated order into the route. */
export const applySites = (model: Model, state: State, search: ScheduledSearch, route: number): void => {
  const { sites } = search.pricing.evaluation;
  const sentinel = model.stopCount + route;
  let at = 0;
  let node = sentinel;
  do {
    setSite(state, node, sites[at] as number, route);
    at += 1;
    node = state.next[node] as number;
  } while (node !== sentinel);
};

/** Prices a route as a whole, has it empty where that is best by now, and answers its cost; infinite when it cannot be driven. */
export const replaceDisposals = (model: Model, state: State, search: ScheduledSearch, route: number): number => {
  const length = writeOrder(model, state, search.pricing.evaluation, route, -1, -1);
  const most = (state.routeCost[route] as number) - 1e-9;
  const cost = priceOrder(search.pricing, state.typeOf[route] as number, length, false, most);
  if (cost < most) {
    applySites(model, state, search, route);
    const settled = updateTimetable(model, state, search.timetable, route);
    setRouteCost(state, route, settled);
  }
  return state.routeCost[route] as number;
};

/**
 * Has a route that was put together somehow empty where it then can be driven, as it stands or elsewhere, looking long for it.
 * Answers its cost, infinite when there is no way.
 */
export const mendDisposals = (model: Model, state: State, search: ScheduledSearch, route: number): number => {
  const { evaluation } = search.pricing;
  const type = state.typeOf[route] as number;
  const length = writeOrder(model, state, evaluation, route, -1, -1);
  writeSites(model, state, evaluation, route);
  const asItStands = priceWithItsSites(evaluation, type, length);
  const cost = priceOrder(search.pricing, type, length, true);
  if (Math.min(asItStands, cost) === Number.POSITIVE_INFINITY) return cost;
  if (cost < asItStands) applySites(model, state, search, route);
  return updateTimetable(model, state, search.timetable, route);
};
