import type { Model } from '../model/model.ts';
import type { State } from './state.ts';

/** The bare moves on a state: neither journal nor cost. What each does, another undoes. */

/** Puts a free stop into the ring behind `after`: the route's sums are left alone. */
export const hook = (state: State, stop: number, after: number, route: number, wayIn: number, wayOn: number): void => {
  const following = state.next[after] as number;
  state.next[after] = stop;
  state.prev[stop] = after;
  state.next[stop] = following;
  state.prev[following] = stop;
  state.wayOn[after] = wayIn;
  state.wayOn[stop] = wayOn;
  state.routeOf[stop] = route;
};

/** Takes a stop out of its ring; the way is that from the node before it to the one behind it. The route's sums are left alone. */
export const unhook = (state: State, stop: number, way: number): void => {
  const before = state.prev[stop] as number;
  const following = state.next[stop] as number;
  state.next[before] = following;
  state.prev[following] = before;
  state.wayOn[before] = way;
  state.routeOf[stop] = -1;
};

/** Puts a free stop behind `after`; the ways are those from `after` to it and from it on. */
export const link = (
  model: Model,
  state: State,
  stop: number,
  after: number,
  route: number,
  wayIn: number,
  wayOn: number,
): void => {
  state.metres[route] = (state.metres[route] as number) + wayIn + wayOn - (state.wayOn[after] as number);
  state.size[route] = (state.size[route] as number) + 1;
  state.litres[route] = (state.litres[route] as number) + (model.litres[stop] as number);
  state.kg[route] = (state.kg[route] as number) + (model.kg[stop] as number);
  state.units[route] = (state.units[route] as number) + (model.units[stop] as number);
  hook(state, stop, after, route, wayIn, wayOn);
};

/** Takes a stop out; the way is that from the node before it to the one behind it. */
export const unlink = (model: Model, state: State, stop: number, way: number): void => {
  const route = state.routeOf[stop] as number;
  const ways = (state.wayOn[state.prev[stop] as number] as number) + (state.wayOn[stop] as number);
  state.metres[route] = (state.metres[route] as number) + way - ways;
  state.size[route] = (state.size[route] as number) - 1;
  state.litres[route] = (state.litres[route] as number) - (model.litres[stop] as number);
  state.kg[route] = (state.kg[route] as number) - (model.kg[stop] as number);
  state.units[route] = (state.units[route] as number) - (model.units[stop] as number);
  unhook(state, stop, way);
};

/** The route of a stop or sentinel. */
export const routeAt = (model: Model, state: State, node: number): number =>
  node < model.stopCount ? (state.routeOf[node] as number) : node - model.stopCount;

/** Lets the stops behind a node go over to a route, their figures with them; answers the last of them, or the node. */
const handOver = (model: Model, state: State, node: number, from: number, to: number): number => {
  let last = node;
  let metres = 0;
  let litres = 0;
  let kg = 0;
  let units = 0;
  let size = 0;
  for (let stop = state.next[node] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    state.routeOf[stop] = to;
    metres += state.wayOn[stop] as number;
    litres += model.litres[stop] as number;
    kg += model.kg[stop] as number;
    units += model.units[stop] as number;
    size += 1;
    last = stop;
  }
  state.metres[from] = (state.metres[from] as number) - metres;
  state.metres[to] = (state.metres[to] as number) + metres;
  state.litres[from] = (state.litres[from] as number) - litres;
  state.litres[to] = (state.litres[to] as number) + litres;
  state.kg[from] = (state.kg[from] as number) - kg;
  state.kg[to] = (state.kg[to] as number) + kg;
  state.units[from] = (state.units[from] as number) - units;
  state.units[to] = (state.units[to] as number) + units;
  state.size[from] = (state.size[from] as number) - size;
  state.size[to] = (state.size[to] as number) + size;
  return last;
};

/** Exchanges what follows behind two nodes; the ways are those that lead on from them by then. */
export const crossOver = (
  model: Model,
  state: State,
  one: number,
  other: number,
  wayOn: number,
  otherWayOn: number,
): void => {
  const { next, prev, metres } = state;
  const route = routeAt(model, state, one);
  const otherRoute = routeAt(model, state, other);
  const sentinel = model.stopCount + route;
  const otherSentinel = model.stopCount + otherRoute;
  const first = next[one] as number;
  const otherFirst = next[other] as number;
  metres[route] = (metres[route] as number) + wayOn - (state.wayOn[one] as number);
  metres[otherRoute] = (metres[otherRoute] as number) + otherWayOn - (state.wayOn[other] as number);
  const last = handOver(model, state, one, route, otherRoute);
  const otherLast = handOver(model, state, other, otherRoute, route);
  const follow = (node: number, following: number, end: number, home: number, isEmpty: boolean): void => {
    const to = isEmpty ? home : following;
    next[node] = to;
    prev[to] = node;
    if (isEmpty) return;
    next[end] = home;
    prev[home] = end;
  };
  follow(one, otherFirst, otherLast, sentinel, otherFirst === otherSentinel);
  follow(other, first, last, otherSentinel, first === sentinel);
  state.wayOn[one] = wayOn;
  state.wayOn[other] = otherWayOn;
};

