import type { Model } from '../model/model.ts';
import {
  ADMITTED,
  CLOSED,
  CROSSED,
  commit,
  DETACHED,
  FLIPPED,
  INSERTED,
  LEFT_OUT,
  OPENED,
  RETYPED,
  SITED,
  touch,
  write,
} from './journal.ts';
import {
  addAbsent,
  assignType,
  crossOver,
  link,
  lower,
  raise,
  removeAbsent,
  routeAt,
  turnRound,
  unlink,
  wayBetween,
} from './links.ts';
import { allocateState, type State } from './state.ts';

/** Every stop that is still to do absent, every vehicle in its depot. */
export const emptyState = (model: Model): State => {
  const state = allocateState(model);
  for (let stop = 0; stop < model.stopCount; stop += 1) {
    if (model.isDone[stop] === 0) leaveOut(model, state, stop);
  }
  commit(state);
  return state;
};

/** Puts a free stop behind `after`, a stop of the route or its sentinel. The caller settles the route's cost. */
export const insert = (model: Model, state: State, stop: number, after: number, route: number): void => {
  touch(state, route);
  write(state, INSERTED, stop, after, route, state.wayOn[after] as number, 0);
  const wayIn = wayBetween(model, state, after, stop);
  const wayOn = wayBetween(model, state, stop, state.next[after] as number);
  link(model, state, stop, after, route, wayIn, wayOn);
};

/** Has the vehicle empty at a site after a stop or sentinel of the route; −1 = not. The caller settles the route's cost. */
export const setSite = (state: State, node: number, site: number, route: number): void => {
  const before = state.siteAfter[node] as number;
  if (before === site) return;
  touch(state, route);
  write(state, SITED, node, before, route, 0, 0);
  state.siteAfter[node] = site;
};

const passSiteOn = (model: Model, state: State, stop: number, site: number, route: number): void => {
  const before = state.prev[stop] as number;
  const isLoaded = before < model.stopCount || model.types[state.typeOf[route] as number]?.dayBefore.streams !== 0;
  if (isLoaded && (state.siteAfter[before] as number) < 0) setSite(state, before, site, route);
  setSite(state, stop, -1, route);
};

/**
 * Takes a stop out of its route. The disposal visit behind it moves to the stop before, unless that has one or nothing is on
 * board there. The caller settles the route's cost.
 */
export const detach = (model: Model, state: State, stop: number): void => {
  const route = state.routeOf[stop] as number;
  touch(state, route);
  const site = state.siteAfter[stop] as number;
  if (site >= 0) passSiteOn(model, state, stop, site, route);
  const before = state.prev[stop] as number;
  write(state, DETACHED, stop, before, route, state.wayOn[before] as number, state.wayOn[stop] as number);
  unlink(model, state, stop, wayBetween(model, state, before, state.next[stop] as number));
};

/**
 * Takes `stops[from … to − 1]` out of their route, where they follow one another and nothing is emptied between them. It is
 * written down as if they left one by one from behind, so that undone they come back from the front, each with its ways. The
 * caller settles the route's cost.
 */
export const detachString = (model: Model, state: State, stops: Int32Array, from: number, to: number): void => {
  if (from >= to) return;
  const { prev, next, wayOn, routeOf } = state;
  const route = routeOf[stops[from] as number] as number;
  const before = prev[stops[from] as number] as number;
  const following = next[stops[to - 1] as number] as number;
  touch(state, route);
  let metres = wayOn[before] as number;
  let litres = 0;
  let kg = 0;
  let units = 0;
  for (let at = to - 1; at >= from; at -= 1) {
    const stop = stops[at] as number;
    const after = at > from ? (stops[at - 1] as number) : before;
    const way = wayOn[stop] as number;
    write(state, DETACHED, stop, after, route, wayOn[after] as number, way);
    metres += way;
    litres += model.litres[stop] as number;
    kg += model.kg[stop] as number;
    units += model.units[stop] as number;
    routeOf[stop] = -1;
  }
  next[before] = following;
  prev[following] = before;
  wayOn[before] = wayBetween(model, state, before, following);
  state.metres[route] = (state.metres[route] as number) + (wayOn[before] as number) - metres;
  state.size[route] = (state.size[route] as number) - (to - from);
  state.litres[route] = (state.litres[route] as number) - litres;
  state.kg[route] = (state.kg[route] as number) - kg;
  state.units[route] = (state.units[route] as number) - units;
};

/**
 * Exchanges what follows behind two nodes of two routes with the same start and end. The caller made sure of room, and settles
 * the routes' costs.
 */
export const exchangeTails = (model: Model, state: State, one: number, other: number): void => {
  const route = routeAt(model, state, one);
  const otherRoute = routeAt(model, state, other);
  touch(state, route);
  touch(state, otherRoute);
  write(state, CROSSED, one, other, route, state.wayOn[one] as number, state.wayOn[other] as number);
  const wayOn = wayBetween(model, state, one, state.next[other] as number);
  const otherWayOn = wayBetween(model, state, other, state.next[one] as number);
  crossOver(model, state, one, other, wayOn, otherWayOn);
};

/** Has a route go the other way round: for ways that are as long there as back, and a route that ends where it starts. */
export const flip = (model: Model, state: State, route: number): void => {
  touch(state, route);
  write(state, FLIPPED, route, 0, route, 0, 0);
  turnRound(model, state, route);
};

/** Sends another vehicle out; the caller made sure that a slot and a vehicle of the type are left. Answers the route. */
export const openRoute = (model: Model, state: State, type: number): number => {
  const slot = state.spare[state.spareCount - 1] as number;
  state.routeCost[slot] = 0;
  touch(state, slot);
  const route = raise(model, state, type);
  write(state, OPENED, type, 0, route, 0, 0);
  setRouteCost(state, route, model.types[type]?.fixedCost ?? 0);
  return route;
};

/** Takes an empty route's vehicle back. */
export const closeRoute = (state: State, route: number): void => {
  touch(state, route);
  write(state, CLOSED, state.typeOf[route] as number, 0, route, 0, 0);
  lower(state, route);
  setRouteCost(state, route, 0);
};

/** Gives the route a vehicle of another type. The caller settles the route's cost. */
export const retype = (model: Model, state: State, route: number, type: number): void => {
  touch(state, route);
  write(state, RETYPED, state.typeOf[route] as number, 0, route, 0, 0);
  assignType(model, state, route, type);
};

/** A stop that was left out is up for insertion again. */
export const admit = (model: Model, state: State, stop: number): void => {
  write(state, ADMITTED, stop, 0, 0, 0, 0);
  removeAbsent(state, stop);
  state.cost -= model.absencePenalty[stop] as number;
};

/** No route takes the stop. */
export const leaveOut = (model: Model, state: State, stop: number): void => {
  write(state, LEFT_OUT, stop, 0, 0, 0, 0);
  addAbsent(state, stop);
  state.cost += model.absencePenalty[stop] as number;
};

export const setRouteCost = (state: State, route: number, cost: number): void => {
  state.cost += cost - (state.routeCost[route] as number);
  state.routeCost[route] = cost;
};
