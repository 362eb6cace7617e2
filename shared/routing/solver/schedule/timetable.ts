import { type DisposalPlace, type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { type Bounds, beforeService, boundsAtEnd, retreat } from './bounds.ts';
import { type Clock, createClock, createDayEnd, type DayEnd, startClock } from './clock.ts';
import { saveClock } from './clock-at.ts';
import { goForward } from './follow-route.ts';
import { createLegs, type Legs, writeLegs } from './legs.ts';
import { isBoundedPlainly, retreatStretch } from './retreat-stretch.ts';
import { sumTrips, type TripLoads } from './trips.ts';

/**
 * What is known of the routes as they stand: the clock after each stop, how late each stop may begin, and what is on board of
 * the trip it belongs to. Indexed by node (stops, then the routes' sentinels, which stand for leaving the start), times by node
 * and number of breaks taken. Brought up to date route by route, after each change.
 */
export type Timetable = TripLoads & {
  readonly labels: number;
  readonly time: Float64Array;
  readonly waited: Float64Array;
  readonly slack: Float64Array;
  readonly driving: Float64Array;
  /** Latest arrivals. */
  readonly latest: Float64Array;
  /** When the trip left, at the earliest. */
  readonly departed: Float64Array;
  /** What the way from a node to the next is reckoned at, with the disposal visit on it: what an insertion there saves. */
  readonly saved: Float64Array;
  readonly legs: Legs;
  /** By route: what the time of its day costs. */
  readonly dayCost: Float64Array;
  /** By route: when the day ends, the waiting in it, and by how much it could begin later. */
  readonly dayEnd: Float64Array;
  readonly dayWaited: Float64Array;
  readonly daySlack: Float64Array;
  /**
   * What the figures of a node were reckoned with: its route, what came next and before, where the vehicle emptied behind it; and by route
   * its vehicle type. What still is so need not be reckoned again.
   */
  readonly owner: Int32Array;
  readonly followed: Int32Array;
  readonly preceded: Int32Array;
  readonly emptiedAt: Int32Array;
  readonly typeThen: Int32Array;
  readonly clock: Clock;
  readonly bounds: Bounds;
  readonly end: DayEnd;
};

const NOBODY = -1;

export const createTimetable = (model: Model): Timetable => {
  const nodes = model.stopCount + model.routeSlots;
  const labels = model.mostBreaks + 1;
  return {
    labels,
    time: new Float64Array(nodes * labels),
    waited: new Float64Array(nodes * labels),
    slack: new Float64Array(nodes * labels),
    driving: new Float64Array(nodes * labels),
    latest: new Float64Array(nodes * labels),
    tripLitres: new Float64Array(nodes),
    tripKg: new Float64Array(nodes),
    tripUnits: new Float64Array(nodes),
    tripStreams: new Int32Array(nodes),
    tripEnd: new Int32Array(nodes),
    departed: new Float64Array(nodes),
    saved: new Float64Array(nodes),
    legs: createLegs(nodes),
    dayCost: new Float64Array(model.routeSlots),
    dayEnd: new Float64Array(model.routeSlots),
    dayWaited: new Float64Array(model.routeSlots),
    daySlack: new Float64Array(model.routeSlots),
    owner: new Int32Array(nodes).fill(NOBODY),
    followed: new Int32Array(nodes),
    preceded: new Int32Array(nodes),
    emptiedAt: new Int32Array(nodes),
    typeThen: new Int32Array(model.routeSlots),
    clock: createClock(model),
    bounds: new Float64Array(labels),
    end: createDayEnd(),
  };
};

/**
 * Follows the route backward from `last`; those behind it stay as they are. From `first` on backward nothing stands otherwise than it did
 * last time.
 */
const goBackward = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  last: number,
  first: number,
): void => {
  const { bounds, labels, latest } = timetable;
  const behind = state.next[last] as number;
  if (behind === sentinel) boundsAtEnd(type, bounds);
  else for (let taken = 0; taken < labels; taken += 1) bounds[taken] = latest[behind * labels + taken] as number;
  if (behind === sentinel) {
    for (let taken = 0; taken < labels; taken += 1) latest[sentinel * labels + taken] = bounds[taken] as number;
  }
  if (isBoundedPlainly(type, labels)) {
    retreatStretch(model, state, type, latest, labels, bounds, timetable.legs, last, first);
    return;
  }
  let place = behind === sentinel ? type.endPlace : behind;
  for (let stop = last; stop < model.stopCount; stop = state.prev[stop] as number) {
    const site = state.siteAfter[stop] as number;
    if (site >= 0) {
      const sitePlace = model.sites[site]?.place as number;
      retreat(model, type, bounds, sitePlace, place);
      beforeService(model, type, bounds, sitePlace);
      place = sitePlace;
    }
    retreat(model, type, bounds, stop, place);
    beforeService(model, type, bounds, stop);
    for (let taken = 0; taken < labels; taken += 1) latest[stop * labels + taken] = bounds[taken] as number;
    place = stop;
  }
};

/** Whether a node leads on as it did when its figures were reckoned. */
const leadsOnAsThen = (state: State, { followed, emptiedAt }: Timetable, node: number): boolean =>
  followed[node] === state.next[node] && emptiedAt[node] === state.siteAfter[node];

/** The last node from the route's start on up to which nothing has changed; the sentinel when all behind the start has. */
const lastAsThen = (state: State, timetable: Timetable, route: number, sentinel: number): number => {
  let node = sentinel;
  while (leadsOnAsThen(state, timetable, node)) {
    const following = state.next[node] as number;
    if (following === sentinel || timetable.owner[following] !== route) break;
    node = following;
  }
  return node;
};

