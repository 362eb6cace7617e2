import { type Day, indexProblem, type ProblemIndex } from './checker/context.ts';
import { checkCost, costOf, type RouteFindings } from './checker/cost.ts';
import { checkCoverage, checkFleet } from './checker/coverage.ts';
import { checkDaySoFar } from './checker/day-so-far.ts';
import { checkDriving, retraceLegs } from './checker/legs.ts';
import { checkLoads, checkShiftTotals } from './checker/loads.ts';
import { checkBreaks, checkShift, checkWaiting } from './checker/shift.ts';
import type { CollectionProblem } from './problem.ts';
import type { CostBreakdown, Route, Solution } from './solution.ts';

/**
 * Checks a solution against the problem alone, visit by visit, sharing no code with the solver: what the solver claims about
 * times, loads and costs is recomputed here.
 */
export type Verdict = {
  /** No vehicle does what it may not, and every stop is either served once or listed as unserved. */
  readonly feasible: boolean;
  /** Every stop without a prize is served. */
  readonly complete: boolean;
  readonly faults: readonly string[];
  readonly cost: CostBreakdown;
};

const checkRoute = (index: ProblemIndex, route: Route, faults: string[]): RouteFindings => {
  const vehicle = index.vehicles.get(route.vehicleId);
  if (vehicle === undefined) return { route, legs: [], disposalCost: 0 };
  const report = (fault: string): void => {
    faults.push(`${route.vehicleId}#${route.vehicleIndex}: ${fault}`);
  };
  const day: Day = { route, vehicle, report };
  checkShift(day);
  checkDaySoFar(day);
  const legs = retraceLegs(index, day);
  checkDriving(day, legs);
  checkBreaks(day);
  checkWaiting(index, day, legs);
  checkShiftTotals(index, day);
  return { route, legs, disposalCost: checkLoads(index, day, legs) };
};

/** Recomputes a solution of a valid problem (`assertValid`): what is wrong with it, in words, and what it costs. */
export const checkSolution = (problem: CollectionProblem, solution: Solution): Verdict => {
  const faults: string[] = [];
  const report = (fault: string): void => {
    faults.push(fault);
  };
  const index = indexProblem(problem);
  const findings = solution.routes.map((route) => checkRoute(index, route, faults));
  checkFleet(index, solution, report);
  const served = checkCoverage(index, solution, report);
  const cost = costOf(index, solution, findings, served);
  checkCost(cost, solution.cost, report);
  const complete = problem.stops.every(({ id, prize }) => prize !== undefined || served.has(id));
  return { feasible: faults.length === 0, complete, faults, cost };
};
