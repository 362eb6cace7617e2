import type { CollectionProblem } from '../../problem.ts';
import { UNREACHABLE } from './model.ts';

/** Where the places of a model are, and their numbers. */
export type Places = {
  readonly location: Int32Array;
  /** Number of the place at a location where vehicles start, end or stood; `null` is `nowhere`. */
  readonly depotAt: (location: number | null) => number;
  readonly firstSite: number;
  readonly count: number;
};

/** Gives stops, depots, disposal sites and `nowhere` their numbers, in this order. */
export const numberPlaces = (problem: CollectionProblem): Places => {
  const locations = problem.stops.map((stop) => stop.location);
  const depots = new Map<number, number>();
  for (const { startLocation, endLocation, done = [] } of problem.vehicles) {
    const stands = done.flatMap(({ kind, location }) => (kind === 'stand' && location !== undefined ? [location] : []));
    for (const location of [startLocation, endLocation, ...stands]) {
      if (location !== null && !depots.has(location)) depots.set(location, locations.push(location) - 1);
    }
  }
  const firstSite = locations.length;
  locations.push(...problem.disposalSites.map((site) => site.location));
  const nowhere = locations.push(-1) - 1;
  return {
    location: Int32Array.from(locations),
    depotAt: (location) => (location === null ? nowhere : (depots.get(location) ?? -1)),
    firstSite,
    count: locations.length,
  };
};

/** A matrix over places, row-major: in half the room where that loses nothing, as with whole metres and seconds. */
export type Matrix = Float32Array | Float64Array;

const isExactInHalf = (matrix: CollectionProblem['distanceMetres']): boolean =>
  matrix.every((row) => {
    if (row instanceof Float32Array) return true;
    for (let to = 0; to < row.length; to += 1) {
      const value = row[to] ?? 0;
      if (Math.fround(value) !== value) return false;
    }
    return true;
  });

/** `UNREACHABLE` where there is no way, 0 to and from `nowhere`. */
export const flattenMatrix = (matrix: CollectionProblem['distanceMetres'], location: Int32Array): Matrix => {
  const size = location.length;
  const flat = isExactInHalf(matrix) ? new Float32Array(size * size) : new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const row = matrix[location[i] as number];
    if (row === undefined) continue;
    for (let j = 0; j < size; j += 1) {
      const to = location[j] as number;
      flat[i * size + j] = to < 0 ? 0 : (row[to] ?? UNREACHABLE);
    }
  }
  return flat;
};

/** Where one of the two matrices has no figure there is no way, whatever the other says. */
export const closeUnknownWays = (distance: Matrix, duration: Matrix): void => {
  if (distance === duration) return;
  for (let way = 0; way < distance.length; way += 1) {
    if ((distance[way] as number) >= UNREACHABLE) duration[way] = UNREACHABLE;
    else if ((duration[way] as number) >= UNREACHABLE) distance[way] = UNREACHABLE;
  }
};