/** The first node from which on nothing has changed; the sentinel when something before the route's end has. */
const firstAsThen = (state: State, timetable: Timetable, route: number, sentinel: number): number => {
  let node = sentinel;
  for (;;) {
    const before = state.prev[node] as number;
    // A stop that was taken out and is back leads on as it did, but was not there last time.
    if (before === sentinel || timetable.preceded[node] !== before || timetable.owner[before] !== route) break;
    if (!leadsOnAsThen(state, timetable, before)) break;
    node = before;
  }
  return node;
};

const weigh = (model: Model, from: number, to: number): number =>
  model.weightOut[from * model.placeCount + to] as number;

/** Writes what the way from a node to the next is reckoned at. */
const writeSaved = (model: Model, state: State, timetable: Timetable, type: VehicleType, node: number): void => {
  const following = state.next[node] as number;
  const from = node < model.stopCount ? node : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const siteIndex = state.siteAfter[node] as number;
  timetable.followed[node] = following;
  timetable.preceded[following] = node;
  timetable.emptiedAt[node] = siteIndex;
  const site = siteAt(model, siteIndex);
  timetable.saved[node] =
    site === undefined
      ? type.costPerWeight * weigh(model, from, to)
      : type.costPerWeight * (weigh(model, from, site.place) + weigh(model, site.place, to)) + site.costPerVisit;
};

/** What the stops of a route cost that the published plan gives to another vehicle. */
const movedFees = (model: Model, state: State, typeIndex: number, sentinel: number): number => {
  if (model.costPerMovedStop === 0) return 0;
  let moved = 0;
  for (let stop = state.next[sentinel] as number; stop !== sentinel; stop = state.next[stop] as number) {
    const published = model.publishedType[stop] as number;
    if (published >= 0 && published !== typeIndex) moved += 1;
  }
  return moved * model.costPerMovedStop;
};

/** Metres, disposal and moved stops of a route as it stands, with the vehicle, from the end of one trip to the next. */
const moneyOf = (
  model: Model,
  state: State,
  { tripEnd, tripKg }: TripLoads,
  type: VehicleType,
  typeIndex: number,
  sentinel: number,
): number => {
  const { placeCount, distance } = model;
  let metres = state.metres[sentinel - model.stopCount] as number;
  let cost = type.fixedCost;
  for (let node = sentinel; ; ) {
    const siteIndex = state.siteAfter[node] as number;
    const following = state.next[node] as number;
    if (siteIndex >= 0) {
      const site = model.sites[siteIndex] as DisposalPlace;
      const from = node < model.stopCount ? node : type.startPlace;
      const to = following < model.stopCount ? following : type.endPlace;
      metres += (distance[from * placeCount + site.place] as number) - (state.wayOn[node] as number);
      metres += distance[site.place * placeCount + to] as number;
      cost += site.costPerVisit + site.costPerKg * (tripKg[node] as number);
    }
    if (following === sentinel) break;
    node = tripEnd[following] as number;
  }
  return cost + type.costPerMetre * metres + movedFees(model, state, typeIndex, sentinel);
};

const cannotBeDriven = Number.POSITIVE_INFINITY;

/** The place of a change is to be looked for. */
const ANYWHERE = -1;

/**
 * Brings the timetable of a route up to date: only what lies behind the first change is driven again, only what lies before the
 * last one is bounded again. Who knows that nothing has changed since the last time but what stands between two nodes, the node before it
 * and the node behind it, names them. Answers what the route costs; infinite when its clock does not allow it.
 */
export const updateTimetable = (
  model: Model,
  state: State,
  timetable: Timetable,
  route: number,
  changedBehind = ANYWHERE,
  changedBefore = ANYWHERE,
): number => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  const sentinel = model.stopCount + route;
  // Trips wait for what is released, so that a change may be felt before the place where it was made.
  const isKnown = timetable.owner[sentinel] === route && timetable.typeThen[route] === typeIndex && !model.hasReleases;
  const isSaid = isKnown && changedBehind !== ANYWHERE;
  const first = isSaid ? changedBehind : isKnown ? lastAsThen(state, timetable, route, sentinel) : sentinel;
  const last = isSaid ? changedBefore : isKnown ? firstAsThen(state, timetable, route, sentinel) : sentinel;
  timetable.owner[sentinel] = NOBODY;
  if (!isKnown) {
    startClock(timetable.clock, type);
    saveClock(timetable, sentinel);
    timetable.departed[sentinel] = type.dayBefore.departed;
  }
  let node = first;
  do {
    writeSaved(model, state, timetable, type, node);
    writeLegs(model, state, timetable.legs, type, node);
    node = state.next[node] as number;
  } while (node !== last && node !== sentinel);
  if (!goForward(model, state, timetable, type, sentinel, first)) return cannotBeDriven;
  goBackward(model, state, timetable, type, sentinel, state.prev[last] as number, first);
  sumTrips(model, state, timetable, type, sentinel, first, last);
  timetable.owner[sentinel] = route;
  timetable.typeThen[route] = typeIndex;
  const { end } = timetable;
  timetable.dayCost[route] = end.cost;
  timetable.dayEnd[route] = end.time;
  timetable.dayWaited[route] = end.waited;
  timetable.daySlack[route] = end.slack;
  return moneyOf(model, state, timetable, type, typeIndex, sentinel) + end.cost;
};
