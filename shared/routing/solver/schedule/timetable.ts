import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { type Bounds, beforeService, boundsAtEnd, retreat } from './bounds.ts';
import { advance, type Clock, createClock, createDayEnd, type DayEnd, endDay, startClock } from './clock.ts';
import { sumTripOf, sumTrips, type TripLoads, tripRelease } from './trips.ts';

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
  /** By route: metres, disposal, moved stops and the vehicle; and what the day costs beyond that. */
  readonly money: Float64Array;
  readonly dayCost: Float64Array;
  /** Visits to disposal sites. */
  readonly disposals: Int32Array;
  readonly clock: Clock;
  readonly bounds: Bounds;
  readonly end: DayEnd;
};

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
    departed: new Float64Array(nodes),
    saved: new Float64Array(nodes),
    money: new Float64Array(model.routeSlots),
    dayCost: new Float64Array(model.routeSlots),
    disposals: new Int32Array(model.routeSlots),
    clock: createClock(model),
    bounds: new Float64Array(labels),
    end: createDayEnd(),
  };
};

const saveClock = (timetable: Timetable, node: number): void => {
  const { labels, clock } = timetable;
  for (let taken = 0; taken < labels; taken += 1) {
    const at = node * labels + taken;
    timetable.time[at] = clock.time[taken] as number;
    timetable.waited[at] = clock.waited[taken] as number;
    timetable.slack[at] = clock.slack[taken] as number;
    timetable.driving[at] = clock.driving[taken] as number;
  }
};

/** Sets a clock to what it shows when the vehicle is done at a node. */
export const loadClock = (timetable: Timetable, clock: Clock, model: Model, node: number): void => {
  const { labels } = timetable;
  for (let taken = 0; taken < labels; taken += 1) {
    const at = node * labels + taken;
    clock.time[taken] = timetable.time[at] as number;
    clock.waited[taken] = timetable.waited[at] as number;
    clock.slack[taken] = timetable.slack[at] as number;
    clock.driving[taken] = timetable.driving[at] as number;
  }
  clock.fresh = node >= model.stopCount;
};

const earliest = ({ time }: Clock): number => {
  let first = Number.POSITIVE_INFINITY;
  for (let taken = 0; taken < time.length; taken += 1) first = Math.min(first, time[taken] as number);
  return first;
};

/** Follows the route forward from a node at which the clock is known; false when it cannot be driven. */
const goForward = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): boolean => {
  const { clock, end } = timetable;
  loadClock(timetable, clock, model, first);
  let departed = timetable.departed[first] as number;
  let place = first === sentinel ? type.startPlace : first;
  let node = first;
  do {
    let leaveAt = 0;
    const site = state.siteAfter[node] as number;
    if (site >= 0) {
      const sitePlace = model.sites[site]?.place as number;
      if (advance(model, type, clock, place, sitePlace, 0) === Number.POSITIVE_INFINITY) return false;
      place = sitePlace;
    }
    if (model.hasReleases && (site >= 0 || (node === sentinel && !type.dayBefore.isUnderWay))) {
      leaveAt = tripRelease(model, state, node);
      departed = Math.max(leaveAt, earliest(clock));
    }
    node = state.next[node] as number;
    if (node === sentinel) break;
    if (advance(model, type, clock, place, node, leaveAt) === Number.POSITIVE_INFINITY) return false;
    if (model.hasReleases && (model.release[node] as number) > departed) return false;
    place = node;
    saveClock(timetable, node);
    timetable.departed[node] = departed;
  } while (node !== sentinel);
  endDay(model, type, clock, place, end);
  return end.cost < Number.POSITIVE_INFINITY;
};

