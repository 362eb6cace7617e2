import { buildPlan } from '../build-plan.ts';
import type { OnBoard, PlanRoute } from '../plan.ts';
import type { CollectionProblem, DoneVisit, ProblemVehicle } from '../problem.ts';
import type { Visit } from '../solution.ts';
import { patient } from './breaches.ts';
import type { Present } from './bring-up-to-date.ts';
import { driveInOrder } from './one-route.ts';
import type { StoppedTruck, WorkingBasis } from './plan-basis.ts';
import { zonesFor } from './zones.ts';

type Stop = { readonly at: number; readonly reason: string; readonly reasonVi?: string };

/** What a truck had done when it stopped: what its crew reported, and what must have been over by then. */
const doneBy = (basis: WorkingBasis, { done = [] }: ProblemVehicle, seconds: number): readonly DoneVisit[] => {
  const assumed = new Set(basis.assumedDone);
  const isCertain = ({ kind, id }: DoneVisit): boolean => kind === 'stop' && !assumed.has(id ?? '');
  const last = done.findLastIndex((visit) => isCertain(visit) || visit.departsAt <= seconds);
  return done.slice(0, last + 1);
};

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

/** The problem with disposal sites open and every way known, at no cost where none is. */
const withWaysOn = (problem: CollectionProblem): CollectionProblem => {
  const known = (rows: CollectionProblem['distanceMetres']) =>
    rows.map((row) => Array.from(row, (value: number | null) => value ?? 0));
  return {
    ...problem,
    distanceMetres: known(problem.distanceMetres),
    durationSeconds: known(problem.durationSeconds),
    disposalSites: problem.disposalSites.map(({ windows: _hours, ...site }) => site),
  };
};

const loadAt = (visits: readonly Visit[]): OnBoard => {
  const { litres, kg } = visits.at(-1)?.load ?? { litres: 0, kg: 0 };
  return { litres, kg };
};

/** The part of the day that was driven, as plans show it. */
const drivenPart = (
  basis: WorkingBasis,
  vehicle: ProblemVehicle,
  done: readonly DoneVisit[],
  { midnight, serviceDate }: Present,
  { at, reason, reasonVi }: Stop,
): PlanRoute | undefined => {
  const easy = patient(basis.problem, { ...vehicle, done: [...done] });
  const asItWas = driveInOrder(easy.problem, easy.vehicle, []);
  // Roads may be closed behind it: of the day only what was driven is kept, so any way on will do.
  const day = asItWas.ok ? asItWas : driveInOrder(withWaysOn(easy.problem), easy.vehicle, []);
  if (!day.ok || day.route === undefined) return undefined;
  const visits = day.route.visits.filter((visit, index) => index === 0 || visit.done === true);
  const endsAt = Math.max((at - midnight) / 1_000, visits.at(-1)?.departsAt ?? 0);
  const route = { ...day.route, visits, endsAt, distanceMetres: sum(visits, ({ legMetres }) => legMetres) };
  const { city, fleet, picked } = basis;
  const plan = buildPlan(
    {
      head: { planId: 'driven', serviceDate, trigger: 'dispatcher', requestedAt: at },
      finishedAt: at,
      city,
      fleet,
      picked,
      unserved: [],
      noData: [],
      travelSource: '',
      seed: 0,
      locations: basis.problem.locations,
    },
    { ...basis.solution, routes: [route] },
  );
  const assumed = new Set(basis.assumedDone);
  const [built] = plan.routes;
  return (
    built && {
      ...built,
      stops: built.stops.map((stop, index) =>
        index === 0 ? stop : { ...stop, done: assumed.has(stop.id ?? '') ? 'assumed' : 'reported' },
      ),
      outOfService: { at, reason, ...(reasonVi !== undefined && { reasonVi }), onBoard: loadAt(visits) },
    }
  );
};

const withoutStops = (problem: CollectionProblem, gone: ReadonlySet<string>, vehicleId: string): CollectionProblem => {
  const vehicles = problem.vehicles.filter(({ id }) => id !== vehicleId);
  const zones = zonesFor(problem.zones, new Set(vehicles.map(({ id }) => id)));
  return {
    ...problem,
    ...(zones !== undefined && { zones }),
    stops: problem.stops.filter(({ id }) => !gone.has(id)),
    vehicles,
  };
};

/**
 * Takes a truck out of the rest of the day: what it has collected leaves the problem with it and stays in the plan as a day that ended
 * there; what it has not waits for others.
 */
export const freeze = (basis: WorkingBasis, vehicleId: string, present: Present, stop: Stop): WorkingBasis => {
  const vehicle = basis.problem.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined) return basis;
  const done = doneBy(basis, vehicle, (stop.at - present.midnight) / 1_000);
  const collected = new Set(done.flatMap(({ kind, id }) => (kind === 'stop' && id !== undefined ? [id] : [])));
  const route = done.length > 0 ? drivenPart(basis, vehicle, done, present, stop) : undefined;
  const given = new Set((vehicle.done ?? []).flatMap(({ id }) => id ?? []).filter((id) => !collected.has(id)));
  const { decisions, problem } = basis;
  const { committed: _next, ...rest } = vehicle;
  const record: StoppedTruck = {
    vehicleId,
    vehicle: { ...rest, done: [...done] },
    stops: problem.stops.filter(({ id }) => collected.has(id)),
    ...stop,
  };
  return {
    ...basis,
    stopped: [...(basis.stopped ?? []).filter((known) => known.vehicleId !== vehicleId), record],
    problem: withoutStops(basis.problem, collected, vehicleId),
    assumedDone: basis.assumedDone.filter((id) => !given.has(id)),
    frozen: route === undefined ? basis.frozen : [...basis.frozen, route],
    decisions: {
      ...decisions,
      locked: Object.fromEntries(Object.entries(decisions.locked).filter(([, keeper]) => keeper !== vehicleId)),
      orders: Object.fromEntries(Object.entries(decisions.orders).filter(([id]) => id !== vehicleId)),
    },
  };
};
