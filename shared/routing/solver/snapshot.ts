import type { Model } from './model/model.ts';
import type { State } from './state/state.ts';

/** A route apart from the state: its stops in order, the site where the vehicle empties after each (first: after its start), and its vehicle's type. */
export type RouteOrder = { readonly type: number; readonly stops: Int32Array; readonly sites: Int32Array };

/** The routes of a solution and what they leave out. */
export type Snapshot = { readonly routes: readonly RouteOrder[]; readonly absent: Int32Array };

/** A copy of what makes a solution, overwritten each time a better one is found: a few block copies. */
export type Keepsake = {
  readonly next: Int32Array;
  readonly siteAfter: Int32Array;
  readonly typeOf: Int32Array;
  readonly open: Int32Array;
  readonly absent: Int32Array;
  openCount: number;
  absentCount: number;
  cost: number;
};

export const keepsakeOf = (state: State): Keepsake => ({
  next: state.next.slice(),
  siteAfter: state.siteAfter.slice(),
  typeOf: state.typeOf.slice(),
  open: state.open.slice(),
  absent: state.absent.slice(),
  openCount: state.openCount,
  absentCount: state.absentCount,
  cost: state.cost,
});

/** Overwrites a keepsake with the state. */
export const keep = (keepsake: Keepsake, state: State): void => {
  keepsake.next.set(state.next);
  keepsake.siteAfter.set(state.siteAfter);
  keepsake.typeOf.set(state.typeOf);
  keepsake.open.set(state.open);
  keepsake.absent.set(state.absent);
  keepsake.openCount = state.openCount;
  keepsake.absentCount = state.absentCount;
  keepsake.cost = state.cost;
};

const orderOf = (model: Model, { next, siteAfter, typeOf }: Keepsake, route: number): RouteOrder => {
  const sentinel = model.stopCount + route;
  const stops: number[] = [];
  const sites = [siteAfter[sentinel] as number];
  for (let stop = next[sentinel] as number; stop < model.stopCount; stop = next[stop] as number) {
    stops.push(stop);
    sites.push(siteAfter[stop] as number);
  }
  return { type: typeOf[route] as number, stops: Int32Array.from(stops), sites: Int32Array.from(sites) };
};

export const toSnapshot = (model: Model, keepsake: Keepsake): Snapshot => ({
  routes: Array.from(keepsake.open.subarray(0, keepsake.openCount), (route) => orderOf(model, keepsake, route)),
  absent: keepsake.absent.slice(0, keepsake.absentCount),
});
