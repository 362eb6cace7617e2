import { buildPlan } from '../build-plan.ts';
import type { Plan, PlanRoute, PlanStop } from '../plan.ts';
import { closureIdOf, closuresInForce, isSameArea, withClosureWords } from './closures.ts';
import { decidedProblem, type WorkingBasis } from './plan-basis.ts';

/** Due bins that stay behind; one that could wait does so without a word. */
const unservedOf = (basis: WorkingBasis): Plan['unserved'] => {
  const due = new Set(basis.problem.stops.flatMap(({ id, prize }) => (prize === undefined ? [id] : [])));
  const names = new Map(basis.picked.map(({ bin }) => [bin.id, bin.name]));
  const { closures = [], closedWays } = basis;
  const held = closures.filter(({ area }) => closedWays?.areas.some((known) => isSameArea(known, area)));
  const unserved = withClosureWords(decidedProblem(basis), held, basis.solution.unserved);
  return unserved.flatMap(({ stopId, reason, reasonVi }) =>
    due.has(stopId) ? [{ binId: stopId, name: names.get(stopId) ?? stopId, reason, reasonVi }] : [],
  );
};

const excludedOf = ({ decisions, picked }: WorkingBasis): Plan['excluded'] => {
  const names = new Map(picked.map(({ bin }) => [bin.id, bin.name]));
  return decisions.excluded.map((out) => ({ ...out, name: names.get(out.binId) ?? out.binId }));
};

type Marks = {
  readonly locked: Readonly<Record<string, string>>;
  readonly done: ReadonlySet<string>;
  readonly assumed: ReadonlySet<string>;
  readonly sitesDone: ReadonlySet<number>;
};

const markStop = (stop: PlanStop, index: number, { locked, done, assumed, sitesDone }: Marks): PlanStop => {
  const isDone = stop.kind === 'bin' ? done.has(stop.id ?? '') : sitesDone.has(index);
  return {
    ...stop,
    ...(isDone && { done: assumed.has(stop.id ?? '') ? ('assumed' as const) : ('reported' as const) }),
    ...(stop.kind === 'bin' && stop.id !== undefined && locked[stop.id] !== undefined && { locked: true as const }),
  };
};

/** Marks what is done, locked and fixed, from the route the solution has for it. */
const markRoute = (basis: WorkingBasis, route: PlanRoute): PlanRoute => {
  const visits = basis.solution.routes.find(({ vehicleId }) => vehicleId === route.vehicleId)?.visits ?? [];
  const marks: Marks = {
    locked: basis.decisions.locked,
    done: new Set(visits.flatMap((visit) => (visit.kind === 'stop' && visit.done === true ? visit.stopId : []))),
    assumed: new Set(basis.assumedDone),
    sitesDone: new Set(visits.flatMap((visit, index) => (visit.kind !== 'stop' && visit.done === true ? index : []))),
  };
  const lockedOrder = basis.decisions.orders[route.vehicleId]?.filter((id) => !marks.done.has(id)).length ?? 0;
  const stops = route.stops.map((stop, index) => markStop(stop, index, marks));
  return { ...route, stops, ...(lockedOrder > 0 && { lockedOrder }) };
};

/** What the part of a day that was driven has cost. */
const costOf = ({ fleet }: WorkingBasis, { vehicleId, distanceMetres, startsAt, endsAt }: PlanRoute): number => {
  const vehicle = fleet.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined) return 0;
  const hours = (endsAt - startsAt) / 3_600_000;
  return vehicle.fixedCostVnd + (vehicle.costPerKmVnd * distanceMetres) / 1_000 + vehicle.costPerHourVnd * hours;
};

const withFrozen = (plan: Plan, basis: WorkingBasis): Plan => {
  const { frozen } = basis;
  if (frozen.length === 0) return plan;
  const sum = (value: (route: PlanRoute) => number): number => frozen.reduce((total, route) => total + value(route), 0);
  const { totals } = plan;
  return {
    ...plan,
    routes: [...plan.routes, ...frozen],
    totals: {
      ...totals,
      vehicles: totals.vehicles + frozen.length,
      trips: totals.trips + sum(({ trips }) => trips),
      bins: totals.bins + sum(({ bins }) => bins),
      distanceMetres: totals.distanceMetres + sum(({ distanceMetres }) => distanceMetres),
      workingSeconds: totals.workingSeconds + sum(({ startsAt, endsAt }) => (endsAt - startsAt) / 1_000),
      collectedLitres: totals.collectedLitres + sum(({ collectedLitres }) => collectedLitres),
      costVnd: totals.costVnd + Math.round(sum((route) => costOf(basis, route))),
    },
  };
};

/** With the times that its truck was out of service and came back. */
const withStood = ({ stood = {} }: WorkingBasis, route: PlanRoute): PlanRoute => {
  const times = stood[route.vehicleId] ?? [];
  if (times.length === 0) return route;
  const stands = route.stops.filter(({ kind }) => kind === 'stand');
  // Who had not left yet stood nowhere; of what was told later the stops know.
  const first = times.length - stands.length;
  const told = times.map((time, index) => {
    const { loadLitres: litres, loadKg: kg } = stands[index - first] ?? {};
    return litres === undefined || kg === undefined ? time : { ...time, onBoard: { litres, kg } };
  });
  return { ...route, stood: told };
};

/** Areas that were closed when the version was made; `held` says whether its ways keep to that. */
const closedOf = ({ closures = [], closedWays }: WorkingBasis, at: number): Plan['closures'] =>
  closuresInForce(closures, at).map((closure) => {
    const { area, until, reason } = closure;
    return {
      closureId: closureIdOf(closures.indexOf(closure)),
      area,
      ...(until !== undefined && { until }),
      reason,
      held: closedWays?.areas.some((known) => isSameArea(known, area)) ?? false,
    };
  });

/** A version's plan as dispatchers and crews see it. Days of trucks out of service stand in it as far as they went. */
export const planOf = (
  basis: WorkingBasis,
  head: Pick<Plan, 'planId' | 'serviceDate' | 'trigger' | 'requestedAt' | 'requestedBy' | 'forecasts'>,
  made: { readonly at: number; readonly seed: number },
): Plan => {
  const { city, fleet, picked, noData, problem, solution } = basis;
  const plan = buildPlan(
    {
      head,
      finishedAt: made.at,
      city,
      fleet,
      picked,
      unserved: unservedOf(basis),
      noData,
      travelSource: problem.travelSource,
      seed: made.seed,
      locations: problem.locations,
    },
    solution,
  );
  const excluded = excludedOf(basis);
  const marked = { ...plan, routes: plan.routes.map((route) => markRoute(basis, route)) };
  const closures = closedOf(basis, made.at);
  const whole = withFrozen(
    {
      ...marked,
      ...(excluded && excluded.length > 0 && { excluded }),
      ...(closures && closures.length > 0 && { closures }),
    },
    basis,
  );
  return { ...whole, routes: whole.routes.map((route) => withStood(basis, route)) };
};

/** The head that all versions of a plan share. */
export const headOf = ({ planId, serviceDate, trigger, requestedAt, requestedBy, forecasts }: Plan) => ({
  planId,
  serviceDate,
  trigger,
  requestedAt,
  ...(requestedBy !== undefined && { requestedBy }),
  ...(forecasts !== undefined && { forecasts }),
});
