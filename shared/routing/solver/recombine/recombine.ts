import type { Model } from '../model/model.ts';
import type { Random } from '../random.ts';
import type { RouteOrder } from '../snapshot.ts';
import type { State } from '../state/state.ts';
import { pickColumns } from './columns.ts';
import { findPartition } from './find-partition.ts';
import { findInPool, type RoutePool, rememberRoutes } from './route-pool.ts';

/** A region takes in routes until so many of the pool's lie within it. */
const ENOUGH_ROUTES = 400;
/** Rows that the search for a region's partition may look at. */
const WORK_PER_REGION = 2e5;

/** Routes of the pool by stop: those of stop i are `routes[first[i]] … routes[first[i + 1] − 1]`. */
type Membership = { readonly first: Int32Array; readonly routes: Int32Array };

const membershipOf = ({ stops, first, count }: RoutePool, stopCount: number): Membership => {
  const length = first[count] as number;
  const ends = new Int32Array(stopCount + 1);
  for (let at = 0; at < length; at += 1) {
    const stop = stops[at] as number;
    ends[stop] = (ends[stop] as number) + 1;
  }
  for (let stop = 1; stop <= stopCount; stop += 1) ends[stop] = (ends[stop] as number) + (ends[stop - 1] as number);
  const routes = new Int32Array(length);
  for (let route = count - 1; route >= 0; route -= 1) {
    for (let at = first[route] as number; at < (first[route + 1] as number); at += 1) {
      const stop = stops[at] as number;
      ends[stop] = (ends[stop] as number) - 1;
      routes[ends[stop] as number] = route;
    }
  }
  return { first: ends, routes };
};

/** A solution as routes of the pool, while regions of it are chosen anew. */
type Choice = {
  readonly pool: RoutePool;
  readonly membership: Membership;
  /** Chosen route of each stop; −1 for stops left out. */
  readonly routeOf: Int32Array;
  /** Vehicles that stay in their depot. */
  idle: number;
  /** Number of a stop within the region, −1 outside; stops of each route that lie outside. */
  readonly rowOf: Int32Array;
  readonly outside: Int32Array;
};

const choose = ({ pool, routeOf }: Choice, route: number): void => {
  for (let at = pool.first[route] as number; at < (pool.first[route + 1] as number); at += 1) {
    routeOf[pool.stops[at] as number] = route;
  }
};

/** Takes a route's stops into the region; `within` gets the routes that lie wholly in it by then. Answers how many stops it has. */
const takeIn = (choice: Choice, route: number, rowCount: number, within: number[]): number => {
  const { pool, membership, rowOf, outside } = choice;
  let row = rowCount;
  for (let at = pool.first[route] as number; at < (pool.first[route + 1] as number); at += 1) {
    const stop = pool.stops[at] as number;
    rowOf[stop] = row;
    row += 1;
    for (let entry = membership.first[stop] as number; entry < (membership.first[stop + 1] as number); entry += 1) {
      const other = membership.routes[entry] as number;
      outside[other] = (outside[other] as number) - 1;
      if (outside[other] === 0) within.push(other);
    }
  }
  return row;
};

/** Chooses the routes around a stop anew where the pool has cheaper ones; answers whether it had. */
const improveAround = (model: Model, choice: Choice, seed: number): boolean => {
  const { pool, routeOf, rowOf, outside } = choice;
  rowOf.fill(-1);
  for (let route = 0; route < pool.count; route += 1) {
    outside[route] = (pool.first[route + 1] as number) - (pool.first[route] as number);
  }
  const within: number[] = [];
  const replaced: number[] = [];
  let rowCount = 0;
  let cost = 0;
  const row = seed * model.neighbourCount;
  for (let index = -1; index < model.neighbourCount && within.length < ENOUGH_ROUTES; index += 1) {
    const stop = index < 0 ? seed : (model.neighbours[row + index] as number);
    const route = routeOf[stop] as number;
    if (route < 0 || (rowOf[stop] as number) >= 0) continue;
    replaced.push(route);
    cost += pool.cost[route] as number;
    rowCount = takeIn(choice, route, rowCount, within);
  }
  if (within.length <= replaced.length) return false;
  const columns = pickColumns(
    { rows: pool.stops, first: pool.first, cost: pool.cost },
    within,
    (stop) => rowOf[stop] as number,
    rowCount,
  );
  const found = findPartition(columns, replaced.length + choice.idle, cost, WORK_PER_REGION);
  if (found.length === 0) return false;
  choice.idle += replaced.length - found.length;
  for (const column of found) choose(choice, within[column] as number);
  return true;
};

const choiceOf = (model: Model, state: State, pool: RoutePool): Choice => {
  const vehicles = model.types[0]?.indices.length ?? 0;
  const choice: Choice = {
    pool,
    membership: membershipOf(pool, model.stopCount),
    routeOf: new Int32Array(model.stopCount).fill(-1),
    idle: Math.min(vehicles, state.mostOpen) - state.openCount,
    rowOf: new Int32Array(model.stopCount),
    outside: new Int32Array(pool.count),
  };
  for (let index = 0; index < state.openCount; index += 1) {
    choose(choice, findInPool(model, state, pool, state.open[index] as number));
  }
  return choice;
};

/**
 * Serves the stops of a solution with other routes of the pool where that is cheaper, region by region around random stops: a
 * set partitioning problem for each (as Subramanian, Uchoa and Ochi 2013 solve over the whole, and Queiroga, Sadykov and Uchoa
 * 2021 within regions). Answers the routes when it found any; the state is left alone. Fleets of one type that drive by distance.
 */
export const recombine = (
  model: Model,
  state: State,
  pool: RoutePool,
  random: Random,
  regions: number,
): readonly RouteOrder[] | undefined => {
  rememberRoutes(model, state, pool);
  const choice = choiceOf(model, state, pool);
  let isBetter = false;
  for (let region = 0; region < regions; region += 1) {
    const seed = Math.floor(random() * model.stopCount);
    isBetter = improveAround(model, choice, seed) || isBetter;
  }
  if (!isBetter) return undefined;
  const chosen = [...new Set(choice.routeOf)].filter((route) => route >= 0);
  return chosen.map((route) => {
    const stops = pool.stops.slice(pool.first[route], pool.first[route + 1]);
    return { type: 0, stops, sites: new Int32Array(stops.length + 1).fill(-1) };
  });
};
