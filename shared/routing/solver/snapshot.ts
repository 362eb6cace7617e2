import type { Model } from './model/model.ts';
import type { State } from './state.ts';

/** A route apart from the state: its stops in order, the site where the vehicle empties after each (first: after its start), and its vehicle's type. */
export type RouteOrder = { readonly type: number; readonly stops: Int32Array; readonly sites: Int32Array };

/** A copy of the routes worth keeping. */
export type Snapshot = { readonly routes: readonly RouteOrder[]; readonly absent: Int32Array };

const copyRoute = (model: Model, state: State, route: number): RouteOrder => {
  const stops = new Int32Array(state.size[route] as number);
  const sites = new Int32Array(stops.length + 1);
  let node = model.stopCount + route;
  for (let at = 0; at <= stops.length; at += 1) {
    if (at > 0) stops[at - 1] = node;
    sites[at] = state.siteAfter[node] as number;
    node = state.next[node] as number;
  }
  return { type: state.typeOf[route] as number, stops, sites };
};

export const snapshot = (model: Model, state: State): Snapshot => ({
  routes: Array.from(state.open.subarray(0, state.openCount), (route) => copyRoute(model, state, route)),
  absent: state.absent.slice(0, state.absentCount),
});
