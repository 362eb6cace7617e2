import type { Model } from './model/model.ts';

/**
 * A solution under construction, in flat arrays. A route is a doubly linked ring: stops are their own nodes, route r's ends are
 * the one sentinel `stopCount + r`. Every change is written to a journal, so that a rejected step is undone in the time it took.
 */
export type State = {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Route of a stop; −1 while it is in none. */
  readonly routeOf: Int32Array;
  readonly typeOf: Int32Array;
  /** Disposal site where the vehicle empties after a stop, or right after its start (by sentinel); −1 = drives straight on. */
  readonly siteAfter: Int32Array;
  readonly size: Int32Array;
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  readonly units: Float64Array;
  /** With the vehicle's fixed cost. */
  readonly routeCost: Float64Array;
  /** Open routes in `open[0 … openCount − 1]`; `openAt` is the inverse, −1 when closed. */
  readonly open: Int32Array;
  readonly openAt: Int32Array;
  openCount: number;
  readonly spare: Int32Array;
  spareCount: number;
  readonly usedOfType: Int32Array;
  /** Stops that no route serves. */
  readonly absent: Int32Array;
  readonly absentAt: Int32Array;
  absentCount: number;
  /** Routes' costs and penalties of the absent. */
  cost: number;
  /** Routes changed since the last `commit`, and their cost before. */
  readonly touched: Int32Array;
  readonly isTouched: Uint8Array;
  readonly costBefore: Float64Array;
  touchedCount: number;
  journal: Int32Array;
  journalLength: number;
  costAtCommit: number;
};

const DETACHED = 0;
const INSERTED = 1;
const OPENED = 2;
const CLOSED = 3;
const ADMITTED = 4;
const LEFT_OUT = 5;
const RETYPED = 6;
const SITED = 7;

/** Every stop that is still to do absent, every vehicle in its depot. */
export const emptyState = (model: Model): State => {
  const { stopCount, routeSlots } = model;
  const state: State = {
    next: new Int32Array(stopCount + routeSlots),
    prev: new Int32Array(stopCount + routeSlots),
    routeOf: new Int32Array(stopCount).fill(-1),
    typeOf: new Int32Array(routeSlots),
    siteAfter: new Int32Array(stopCount + routeSlots).fill(-1),
    size: new Int32Array(routeSlots),
    litres: new Float64Array(routeSlots),
    kg: new Float64Array(routeSlots),
    units: new Float64Array(routeSlots),
    routeCost: new Float64Array(routeSlots),
    open: new Int32Array(routeSlots),
    openAt: new Int32Array(routeSlots).fill(-1),
    openCount: 0,
    spare: Int32Array.from({ length: routeSlots }, (_, index) => routeSlots - 1 - index),
    spareCount: routeSlots,
    usedOfType: new Int32Array(model.types.length),
    absent: new Int32Array(stopCount),
    absentAt: new Int32Array(stopCount).fill(-1),
    absentCount: 0,
    cost: 0,
    touched: new Int32Array(routeSlots),
    isTouched: new Uint8Array(routeSlots),
    costBefore: new Float64Array(routeSlots),
    touchedCount: 0,
    journal: new Int32Array(4 * (4 * stopCount + 64)),
    journalLength: 0,
    costAtCommit: 0,
  };
  for (let stop = 0; stop < stopCount; stop += 1) {
    if (model.isDone[stop] === 0) leaveOut(model, state, stop);
  }
  commit(state);
  return state;
};

const write = (state: State, operation: number, what: number, after: number, route: number): void => {
  if (state.journalLength + 4 > state.journal.length) {
    const larger = new Int32Array(state.journal.length * 2);
    larger.set(state.journal);
    state.journal = larger;
  }
  const at = state.journalLength;
  state.journal[at] = operation;
  state.journal[at + 1] = what;
  state.journal[at + 2] = after;
  state.journal[at + 3] = route;
  state.journalLength = at + 4;
};

/** Call before the first change of a route since the last commit. */
const touch = (state: State, route: number): void => {
  if (state.isTouched[route] === 1) return;
  state.isTouched[route] = 1;
  state.costBefore[route] = state.routeCost[route] as number;
  state.touched[state.touchedCount] = route;
  state.touchedCount += 1;
};

const link = (model: Model, state: State, stop: number, after: number, route: number): void => {
  const following = state.next[after] as number;
  state.next[after] = stop;
  state.prev[stop] = after;
  state.next[stop] = following;
  state.prev[following] = stop;
  state.routeOf[stop] = route;
  state.size[route] = (state.size[route] as number) + 1;
  state.litres[route] = (state.litres[route] as number) + (model.litres[stop] as number);
  state.kg[route] = (state.kg[route] as number) + (model.kg[stop] as number);
  state.units[route] = (state.units[route] as number) + (model.units[stop] as number);
};

const unlink = (model: Model, state: State, stop: number): void => {
  const route = state.routeOf[stop] as number;
  const before = state.prev[stop] as number;
  const following = state.next[stop] as number;
  state.next[before] = following;
  state.prev[following] = before;
  state.routeOf[stop] = -1;
  state.size[route] = (state.size[route] as number) - 1;
  state.litres[route] = (state.litres[route] as number) - (model.litres[stop] as number);
  state.kg[route] = (state.kg[route] as number) - (model.kg[stop] as number);
  state.units[route] = (state.units[route] as number) - (model.units[stop] as number);
};

