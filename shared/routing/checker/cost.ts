import type { CostBreakdown, Route, Solution } from '../solution.ts';
import { near, type ProblemIndex, type Report } from './context.ts';
import type { Leg } from './legs.ts';

/** What the checks of a route found out that costs depend on. */
export type RouteFindings = { readonly route: Route; readonly legs: readonly Leg[]; readonly disposalCost: number };

const SECONDS_AN_HOUR = 3_600;

const nameOf = (vehicleId: string, vehicleIndex: number): string => JSON.stringify([vehicleId, vehicleIndex]);

/** How many stops another vehicle serves than the published one; what is done is nobody's change any more. */
const countMoved = ({ problem }: ProblemIndex, solution: Solution): number => {
  const publishedFor = new Map<string, string>();
  for (const { vehicleId, vehicleIndex, stopIds } of problem.published?.routes ?? [])
    for (const stopId of stopIds) publishedFor.set(stopId, nameOf(vehicleId, vehicleIndex));
  let moved = 0;
  for (const { vehicleId, vehicleIndex, visits } of solution.routes) {
    const name = nameOf(vehicleId, vehicleIndex);
    for (const visit of visits) {
      if (visit.kind !== 'stop' || visit.done === true) continue;
      if ((publishedFor.get(visit.stopId) ?? name) !== name) moved += 1;
    }
  }
  return moved;
};

/** What the solution costs, from the problem's prices. */
export const costOf = (
  index: ProblemIndex,
  solution: Solution,
  findings: readonly RouteFindings[],
  served: ReadonlySet<string>,
): CostBreakdown => {
  const { problem } = index;
  const cost = { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0 };
  for (const { route, legs, disposalCost } of findings) {
    const vehicle = index.vehicles.get(route.vehicleId);
    const duty = route.endsAt - route.startsAt;
    cost.fixed += vehicle?.fixedCost ?? 0;
    cost.time += (vehicle?.costPerSecond ?? 0) * duty;
    for (const leg of legs) cost.distance += leg.driven ? (vehicle?.costPerMetre ?? 0) * leg.metres : 0;
    cost.disposal += disposalCost;
    cost.balance += (problem.balance?.costPerHourSquared ?? 0) * (duty / SECONDS_AN_HOUR) ** 2;
  }
  for (const { id, prize } of problem.stops) cost.prizesForgone += served.has(id) ? 0 : (prize ?? 0);
  cost.deviation = (problem.published?.costPerMovedStop ?? 0) * countMoved(index, solution);
  const total = Object.values(cost).reduce((sum, part) => sum + part, 0);
  return { ...cost, total };
};

/** What the solution says it costs, part by part, against what it does. */
export const checkCost = (cost: CostBreakdown, stated: CostBreakdown, report: Report): void => {
  if (!near(cost.total, stated.total)) report(`says it costs ${stated.total}, costs ${cost.total}`);
  for (const part of ['fixed', 'distance', 'time', 'disposal', 'prizesForgone', 'balance', 'deviation'] as const)
    if (!near(cost[part], stated[part])) report(`says ${stated[part]} for ${part}, which costs ${cost[part]}`);
};
