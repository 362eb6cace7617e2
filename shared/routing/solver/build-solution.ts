import type { CostBreakdown, Route, Solution, Unserved } from '../solution.ts';
import type { Snapshot } from './anneal.ts';
import { createEvaluation } from './evaluation.ts';
import type { Model } from './model.ts';
import { unservedReason } from './reasons.ts';
import { scheduleRoute } from './schedule-route.ts';

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

const scheduleAll = (model: Model, best: Snapshot): { routes: readonly Route[]; unserved: readonly Unserved[] } => {
  const evaluation = createEvaluation(model);
  const used = new Map<number, number>();
  const routes = best.routes.map(({ type, stops }) => {
    const vehicleIndex = used.get(type) ?? 0;
    used.set(type, vehicleIndex + 1);
    return scheduleRoute(evaluation, type, vehicleIndex, stops);
  });
  const unserved = Array.from(best.absent, (stop) => unservedReason(evaluation, stop));
  return { routes, unserved: unserved.sort((a, b) => (a.stopId < b.stopId ? -1 : 1)) };
};

const costOf = (model: Model, routes: readonly Route[], absent: Int32Array): CostBreakdown => {
  const { problem } = model;
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const sites = new Map(problem.disposalSites.map((site) => [site.id, site]));
  const fixed = sumOf(routes, (route) => vehicles.get(route.vehicleId)?.fixedCost ?? 0);
  const distance = sumOf(routes, (route) => (vehicles.get(route.vehicleId)?.costPerMetre ?? 0) * route.distanceMetres);
  const time = sumOf(
    routes,
    (route) => (vehicles.get(route.vehicleId)?.costPerSecond ?? 0) * (route.endsAt - route.startsAt),
  );
  const disposal = sumOf(routes, (route) =>
    sumOf(route.visits, (visit) => (visit.kind === 'disposal' ? (sites.get(visit.disposalId)?.costPerVisit ?? 0) : 0)),
  );
  const prizesForgone = sumOf([...absent], (stop) => problem.stops[stop]?.prize ?? 0);
  return {
    fixed,
    distance,
    time,
    disposal,
    prizesForgone,
    total: fixed + distance + time + disposal + prizesForgone,
  };
};

/** The best routes found, with times, loads, costs and the reasons for what they leave out. */
export const buildSolution = (
  model: Model,
  best: Snapshot,
  effort: { readonly iterations: number; readonly seconds: number },
): Solution => {
  const { routes, unserved } = scheduleAll(model, best);
  return { routes, unserved, cost: costOf(model, routes, best.absent), ...effort };
};
