import type { ProblemVehicle } from '../problem.ts';
import type { Route, Visit } from '../solution.ts';
import type { StoppedTruck, WorkingBasis } from './plan-basis.ts';
import type { Word } from './truck-progress.ts';

const NO_LOAD = { litres: 0, kg: 0 };

/** The day so far as a route: from it its progress is read, and nothing lies ahead of it. */
const routeSoFar = ({ id, shift, startLocation, done = [] }: ProblemVehicle): Route => {
  const visits = done.map((visit): Visit => {
    const { arrivesAt, serviceStartsAt, departsAt } = visit;
    const times = { arrivesAt, serviceStartsAt, departsAt, location: startLocation, load: NO_LOAD, legMetres: 0 };
    const all = { ...times, done: true as const };
    if (visit.kind === 'stop') return { kind: 'stop', stopId: visit.id ?? '', trip: 1, ...all };
    if (visit.kind === 'disposal') return { kind: 'disposal', disposalId: visit.id ?? '', trip: 1, ...all };
    if (visit.kind === 'break') return { kind: 'break', ...all };
    const location = visit.location ?? startLocation;
    return { kind: 'stand', ...(visit.emptied && { emptied: true }), ...all, location };
  });
  const endsAt = done.at(-1)?.departsAt ?? shift[0];
  const figures = { distanceMetres: 0, drivingSeconds: 0, waitingSeconds: 0 };
  return { vehicleId: id, vehicleIndex: 0, visits, startsAt: shift[0], endsAt, ...figures };
};

/** What a truck that is out of service has collected, in the problem again. */
export const withItsStops = (basis: WorkingBasis, { stops }: StoppedTruck): WorkingBasis => {
  const there = new Set(basis.problem.stops.map(({ id }) => id));
  const missing = stops.filter(({ id }) => !there.has(id));
  return { ...basis, problem: { ...basis.problem, stops: [...basis.problem.stops, ...missing] } };
};

/** A truck that is out of service as a vehicle of the problem again, with its day so far; its stops are there already. */
export const thaw = (basis: WorkingBasis, vehicle: ProblemVehicle): WorkingBasis => {
  const hasBegun = (vehicle.done ?? []).length > 0;
  const { problem, solution } = basis;
  return {
    ...basis,
    frozen: basis.frozen.filter(({ vehicleId }) => vehicleId !== vehicle.id),
    stopped: (basis.stopped ?? []).filter(({ vehicleId }) => vehicleId !== vehicle.id),
    problem: { ...problem, vehicles: [...problem.vehicles, vehicle] },
    ...(hasBegun && { solution: { ...solution, routes: [...solution.routes, routeSoFar(vehicle)] } }),
  };
};

export type Stopping = { readonly at: number; readonly reason: string; readonly reasonVi?: string };

/**
 * Trucks out of service of which crews have told since: each with its day so far, to be looked at by all that is said and taken out again
 * as it was (`stopped`).
 */
export const thawSpokenOf = (
  basis: WorkingBasis,
  words: ReadonlyMap<string, readonly Word[]>,
): { readonly basis: WorkingBasis; readonly stopped: ReadonlyMap<string, Stopping> } => {
  const spoken = new Set([...words.values()].flat().map(({ binId }) => binId));
  const stopped = new Map<string, Stopping>();
  let now = basis;
  for (const record of basis.stopped ?? []) {
    const { vehicleId, vehicle, at, reason, reasonVi } = record;
    const isSpokenOf = words.has(vehicleId) || record.stops.some(({ id }) => spoken.has(id));
    if (vehicle === undefined || !isSpokenOf) continue;
    now = thaw(withItsStops(now, record), vehicle);
    stopped.set(vehicleId, { at, reason, ...(reasonVi !== undefined && { reasonVi }) });
  }
  return { basis: now, stopped };
};
