import { InfeasibleProblemError } from '../assert-valid.ts';
import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { Route, Solution, Unserved } from '../solution.ts';
import { solve } from '../solver/solve.ts';
import { zonesFor } from './zones.ts';

/** One vehicle's day cut out of a city's problem: a few hundred locations, so that it is scheduled in milliseconds. */
type Cut = { readonly problem: CollectionProblem; readonly locations: readonly number[] };

const cutOut = (problem: CollectionProblem, vehicle: ProblemVehicle, stops: readonly ProblemStop[]): Cut => {
  const locations = [
    ...new Set([
      vehicle.startLocation,
      ...(vehicle.endLocation === null ? [] : [vehicle.endLocation]),
      ...problem.disposalSites.map(({ location }) => location),
      ...stops.map(({ location }) => location),
      ...(vehicle.done ?? []).flatMap(({ location }) => location ?? []),
    ]),
  ];
  const at = new Map(locations.map((location, index) => [location, index]));
  const here = (location: number): number => at.get(location) ?? -1;
  const part = (matrix: CollectionProblem['distanceMetres']) =>
    locations.map((from) => locations.map((to) => matrix[from]?.[to] ?? null));
  const { published: _published, zones: allZones, ...rest } = problem;
  const zones = zonesFor(allZones, new Set([vehicle.id]));
  return {
    locations,
    problem: {
      ...rest,
      ...(zones !== undefined && { zones }),
      locations: locations.map((location) => ({ id: String(location) })),
      distanceMetres: part(problem.distanceMetres),
      durationSeconds: part(problem.durationSeconds),
      vehicles: [
        {
          ...vehicle,
          startLocation: here(vehicle.startLocation),
          endLocation: vehicle.endLocation === null ? null : here(vehicle.endLocation),
          ...(vehicle.done && {
            done: vehicle.done.map((visit) =>
              visit.location === undefined ? visit : { ...visit, location: here(visit.location) },
            ),
          }),
        },
      ],
      // Kept for this vehicle is what its stops are here; others may be gone from this problem.
      stops: stops.map((stop) => {
        const { vehicleId: _keeper, ...open } = stop;
        return { ...open, location: here(stop.location) };
      }),
      disposalSites: problem.disposalSites.map((site) => ({ ...site, location: here(site.location) })),
    },
  };
};

const putBack = ({ locations }: Cut, route: Route): Route => ({
  ...route,
  visits: route.visits.map((visit) => ({ ...visit, location: locations[visit.location] ?? visit.location })),
});

const doneIds = ({ done = [] }: ProblemVehicle): readonly string[] =>
  done.flatMap(({ kind, id }) => (kind === 'stop' && id !== undefined ? [id] : []));

const stopsOf = (problem: CollectionProblem, ids: readonly string[]): readonly ProblemStop[] => {
  const wanted = new Set(ids);
  return problem.stops.filter(({ id }) => wanted.has(id));
};

const orNothing = <T>(schedule: () => T): T | undefined => {
  try {
    return schedule();
  } catch (error) {
    if (error instanceof InfeasibleProblemError) return undefined;
    throw error;
  }
};

/** A day that can be driven; without a route where there is nothing to drive for. */
export type Drive = { readonly ok: true; readonly route?: Route } | { readonly ok: false };

/**
 * The vehicle's day with exactly these stops ahead, in this order, emptying where that is best. No search: the optimizer's own
 * clock decides.
 */
export const driveInOrder = (problem: CollectionProblem, vehicle: ProblemVehicle, order: readonly string[]): Drive => {
  const done = doneIds(vehicle);
  if (order.length === 0 && (vehicle.done ?? []).length === 0) return { ok: true };
  const cut = cutOut(problem, { ...vehicle, committed: [...order] }, stopsOf(problem, [...done, ...order]));
  const solution = orNothing(() => solve(cut.problem, { seed: 1, iterations: 0 }));
  if (solution === undefined) return { ok: false };
  const [route] = solution.routes;
  return { ok: true, ...(route && { route: putBack(cut, route) }) };
};

/**
 * The vehicle's day with these stops ahead, where the ones it has already keep their order and new ones go where they cost least.
 * What does not fit is left out with its reason. `undefined` when not even what it is committed to can be driven.
 */
export const insertWhereCheapest = (
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  known: Solution,
  wanted: readonly string[],
): { readonly route: Route | undefined; readonly unserved: readonly Unserved[] } | undefined => {
  const cut = cutOut(problem, vehicle, stopsOf(problem, [...doneIds(vehicle), ...wanted]));
  // Whether a stop may be left out is not the question here.
  const must = { ...cut.problem, stops: cut.problem.stops.map(({ prize: _prize, ...stop }) => stop) };
  const solution = orNothing(() => solve(must, { seed: 1, iterations: 0, warmStart: known }));
  if (solution === undefined) return undefined;
  const [route] = solution.routes;
  return { route: route && putBack(cut, route), unserved: solution.unserved };
};
