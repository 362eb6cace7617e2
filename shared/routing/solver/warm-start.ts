import type { Solution, Visit } from '../solution.ts';
import type { Model } from './model/model.ts';
import type { Search } from './search.ts';
import { admit, closeRoute, detach, insert, leaveOut, openRoute, setRouteCost, setSite } from './state/changes.ts';
import { isPinned, type State } from './state/state.ts';

/**
 * Lays a plan that is known into the state as far as the problem still allows it: each vehicle's stops in their order. Stops that
 * are new, whose vehicle is gone, or that no longer fit stay absent for the caller to insert.
 */
export const adoptPlan = (model: Model, state: State, search: Search, known: Solution): void => {
  const numbers = new Map(model.problem.stops.map(({ id }, number) => [id, number]));
  for (const { vehicleId, vehicleIndex, visits } of known.routes) {
    const type = model.types.findIndex(
      ({ vehicle, indices }) => vehicle.id === vehicleId && indices.includes(vehicleIndex),
    );
    const route = routeFor(model, state, type);
    if (route < 0) continue;
    const ahead = visits.filter((visit) => visit.done !== true);
    const stops = ahead.flatMap((visit) => (visit.kind === 'stop' ? (numbers.get(visit.stopId) ?? -1) : []));
    const open = stops.filter((stop) => stop >= 0 && (state.absentAt[stop] as number) >= 0);
    fillRoute(model, state, search, route, open, disposalsIn(model, ahead, numbers));
  }
};

const BEFORE_ALL_STOPS = -1;

/** By stop: the site at which the plan empties after it. */
const disposalsIn = (
  model: Model,
  visits: readonly Visit[],
  numbers: ReadonlyMap<string, number>,
): ReadonlyMap<number, number> => {
  const siteAfter = new Map<number, number>();
  let stop = BEFORE_ALL_STOPS;
  for (const visit of visits) {
    if (visit.kind === 'stop') stop = numbers.get(visit.stopId) ?? -1;
    if (visit.kind === 'disposal')
      siteAfter.set(
        stop,
        model.sites.findIndex(({ id }) => id === visit.disposalId),
      );
  }
  return siteAfter;
};

/** The route of a vehicle that is out already, or of one sent out now; −1 when there is none of the type left. */
const routeFor = (model: Model, state: State, type: number): number => {
  const vehicle = model.types[type];
  if (vehicle === undefined) return -1;
  if (vehicle.isPinned)
    return state.open.subarray(0, state.openCount).find((route) => state.typeOf[route] === type) ?? -1;
  const isLeft = (state.usedOfType[type] as number) < vehicle.indices.length && state.openCount < state.mostOpen;
  return isLeft ? openRoute(model, state, type) : -1;
};

/** Puts the stops at the end of the route, in order, and takes the last ones out again until it can be driven. */
const fillRoute = (
  model: Model,
  state: State,
  search: Search,
  route: number,
  stops: readonly number[],
  siteAfter: ReadonlyMap<number, number>,
): void => {
  const costBefore = state.routeCost[route] as number;
  const sentinel = model.stopCount + route;
  let after = state.prev[sentinel] as number;
  for (const stop of stops) {
    admit(model, state, stop);
    insert(model, state, stop, after, route);
    after = stop;
  }
  setSite(state, sentinel, siteAfter.get(BEFORE_ALL_STOPS) ?? -1, route);
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    setSite(state, stop, siteAfter.get(stop) ?? -1, route);
  }
  let cost = search.mend(state, route);
  for (let left = stops.length; cost === Number.POSITIVE_INFINITY && left > 0; ) {
    const dropped = Math.max(1, Math.ceil(left / 8));
    for (let count = 0; count < dropped; count += 1) {
      left -= 1;
      const stop = stops[left] as number;
      detach(model, state, stop);
      leaveOut(model, state, stop);
    }
    cost = search.mend(state, route);
  }
  if (state.size[route] === 0 && !isPinned(model, state, route)) closeRoute(state, route);
  else setRouteCost(state, route, cost === Number.POSITIVE_INFINITY ? costBefore : cost);
};