const raise = (model: Model, state: State, type: number): number => {
  state.spareCount -= 1;
  const route = state.spare[state.spareCount] as number;
  const sentinel = model.stopCount + route;
  state.next[sentinel] = sentinel;
  state.prev[sentinel] = sentinel;
  state.typeOf[route] = type;
  state.size[route] = 0;
  state.litres[route] = 0;
  state.kg[route] = 0;
  state.units[route] = 0;
  state.siteAfter[sentinel] = -1;
  state.openAt[route] = state.openCount;
  state.open[state.openCount] = route;
  state.openCount += 1;
  state.usedOfType[type] = (state.usedOfType[type] as number) + 1;
  return route;
};

const lower = (state: State, route: number): void => {
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

const addAbsent = (state: State, stop: number): void => {
  state.absentAt[stop] = state.absentCount;
  state.absent[state.absentCount] = stop;
  state.absentCount += 1;
};

const removeAbsent = (state: State, stop: number): void => {
  const at = state.absentAt[stop] as number;
  state.absentCount -= 1;
  const last = state.absent[state.absentCount] as number;
  state.absent[at] = last;
  state.absentAt[last] = at;
  state.absentAt[stop] = -1;
};

/** Puts a free stop behind `after`, a stop of the route or its sentinel. The caller settles the route's cost. */
export const insert = (model: Model, state: State, stop: number, after: number, route: number): void => {
  touch(state, route);
  link(model, state, stop, after, route);
  write(state, INSERTED, stop, after, route);
};

/** Has the vehicle empty at a site after a stop or sentinel of the route; −1 = not. The caller settles the route's cost. */
export const setSite = (state: State, node: number, site: number, route: number): void => {
  const before = state.siteAfter[node] as number;
  if (before === site) return;
  touch(state, route);
  write(state, SITED, node, before, route);
  state.siteAfter[node] = site;
};

/**
 * Takes a stop out of its route. The disposal visit behind it moves to the stop before, unless that has
 * one or nothing is on board there. The caller settles the
 * route's cost.
 */
export const detach = (model: Model, state: State, stop: number): void => {
  const route = state.routeOf[stop] as number;
  touch(state, route);
  const site = state.siteAfter[stop] as number;
  if (site >= 0) {
    const before = state.prev[stop] as number;
    const isLoaded = before < model.stopCount || model.types[state.typeOf[route] as number]?.dayBefore.streams !== 0;
    if (isLoaded && (state.siteAfter[before] as number) < 0) setSite(state, before, site, route);
    setSite(state, stop, -1, route);
  }
  write(state, DETACHED, stop, state.prev[stop] as number, route);
  unlink(model, state, stop);
};

/** Sends another vehicle out; the caller made sure that a slot and a vehicle of the type are left. Answers the route. */
export const openRoute = (model: Model, state: State, type: number): number => {
  const slot = state.spare[state.spareCount - 1] as number;
  state.routeCost[slot] = 0;
  touch(state, slot);
  const route = raise(model, state, type);
  write(state, OPENED, type, 0, route);
  setRouteCost(state, route, model.types[type]?.fixedCost ?? 0);
  return route;
};

/** Takes an empty route's vehicle back. */
export const closeRoute = (state: State, route: number): void => {
  touch(state, route);
  write(state, CLOSED, state.typeOf[route] as number, 0, route);
  lower(state, route);
  setRouteCost(state, route, 0);
};

/** Gives the route a vehicle of another type. The caller settles the route's cost. */
export const retype = (state: State, route: number, type: number): void => {
  touch(state, route);
  const before = state.typeOf[route] as number;
  write(state, RETYPED, before, 0, route);
  assignType(state, route, type);
};

const assignType = (state: State, route: number, type: number): void => {
  const before = state.typeOf[route] as number;
  state.usedOfType[before] = (state.usedOfType[before] as number) - 1;
  state.usedOfType[type] = (state.usedOfType[type] as number) + 1;
  state.typeOf[route] = type;
};

/** A stop that was left out is up for insertion again. */
export const admit = (model: Model, state: State, stop: number): void => {
  write(state, ADMITTED, stop, 0, 0);
  removeAbsent(state, stop);
  state.cost -= model.absencePenalty[stop] as number;
};

/** No route takes the stop. */
export const leaveOut = (model: Model, state: State, stop: number): void => {
  write(state, LEFT_OUT, stop, 0, 0);
  addAbsent(state, stop);
  state.cost += model.absencePenalty[stop] as number;
};

export const setRouteCost = (state: State, route: number, cost: number): void => {
  state.cost += cost - (state.routeCost[route] as number);
  state.routeCost[route] = cost;
};

/** Makes the present state the one that `rollBack` returns to. */
export const commit = (state: State): void => {
  for (let index = 0; index < state.touchedCount; index += 1) state.isTouched[state.touched[index] as number] = 0;
  state.touchedCount = 0;
  state.journalLength = 0;
  state.costAtCommit = state.cost;
};

const undo = (model: Model, state: State, at: number): void => {
  const what = state.journal[at + 1] as number;
  const route = state.journal[at + 3] as number;
  const operation = state.journal[at];
  if (operation === DETACHED) link(model, state, what, state.journal[at + 2] as number, route);
  else if (operation === INSERTED) unlink(model, state, what);
  else if (operation === OPENED) lower(state, route);
  else if (operation === CLOSED) raise(model, state, what);
  else if (operation === ADMITTED) addAbsent(state, what);
  else if (operation === LEFT_OUT) removeAbsent(state, what);
  else if (operation === SITED) state.siteAfter[what] = state.journal[at + 2] as number;
  else assignType(state, route, what);
};

/** Undoes everything since the last commit, newest first. */
export const rollBack = (model: Model, state: State): void => {
  for (let at = state.journalLength - 4; at >= 0; at -= 4) undo(model, state, at);
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    state.routeCost[route] = state.costBefore[route] as number;
  }
  state.cost = state.costAtCommit;
  commit(state);
};
