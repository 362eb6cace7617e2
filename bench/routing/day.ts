import type { CollectionProblem, DoneVisit, ProblemStop, ProblemVehicle } from '../../shared/routing/problem.ts';
import type { Route, Solution, Visit } from '../../shared/routing/solution.ts';

/** The same problem with each truck as a vehicle of its own, as a day under way needs it: only such have a past. */
export const oneByOne = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.flatMap((vehicle) =>
    Array.from({ length: vehicle.count }, (_, index) => ({ ...vehicle, id: `${vehicle.id}-${index + 1}`, count: 1 })),
  ),
});

type Work = Exclude<Visit, { kind: 'start' | 'end' }>;

const isWork = (visit: Visit): visit is Work => visit.kind !== 'start' && visit.kind !== 'end';

const workOf = (route: Route): Work[] => route.visits.filter(isWork);

const toDone = (visit: Work): DoneVisit => {
  const { arrivesAt, serviceStartsAt, departsAt } = visit;
  const times = { arrivesAt, serviceStartsAt, departsAt };
  if (visit.kind === 'break') return { kind: 'break', ...times };
  if (visit.kind === 'stand')
    return { kind: 'stand', location: visit.location, ...(visit.emptied && { emptied: true }), ...times };
  return visit.kind === 'stop'
    ? { kind: 'stop', id: visit.stopId, ...times }
    : { kind: 'disposal', id: visit.disposalId, ...times };
};

/** A truck at a moment of its day: where it has been (the visit it is at counts), and the stop it is driving to. */
const vehicleAt = (vehicle: ProblemVehicle, route: Route | undefined, time: number): ProblemVehicle => {
  const { done: _before, committed: _next, ...idle } = vehicle;
  const [from, to] = vehicle.shift;
  if (route === undefined || route.startsAt > time) return { ...idle, shift: [Math.max(from, Math.min(time, to)), to] };
  const work = workOf(route);
  const done = work.filter(({ arrivesAt }) => arrivesAt <= time).map(toDone);
  const next = work[done.length];
  return {
    ...idle,
    shift: [route.startsAt, to],
    ...(done.length > 0 && { done }),
    ...(next?.kind === 'stop' && { committed: [next.stopId] }),
  };
};

/** The problem as it stands at a moment of the day that the plan is followed. */
export const problemAt = (problem: CollectionProblem, plan: Solution, time: number): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) =>
    vehicleAt(
      vehicle,
      plan.routes.find(({ vehicleId }) => vehicleId === vehicle.id),
      time,
    ),
  ),
});

export const withStop = (problem: CollectionProblem, stop: ProblemStop): CollectionProblem => ({
  ...problem,
  stops: [...problem.stops, stop],
});

/** A truck breaks down: what it has collected is collected, the rest of its stops wait for the others. */
export const withoutVehicle = (
  problem: CollectionProblem,
  plan: Solution,
  lostId: string,
): { problem: CollectionProblem; plan: Solution } => {
  const lost = problem.vehicles.find(({ id }) => id === lostId);
  const collected = new Set(lost?.done?.flatMap(({ kind, id }) => (kind === 'stop' && id !== undefined ? [id] : [])));
  const isThere = (id: string): boolean => !collected.has(id);
  return {
    problem: {
      ...problem,
      vehicles: problem.vehicles.filter(({ id }) => id !== lostId),
      stops: problem.stops.filter(({ id }) => isThere(id)),
      ...(problem.published && {
        published: {
          ...problem.published,
          routes: problem.published.routes
            .filter(({ vehicleId }) => vehicleId !== lostId)
            .map((route) => ({ ...route, stopIds: route.stopIds.filter(isThere) })),
        },
      }),
    },
    plan: { ...plan, routes: plan.routes.filter(({ vehicleId }) => vehicleId !== lostId) },
  };
};

/** What the drivers have been told, at a price for each stop that changes hands. */
export const published = (plan: Solution, costPerMovedStop: number): CollectionProblem['published'] => ({
  costPerMovedStop,
  routes: plan.routes.map(({ vehicleId, vehicleIndex, visits }) => ({
    vehicleId,
    vehicleIndex,
    stopIds: visits.flatMap((visit) => (visit.kind === 'stop' ? [visit.stopId] : [])),
  })),
});

/** What a new plan breaks of the day so far, in words; the checker's rules again, in a few lines of their own. */
export const brokenPromises = (problem: CollectionProblem, plan: Solution): string[] =>
  problem.vehicles.flatMap(({ id, done = [], committed = [] }) => {
    if (done.length + committed.length === 0) return [];
    const route = plan.routes.find(({ vehicleId }) => vehicleId === id);
    if (route === undefined) return [`${id} has no route any more`];
    const work = workOf(route);
    const kept = done.every((visit, index) => {
      const now = work[index];
      return now !== undefined && JSON.stringify(toDone(now)) === JSON.stringify(visit);
    });
    const stops = work.slice(done.length).flatMap((visit) => (visit.kind === 'stop' ? [visit.stopId] : []));
    return [
      ...(kept ? [] : [`${id} has another past`]),
      ...(committed.every((stopId, index) => stops[index] === stopId) ? [] : [`${id} turns away from its next stop`]),
    ];
  });