/** Follows the route backward from `last`, whose bounds are written first; those behind it stay as they are. */
const goBackward = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  last: number,
): void => {
  const { bounds, labels, latest } = timetable;
  const behind = state.next[last] as number;
  if (behind === sentinel) boundsAtEnd(type, bounds);
  else for (let taken = 0; taken < labels; taken += 1) bounds[taken] = latest[behind * labels + taken] as number;
  let place = behind === sentinel ? type.endPlace : behind;
  if (behind === sentinel) {
    for (let taken = 0; taken < labels; taken += 1) latest[sentinel * labels + taken] = bounds[taken] as number;
  }
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

const weigh = (model: Model, from: number, to: number): number =>
  model.weightOut[from * model.placeCount + to] as number;

/** Writes what the way from a node to the next is reckoned at. */
const writeSaved = (model: Model, state: State, timetable: Timetable, type: VehicleType, node: number): void => {
  const following = state.next[node] as number;
  const from = node < model.stopCount ? node : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const site = model.sites[state.siteAfter[node] as number];
  timetable.saved[node] =
    site === undefined
      ? type.costPerWeight * weigh(model, from, to)
      : type.costPerWeight * (weigh(model, from, site.place) + weigh(model, site.place, to)) + site.costPerVisit;
};

/** Metres, disposal and moved stops of a route as it stands, with the vehicle. */
const moneyOf = (model: Model, state: State, type: VehicleType, typeIndex: number, sentinel: number): number => {
  const { placeCount, distance } = model;
  let metres = 0;
  let cost = type.fixedCost;
  let kg = type.dayBefore.kg;
  let place = type.startPlace;
  let node = sentinel;
  do {
    const siteIndex = state.siteAfter[node] as number;
    if (siteIndex >= 0) {
      const site = model.sites[siteIndex] as DisposalPlace;
      metres += distance[place * placeCount + site.place] as number;
      cost += site.costPerVisit + site.costPerKg * kg;
      kg = 0;
      place = site.place;
    }
    node = state.next[node] as number;
    const following = node === sentinel ? type.endPlace : node;
    metres += distance[place * placeCount + following] as number;
    place = following;
    if (node === sentinel) break;
    kg += model.kg[node] as number;
    const published = model.publishedType[node] as number;
    if (published >= 0 && published !== typeIndex) cost += model.costPerMovedStop;
  } while (node !== sentinel);
  return cost + type.costPerMetre * metres;
};

const cannotBeDriven = Number.POSITIVE_INFINITY;

/** Brings the timetable of a route up to date. Answers what the route costs; infinite when its clock does not allow it. */
export const updateTimetable = (model: Model, state: State, timetable: Timetable, route: number): number => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  const sentinel = model.stopCount + route;
  startClock(timetable.clock, type);
  saveClock(timetable, sentinel);
  timetable.departed[sentinel] = type.dayBefore.departed;
  if (!goForward(model, state, timetable, type, sentinel, sentinel)) return cannotBeDriven;
  goBackward(model, state, timetable, type, sentinel, state.prev[sentinel] as number);
  if ((state.size[route] as number) === 0) {
    boundsAtEnd(type, timetable.bounds);
    timetable.latest.set(timetable.bounds, sentinel * timetable.labels);
  }
  sumTrips(model, state, timetable, type, sentinel);
  let node = sentinel;
  let disposals = 0;
  do {
    writeSaved(model, state, timetable, type, node);
    if ((state.siteAfter[node] as number) >= 0) disposals += 1;
    node = state.next[node] as number;
  } while (node !== sentinel);
  timetable.disposals[route] = disposals;
  timetable.money[route] = moneyOf(model, state, type, typeIndex, sentinel);
  timetable.dayCost[route] = timetable.end.cost;
  return (timetable.money[route] as number) + timetable.end.cost;
};

/**
 * The same after one stop was put behind another and no other disposal visit moved than those beside it: only what lies behind
 * it is driven again, only what lies before it is bounded again. `money` is what the insertion costs apart from time.
 */
export const updateAround = (
  model: Model,
  state: State,
  timetable: Timetable,
  route: number,
  stop: number,
  money: number,
  moreDisposals: number,
): number => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const sentinel = model.stopCount + route;
  const after = state.prev[stop] as number;
  if (model.hasReleases) return updateTimetable(model, state, timetable, route);
  if (!goForward(model, state, timetable, type, sentinel, after)) return cannotBeDriven;
  goBackward(model, state, timetable, type, sentinel, stop);
  sumTripOf(model, state, timetable, type, stop);
  writeSaved(model, state, timetable, type, after);
  writeSaved(model, state, timetable, type, stop);
  timetable.disposals[route] = (timetable.disposals[route] as number) + moreDisposals;
  timetable.money[route] = (timetable.money[route] as number) + money;
  timetable.dayCost[route] = timetable.end.cost;
  return (timetable.money[route] as number) + timetable.end.cost;
};
