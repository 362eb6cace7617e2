import type { Model } from '../model/model.ts';
import { seededRandom } from '../random.ts';
import type { State } from '../state/state.ts';

/**
 * Routes of solutions seen, each set of stops once, in its cheapest order: the columns of a set partitioning problem (Balinski
 * and Quandt 1964). When it is full it forgets the older half. For fleets of one type.
 */
export type RoutePool = {
  count: number;
  /** Stops of route i are `stops[first[i]] … stops[first[i + 1] − 1]`. */
  readonly stops: Int32Array;
  readonly first: Int32Array;
  readonly cost: Float64Array;
  /** Fingerprints of a route's set of stops: sum and exclusive or of its stops' keys. */
  readonly sums: Int32Array;
  readonly parities: Int32Array;
  readonly keys: Int32Array;
  /** Open addressing by fingerprint: route + 1, 0 = free. */
  readonly slots: Int32Array;
  /** Where the fingerprint of the route at hand is written. */
  readonly print: Int32Array;
};

/** Routes that are remembered, for each stop and at most: several rounds of annealing come upon so many. */
const ROUTES_PER_STOP = 256;
const MOST_ROUTES = 1 << 16;
/** Room for so many stops a route in the mean. */
const STOPS_PER_ROUTE = 16;

export const createRoutePool = ({ stopCount }: Model): RoutePool => {
  const random = seededRandom(1);
  const most = Math.min(MOST_ROUTES, ROUTES_PER_STOP * stopCount);
  return {
    count: 0,
    stops: new Int32Array(STOPS_PER_ROUTE * most + 2 * stopCount),
    first: new Int32Array(most + 1),
    cost: new Float64Array(most),
    sums: new Int32Array(most),
    parities: new Int32Array(most),
    keys: Int32Array.from({ length: stopCount }, () => random() * 4_294_967_296),
    slots: new Int32Array(2 ** Math.ceil(Math.log2(4 * Math.max(1, most)))),
    print: new Int32Array(2),
  };
};

const slotOf = ({ slots, sums, parities }: RoutePool, sum: number, parity: number): number => {
  const mask = slots.length - 1;
  for (let slot = (sum ^ (sum >>> 15)) & mask; ; slot = (slot + 1) & mask) {
    const route = (slots[slot] as number) - 1;
    if (route < 0 || (sums[route] === sum && parities[route] === parity)) return slot;
  }
};

/** The slot of a route's set of stops; leaves its fingerprint in `print`. */
const slotFor = (model: Model, state: State, pool: RoutePool, route: number): number => {
  const { keys, print } = pool;
  let sum = 0;
  let parity = 0;
  const sentinel = model.stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    const key = keys[stop] as number;
    sum = (sum + key) | 0;
    parity ^= key;
  }
  print[0] = sum;
  print[1] = parity;
  return slotOf(pool, sum, parity);
};

/** The pool's route with the same stops; −1 = none. */
export const findInPool = (model: Model, state: State, pool: RoutePool, route: number): number =>
  (pool.slots[slotFor(model, state, pool, route)] as number) - 1;

const forgetOlderHalf = (pool: RoutePool): void => {
  const { stops, first, cost, sums, parities, slots } = pool;
  const from = pool.count >> 1;
  const offset = first[from] as number;
  stops.copyWithin(0, offset, first[pool.count]);
  for (const figures of [cost, sums, parities]) figures.copyWithin(0, from, pool.count);
  for (let route = from; route <= pool.count; route += 1) first[route - from] = (first[route] as number) - offset;
  pool.count -= from;
  slots.fill(0);
  for (let route = 0; route < pool.count; route += 1) {
    slots[slotOf(pool, sums[route] as number, parities[route] as number)] = route + 1;
  }
};

const write = (model: Model, state: State, pool: RoutePool, route: number, column: number): void => {
  pool.cost[column] = state.routeCost[route] as number;
  let at = pool.first[column] as number;
  const sentinel = model.stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    pool.stops[at] = stop;
    at += 1;
  }
};

const rememberRoute = (model: Model, state: State, pool: RoutePool, route: number): void => {
  const { first } = pool;
  const size = state.size[route] as number;
  const known = findInPool(model, state, pool, route);
  if (known >= 0) {
    // Two sets with one fingerprint: the newcomer is not remembered.
    const isSameSize = (first[known + 1] as number) - (first[known] as number) === size;
    if (isSameSize && (state.routeCost[route] as number) < (pool.cost[known] as number)) {
      write(model, state, pool, route, known);
    }
    return;
  }
  if (pool.count === pool.cost.length || (first[pool.count] as number) + size > pool.stops.length)
    forgetOlderHalf(pool);
  const added = pool.count;
  pool.slots[slotFor(model, state, pool, route)] = added + 1;
  pool.sums[added] = pool.print[0] as number;
  pool.parities[added] = pool.print[1] as number;
  first[added + 1] = (first[added] as number) + size;
  write(model, state, pool, route, added);
  pool.count += 1;
};

/** Takes the routes of a solution into the pool. */
export const rememberRoutes = (model: Model, state: State, pool: RoutePool): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    rememberRoute(model, state, pool, state.open[index] as number);
  }
};
