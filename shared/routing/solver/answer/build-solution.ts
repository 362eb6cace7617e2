import type { CostBreakdown, Route, Solution, Unserved } from '../../solution.ts';
import type { Model } from '../model/model.ts';
import type { Snapshot } from '../snapshot.ts';
import { createReasons } from './reasons.ts';
import { scheduleRoute } from './schedule-route.ts';

const SECONDS_PER_HOUR = 3_600;

const sumOf = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((sum, item) => sum + value(item), 0);

const scheduleAll = (model: Model, best: Snapshot): readonly Route[] => {
  const used = new Int32Array(model.types.length);
  return best.routes.map((order) => {
    const alike = used[order.type] as number;
    used[order.type] = alike + 1;
    return scheduleRoute(model, order, model.types[order.type]?.indices[alike] ?? alike);
  });
};

const disposalCost = (model: Model, route: Route): number => {
  const sites = new Map(model.problem.disposalSites.map((site) => [site.id, site]));
  return sumOf(route.visits, (visit) => {
    if (visit.kind !== 'disposal') return 0;
    const site = sites.get(visit.disposalId);
    const arrivedWith = route.visits[route.visits.indexOf(visit) - 1]?.load.kg ?? 0;
    return (site?.costPerVisit ?? 0) + (site?.costPerKg ?? 0) * arrivedWith;
  });
};

const deviationCost = (model: Model, routes: readonly Route[]): number => {
  const { published } = model.problem;
  if (published === undefined) return 0;
  const vehicleOf = new Map(
    published.routes.flatMap((route) =>
      route.stopIds.map((id): [string, string] => [id, `${route.vehicleId} ${route.vehicleIndex}`]),
    ),
  );
  const moved = routes.flatMap((route) =>
    route.visits.filter((visit) => {
      if (visit.kind !== 'stop' || visit.done === true) return false;
      const known = vehicleOf.get(visit.stopId);
      return known !== undefined && known !== `${route.vehicleId} ${route.vehicleIndex}`;
    }),
  );
  return published.costPerMovedStop * moved.length;
};

const costOf = (model: Model, routes: readonly Route[], absent: Int32Array): CostBreakdown => {
  const { problem } = model;
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const hours = (route: Route): number => (route.endsAt - route.startsAt) / SECONDS_PER_HOUR;
  const parts = {
    fixed: sumOf(routes, (route) => vehicles.get(route.vehicleId)?.fixedCost ?? 0),
    distance: sumOf(routes, (route) => (vehicles.get(route.vehicleId)?.costPerMetre ?? 0) * route.distanceMetres),
    time: sumOf(
      routes,
      (route) => (vehicles.get(route.vehicleId)?.costPerSecond ?? 0) * (route.endsAt - route.startsAt),
    ),
    disposal: sumOf(routes, (route) => disposalCost(model, route)),
    prizesForgone: sumOf([...absent], (stop) => problem.stops[stop]?.prize ?? 0),
    balance: sumOf(routes, (route) => (problem.balance?.costPerHourSquared ?? 0) * hours(route) ** 2),
    deviation: deviationCost(model, routes),
  };
  return { ...parts, total: sumOf(Object.values(parts), (part) => part) };
};

/** The best routes found, with times, loads, costs and the reasons for what they leave out. */
export const buildSolution = (
  model: Model,
  best: Snapshot,
  effort: { readonly iterations: number; readonly seconds: number },
): Solution => {
  const routes = scheduleAll(model, best);
  const reasonFor = createReasons(model);
  const unserved: Unserved[] = Array.from(best.absent, reasonFor);
  unserved.sort((a, b) => (a.stopId < b.stopId ? -1 : 1));
  return { routes, unserved, cost: costOf(model, routes, best.absent), ...effort };
};
