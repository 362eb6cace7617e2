import type { Model } from './model/model.ts';
import type { Search } from './search.ts';
import { type Keepsake, type RouteOrder, toSnapshot } from './snapshot.ts';
import { admit, emptyState, insert, openRoute, setRouteCost, setSite } from './state/changes.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';

const layOut = (model: Model, state: State, { type, stops, sites }: RouteOrder): number => {
  const route = openRoute(model, state, type);
  let after = model.stopCount + route;
  setSite(state, after, sites[0] as number, route);
  stops.forEach((stop, at) => {
    admit(model, state, stop);
    insert(model, state, stop, after, route);
    setSite(state, stop, sites[at + 1] as number, route);
    after = stop;
  });
  return route;
};

/** A state that stands where a keepsake was taken. */
export const restore = (model: Model, search: Search, keepsake: Keepsake): State =>
  stateOf(model, search, toSnapshot(model, keepsake).routes);

/** A state with these routes and no other. */
export const stateOf = (model: Model, search: Search, routes: readonly RouteOrder[]): State => {
  const state = emptyState(model);
  for (const order of routes) {
    const route = layOut(model, state, order);
    setRouteCost(state, route, search.settle(state, route));
  }
  commit(state);
  return state;
};
