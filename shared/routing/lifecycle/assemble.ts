import { checkSolution } from '../checker.ts';
import type { CollectionProblem } from '../problem.ts';
import type { Route, Solution, Unserved } from '../solution.ts';
import type { Names } from './breaches.ts';
import { decidedProblem, type WorkingBasis } from './plan-basis.ts';

/** Routes put together again: what they cost is the checker's own sum, and what is wrong with them its words. */
export type Assembled = { readonly solution: Solution; readonly faults: readonly string[] };

/** A solution of these routes for a problem; costs are recomputed, nothing is believed. */
export const assemble = (
  problem: CollectionProblem,
  routes: readonly Route[],
  unserved: readonly Unserved[],
  effort: Pick<Solution, 'iterations' | 'seconds'>,
): Assembled => {
  const nothing = { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0, total: 0 };
  const { iterations, seconds } = effort;
  const draft: Solution = { routes, unserved, cost: nothing, iterations, seconds };
  const solution = { ...draft, cost: checkSolution(problem, draft).cost };
  return { solution, faults: checkSolution(problem, solution).faults };
};

/** The basis with some vehicles' routes replaced (`undefined` = it stays at home). */
export const withRoutes = (
  basis: WorkingBasis,
  changed: ReadonlyMap<string, Route | undefined>,
  unserved: readonly Unserved[],
): { readonly basis: WorkingBasis; readonly faults: readonly string[] } => {
  const kept = basis.solution.routes.filter(({ vehicleId }) => !changed.has(vehicleId));
  const routes = [...kept, ...[...changed.values()].filter((route) => route !== undefined)];
  const { solution, faults } = assemble(decidedProblem(basis), routes, unserved, basis.solution);
  return { basis: { ...basis, solution }, faults };
};

/** Names as dispatchers know them; an id where nothing is known. */
export const namesOf = ({ fleet, picked }: Pick<WorkingBasis, 'fleet' | 'picked'>): Names => {
  const vehicles = new Map(fleet.vehicles.map(({ id, name }) => [id, name]));
  const places = new Map(
    [...fleet.depots, ...fleet.disposalSites, ...picked.map(({ bin }) => bin)].map(({ id, name }) => [id, name]),
  );
  return { vehicle: (id) => vehicles.get(id) ?? id, place: (id) => places.get(id) ?? id };
};

/** What a route costs by itself, in the problem's money: to compare places for one stop. */
export const routeCost = (problem: CollectionProblem, route: Route | undefined): number => {
  const vehicle = problem.vehicles.find(({ id }) => id === route?.vehicleId);
  if (route === undefined || vehicle === undefined) return 0;
  const duty = route.endsAt - route.startsAt;
  return vehicle.fixedCost + vehicle.costPerMetre * route.distanceMetres + vehicle.costPerSecond * duty;
};