/** Has a route go the other way round, its ways with it. */
export const turnRound = (model: Model, state: State, route: number): void => {
  const { next, prev, wayOn } = state;
  const sentinel = model.stopCount + route;
  let node = sentinel;
  let way = wayOn[prev[sentinel] as number] as number;
  do {
    const following = next[node] as number;
    const onward = wayOn[node] as number;
    next[node] = prev[node] as number;
    prev[node] = following;
    wayOn[node] = way;
    way = onward;
    node = following;
  } while (node !== sentinel);
};

/** The place of a node as one comes from it, or goes to it. */
const leaving = (model: Model, state: State, node: number): number =>
  node < model.stopCount ? node : (state.startOf[node - model.stopCount] as number);
const reaching = (model: Model, state: State, node: number): number =>
  node < model.stopCount ? node : (state.endOf[node - model.stopCount] as number);

/** Metres from one node straight to another. */
export const wayBetween = (model: Model, state: State, from: number, to: number): number =>
  model.distance[leaving(model, state, from) * model.placeCount + reaching(model, state, to)] as number;

/** Makes an empty route of a spare slot. */
export const raise = (model: Model, state: State, type: number): number => {
  state.spareCount -= 1;
  const route = state.spare[state.spareCount] as number;
  const sentinel = model.stopCount + route;
  state.next[sentinel] = sentinel;
  state.prev[sentinel] = sentinel;
  state.siteAfter[sentinel] = -1;
  state.size[route] = 0;
  state.litres[route] = 0;
  state.kg[route] = 0;
  state.units[route] = 0;
  state.openAt[route] = state.openCount;
  state.open[state.openCount] = route;
  state.openCount += 1;
  state.usedOfType[type] = (state.usedOfType[type] as number) + 1;
  state.typeOf[route] = type;
  anchor(model, state, route);
  return route;
};

export const lower = (state: State, route: number): void => {
  const at = state.openAt[route] as number;
  state.openCount -= 1;
  const last = state.open[state.openCount] as number;
  state.open[at] = last;
  state.openAt[last] = at;
  state.openAt[route] = -1;
  state.spare[state.spareCount] = route;
  state.spareCount += 1;
  const type = state.typeOf[route] as number;
  state.usedOfType[type] = (state.usedOfType[type] as number) - 1;
};

/** Has a route start and end where its type does, and measures it anew. */
const anchor = (model: Model, state: State, route: number): void => {
  const type = model.types[state.typeOf[route] as number];
  state.startOf[route] = type?.startPlace ?? 0;
  state.endOf[route] = type?.endPlace ?? 0;
  const sentinel = model.stopCount + route;
  let metres = 0;
  let node = sentinel;
  do {
    const following = state.next[node] as number;
    state.wayOn[node] = wayBetween(model, state, node, following);
    metres += state.wayOn[node] as number;
    node = following;
  } while (node !== sentinel);
  state.metres[route] = metres;
};

export const assignType = (model: Model, state: State, route: number, type: number): void => {
  const before = state.typeOf[route] as number;
  state.usedOfType[before] = (state.usedOfType[before] as number) - 1;
  state.usedOfType[type] = (state.usedOfType[type] as number) + 1;
  state.typeOf[route] = type;
  const { startPlace, endPlace } = model.types[type] ?? {};
  if (state.startOf[route] !== startPlace || state.endOf[route] !== endPlace) anchor(model, state, route);
};

export const addAbsent = (state: State, stop: number): void => {
  state.absentAt[stop] = state.absentCount;
  state.absent[state.absentCount] = stop;
  state.absentCount += 1;
};

export const removeAbsent = (state: State, stop: number): void => {
  const at = state.absentAt[stop] as number;
  state.absentCount -= 1;
  const last = state.absent[state.absentCount] as number;
  state.absent[at] = last;
  state.absentAt[last] = at;
  state.absentAt[stop] = -1;
};
