import type { Model } from './model/model.ts';
import type { VehicleType } from './model/vehicle-type.ts';
import type { Random } from './random.ts';
import type { ScheduledSearch } from './recreate/scheduled-search.ts';
import { applySites } from './recreate/settle-disposals.ts';
import { soonestAt } from './schedule/clock-at.ts';
import type { Evaluation } from './schedule/evaluation.ts';
import { priceOrder, writeOrder } from './schedule/price-order.ts';
import { updateTimetable } from './schedule/timetable.ts';
import { closeRoute, detach, insert, setRouteCost } from './state/changes.ts';
import { isPinned, type State } from './state/state.ts';

/**
 * A whole trip goes to another vehicle, or two vehicles exchange trips (the reassignment of trips in D. Cattaruzza, N. Absi,
 * D. Feillet and T. Vidal, "A memetic algorithm for the Multi Trip Vehicle Routing Problem", EJOR 236 (2014) 833–848). Strings of a
 * few stops cannot do that one after the other, since the days in between would be too long.
 */
const VEHICLES_LOOKED_AT = 5;
/** Seconds by which a day may seem too long with a trip before it is driven through: other ways, other disposal visits. */
const TIME_TO_WIN = 15 * 60;

/** Stops of a route, behind `before` up to `last`; a gap, where both are the same. */
type Part = { readonly route: number; readonly before: number; readonly last: number };

const stopsOf = (state: State, { before, last }: Part): number[] => {
  const stops: number[] = [];
  for (let stop = before; stop !== last; ) {
    stop = state.next[stop] as number;
    stops.push(stop);
  }
  return stops;
};

/** The trip that a stop is on. */
const tripOf = (model: Model, state: State, stop: number): Part => {
  let before = state.prev[stop] as number;
  while (before < model.stopCount && (state.siteAfter[before] as number) < 0) before = state.prev[before] as number;
  let last = stop;
  while ((state.siteAfter[last] as number) < 0 && (state.next[last] as number) < model.stopCount)
    last = state.next[last] as number;
  return { route: state.routeOf[stop] as number, before, last };
};

/** All that a route could give for a trip, or have it put into: its trips, and the gaps before and behind them. */
const partsOf = (model: Model, state: State, route: number): Part[] => {
  const sentinel = model.stopCount + route;
  const parts: Part[] = [{ route, before: sentinel, last: sentinel }];
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; ) {
    const trip = tripOf(model, state, stop);
    parts.push(trip, { route, before: trip.last, last: trip.last });
    stop = state.next[trip.last] as number;
  }
  return parts;
};

/** Whether stops have their places there already, or right behind it. */
const isSettled = (model: Model, state: State, part: Part): boolean => {
  if (!model.hasFixed) return false;
  const following = state.next[part.last] as number;
  return [...stopsOf(state, part), following].some((stop) => model.isFixed[stop] === 1);
};

/** Writes a route's order with one part of it replaced by a part of another route. Answers its length. */
const writeReplaced = (model: Model, state: State, { stops }: Evaluation, out: Part, put: Part): number => {
  const sentinel = model.stopCount + out.route;
  let length = 0;
  for (let node = sentinel; ; ) {
    if (node === out.before) {
      for (let stop = put.before; stop !== put.last; ) {
        stop = state.next[stop] as number;
        length += 1;
        stops[length] = stop;
      }
      node = out.last;
    }
    node = state.next[node] as number;
    if (node === sentinel) return length;
    length += 1;
    stops[length] = node;
  }
};

/** Seconds from being done before a part until being done with it, in a day that goes as well as it can. */
const spanOf = ({ timetable }: ScheduledSearch, { before, last }: Part): number =>
  soonestAt(timetable, last) - soonestAt(timetable, before);

/** Whether a route's day could have time for another part instead of its own, breaks falling elsewhere and ways being shorter by then. */
const hasTime = (model: Model, state: State, search: ScheduledSearch, out: Part, put: Part): boolean => {
  const type = model.types[state.typeOf[out.route] as number] as VehicleType;
  if (type.profile !== undefined) return true;
  const more = spanOf(search, put) - spanOf(search, out);
  const pauses = type.breaks.reduce((sum, { seconds }) => sum + seconds, 0);
  return (search.timetable.dayEnd[out.route] as number) + more <= type.shiftTo + pauses + TIME_TO_WIN;
};

const haveTime = (model: Model, state: State, search: ScheduledSearch, own: Part, part: Part): boolean =>
  hasTime(model, state, search, own, part) && hasTime(model, state, search, part, own);

/** What the route costs then; nothing when its vehicle may stay at home, infinite when that is plainly no less than `most`. */
const priceReplaced = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  out: Part,
  put: Part,
  most: number,
): number => {
  const length = writeReplaced(model, state, search.pricing.evaluation, out, put);
  if (length === 0 && !isPinned(model, state, out.route)) return 0;
  return priceOrder(search.pricing, state.typeOf[out.route] as number, length, false, most);
};

/** Puts stops into a route behind a node. */
const putBehind = (model: Model, state: State, route: number, before: number, stops: readonly number[]): void => {
  let after = before;
  for (const stop of stops) {
    insert(model, state, stop, after, route);
    after = stop;
  }
};

/** Has a changed route empty where its new order was priced to. */
const settle = (model: Model, state: State, search: ScheduledSearch, route: number): void => {
  if ((state.size[route] as number) === 0 && !isPinned(model, state, route)) {
    closeRoute(state, route);
    return;
  }
  const length = writeOrder(model, state, search.pricing.evaluation, route, -1, -1);
  priceOrder(search.pricing, state.typeOf[route] as number, length, false);
  applySites(model, state, search, route);
  setRouteCost(state, route, updateTimetable(model, state, search.timetable, route));
};

const exchange = (model: Model, state: State, search: ScheduledSearch, ours: Part, theirs: Part): void => {
  const given = stopsOf(state, ours);
  const taken = stopsOf(state, theirs);
  for (const stop of given) detach(model, state, stop);
  for (const stop of taken) detach(model, state, stop);
  putBehind(model, state, theirs.route, theirs.before, given);
  putBehind(model, state, ours.route, ours.before, taken);
  settle(model, state, search, ours.route);
  settle(model, state, search, theirs.route);
};

/**
 * Looks for the cheapest exchange of a random trip with a few random vehicles, and carries it out if the cost will be below the
 * limit. Answers whether it did.
 */
export const exchangeTrips = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  random: Random,
  limit: number,
): boolean => {
  const seed = Math.floor(random() * model.stopCount);
  if ((state.routeOf[seed] as number) < 0 || state.openCount < 2) return false;
  const own = tripOf(model, state, seed);
  if (isSettled(model, state, own)) return false;
  let least = limit - state.cost;
  let best: Part | undefined;
  for (let vehicle = 0; vehicle < VEHICLES_LOOKED_AT; vehicle += 1) {
    const other = state.open[Math.floor(random() * state.openCount)] as number;
    if (other === own.route) continue;
    const costNow = (state.routeCost[own.route] as number) + (state.routeCost[other] as number);
    for (const part of partsOf(model, state, other)) {
      if (isSettled(model, state, part) || !haveTime(model, state, search, own, part)) continue;
      const without = priceReplaced(model, state, search, own, part, least + costNow) - costNow;
      if (without >= least) continue;
      const more = without + priceReplaced(model, state, search, part, own, least - without);
      if (more >= least) continue;
      least = more;
      best = part;
    }
  }
  if (best === undefined) return false;
  exchange(model, state, search, own, best);
  return true;
};
