import type { CollectionProblem, ProblemVehicle } from './problem.ts';
import type { CostBreakdown, Route, Solution, Visit } from './solution.ts';

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

type Report = (fault: string) => void;

const TOLERANCE = 1e-3;

const near = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a) * 1e-6);

const isInside = (time: number, windows: readonly (readonly [number, number])[] | undefined): boolean =>
  windows === undefined ||
  windows.length === 0 ||
  windows.some(([from, to]) => time >= from - TOLERANCE && time <= to + TOLERANCE);

/** A break is taken where the vehicle stands, so that nothing is driven on one of its sides. */
const isDriven = (before: Visit, visit: Visit): boolean =>
  before.location !== visit.location || (before.kind !== 'break' && visit.kind !== 'break');

const checkLegs = (problem: CollectionProblem, route: Route, report: Report): void => {
  let distance = 0;
  let driving = 0;
  route.visits.forEach((visit, index) => {
    const before = route.visits[index - 1];
    if (visit.serviceStartsAt < visit.arrivesAt - TOLERANCE) report(`starts ${visit.kind} before arriving`);
    if (visit.departsAt < visit.serviceStartsAt - TOLERANCE) report(`leaves ${visit.kind} before starting there`);
    if (before === undefined) return;
    const driven = isDriven(before, visit);
    const metres = driven ? problem.distanceMetres[before.location]?.[visit.location] : 0;
    const seconds = driven ? problem.durationSeconds[before.location]?.[visit.location] : 0;
    if (metres === null || metres === undefined || seconds === null || seconds === undefined) {
      report(`no way from location ${before.location} to ${visit.location}`);
      return;
    }
    if (!near(visit.legMetres, metres))
      report(`leg of ${visit.legMetres} m to location ${visit.location} is ${metres} m`);
    if (!near(before.departsAt + seconds, visit.arrivesAt)) {
      report(`arrives at location ${visit.location} at ${visit.arrivesAt}, not ${before.departsAt + seconds}`);
    }
    distance += metres;
    driving += seconds;
  });
  if (!near(distance, route.distanceMetres)) report(`says ${route.distanceMetres} m, drives ${distance} m`);
  if (!near(driving, route.drivingSeconds)) report(`says ${route.drivingSeconds} s at the wheel, drives ${driving} s`);
};

const checkStop = (
  problem: CollectionProblem,
  visit: Visit & { kind: 'stop' },
  vehicle: ProblemVehicle,
  report: Report,
) => {
  const stop = problem.stops.find(({ id }) => id === visit.stopId);
  if (stop === undefined) {
    report(`visits the unknown stop ${visit.stopId}`);
    return undefined;
  }
  if (stop.location !== visit.location) report(`stop ${stop.id} is not at location ${visit.location}`);
  if (!isInside(visit.serviceStartsAt, stop.windows)) report(`stop ${stop.id} served outside its windows`);
  if (visit.departsAt < visit.serviceStartsAt + stop.serviceSeconds - TOLERANCE)
    report(`stop ${stop.id} left too early`);
  if (vehicle.streams !== undefined && !vehicle.streams.includes(stop.stream)) report(`may not carry ${stop.stream}`);
  return stop;
};

const checkDisposal = (
  problem: CollectionProblem,
  visit: Visit & { kind: 'disposal' },
  stream: string,
  report: Report,
) => {
  const site = problem.disposalSites.find(({ id }) => id === visit.disposalId);
  if (site === undefined || site.location !== visit.location) {
    report(`visits the unknown disposal site ${visit.disposalId}`);
    return;
  }
  if (!isInside(visit.serviceStartsAt, site.windows)) report(`${site.id} visited outside its opening`);
  if (visit.departsAt < visit.serviceStartsAt + site.unloadSeconds - TOLERANCE) report(`${site.id} left too early`);
  if (site.streams !== undefined && !site.streams.includes(stream)) report(`${site.id} does not take ${stream}`);
};

/** What is on board while the visits are followed. */
type OnBoard = { litres: number; kg: number; stream: string | undefined; leftAt: number; trip: number };

const pickUp = (
  problem: CollectionProblem,
  visit: Visit & { kind: 'stop' },
  vehicle: ProblemVehicle,
  onBoard: OnBoard,
  report: Report,
): void => {
  const stop = checkStop(problem, visit, vehicle, report);
  if (stop === undefined) return;
  onBoard.litres += stop.load.litres;
  onBoard.kg += stop.load.kg;
  if (onBoard.stream !== undefined && stop.stream !== onBoard.stream)
    report(`mixes ${stop.stream} with ${onBoard.stream}`);
  onBoard.stream = stop.stream;
  if ((stop.releaseTime ?? 0) > onBoard.leftAt + TOLERANCE) report(`takes ${stop.id} before its release`);
  if (visit.trip !== onBoard.trip) report(`${stop.id} is on trip ${onBoard.trip}, not ${visit.trip}`);
};

const empty = (
  problem: CollectionProblem,
  visit: Visit & { kind: 'disposal' },
  onBoard: OnBoard,
  report: Report,
): void => {
  checkDisposal(problem, visit, onBoard.stream ?? '', report);
  Object.assign(onBoard, { litres: 0, kg: 0, stream: undefined, leftAt: visit.departsAt, trip: onBoard.trip + 1 });
};

const checkLoads = (problem: CollectionProblem, route: Route, vehicle: ProblemVehicle, report: Report): void => {
  const onBoard: OnBoard = { litres: 0, kg: 0, stream: undefined, leftAt: route.visits[0]?.departsAt ?? 0, trip: 1 };
  for (const visit of route.visits) {
    if (visit.kind === 'stop') pickUp(problem, visit, vehicle, onBoard, report);
    else if (visit.kind === 'disposal') empty(problem, visit, onBoard, report);
    // A break before the first stop of a trip is taken where the trip starts, or on the way: it has left the later for it.
    else if (visit.kind === 'break' && onBoard.stream === undefined && visit.legMetres === 0)
      onBoard.leftAt = visit.departsAt;
    if (onBoard.litres > vehicle.capacity.litres + TOLERANCE) report(`carries ${onBoard.litres} litres`);
    if (onBoard.kg > vehicle.capacity.kg + TOLERANCE) report(`carries ${onBoard.kg} kg`);
    const stated = near(visit.load.litres, onBoard.litres) && near(visit.load.kg, onBoard.kg);
    if (!stated) report(`misstates its load at ${visit.kind}`);
  }
  if (problem.disposalSites.length > 0 && onBoard.stream !== undefined) report('does not end empty');
};

const checkBreaks = (route: Route, vehicle: ProblemVehicle, report: Report): void => {
  const taken = route.visits.filter((visit) => visit.kind === 'break');
  const owed = [...vehicle.breaks]
    .sort((a, b) => a.window[0] - b.window[0])
    .filter(({ window }) => route.startsAt <= window[1] + TOLERANCE);
  owed.forEach((due, index) => {
    const rest = taken[index];
    if (rest === undefined) {
      if (route.endsAt > due.window[0] + TOLERANCE) report(`takes no break between ${due.window.join(' and ')}`);
      return;
    }
    if (!isInside(rest.serviceStartsAt, [due.window])) report(`break at ${rest.serviceStartsAt} outside its window`);
    if (rest.departsAt < rest.serviceStartsAt + due.seconds - TOLERANCE) report('break too short');
  });
  if (taken.length > owed.length) report('takes more breaks than it has');
};

const checkShift = (problem: CollectionProblem, route: Route, vehicle: ProblemVehicle, report: Report): void => {
  const first = route.visits[0];
  const last = route.visits.at(-1);
  if (first?.kind !== 'start' || first.location !== vehicle.startLocation) report('does not start at its depot');
  if (last?.kind !== 'end' || last.location !== vehicle.endLocation) report('does not end at its depot');
  if (!near(first?.arrivesAt ?? -1, route.startsAt) || !near(last?.departsAt ?? -1, route.endsAt))
    report('misstates its times');
  if (route.startsAt < vehicle.shift[0] - TOLERANCE) report('leaves before its shift');
  if (route.endsAt > vehicle.shift[1] + TOLERANCE) report('returns after its shift');
  const duty = route.endsAt - route.startsAt;
  if (duty > (vehicle.maxDutySeconds ?? Number.POSITIVE_INFINITY) + TOLERANCE) report(`is on duty for ${duty} s`);
  const stopIds = route.visits.flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : []));
  if (stopIds.length > (vehicle.maxStops ?? Number.POSITIVE_INFINITY)) report(`serves ${stopIds.length} stops`);
  const litres = problem.stops.filter(({ id }) => stopIds.includes(id)).reduce((sum, { load }) => sum + load.litres, 0);
  if (litres > (vehicle.maxLitresPerShift ?? Number.POSITIVE_INFINITY) + TOLERANCE) report(`handles ${litres} litres`);
};

const checkFleet = (problem: CollectionProblem, solution: Solution, report: Report): void => {
  const seen = new Set<string>();
  for (const { vehicleId, vehicleIndex } of solution.routes) {
    const vehicle = problem.vehicles.find(({ id }) => id === vehicleId);
    const name = `${vehicleId}#${vehicleIndex}`;
    if (seen.has(name)) report(`${name} drives two routes`);
    seen.add(name);
    if (vehicle === undefined || vehicleIndex < 0 || vehicleIndex >= vehicle.count) report(`${name} does not exist`);
  }
};

const checkCoverage = (problem: CollectionProblem, solution: Solution, report: Report): ReadonlySet<string> => {
  const visits = solution.routes.flatMap((route) =>
    route.visits.flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : [])),
  );
  const served = new Set(visits);
  const unserved = new Set(solution.unserved.map(({ stopId }) => stopId));
  if (served.size < visits.length) report('a stop is served twice');
  for (const { id } of problem.stops) {
    if (served.has(id) === unserved.has(id))
      report(`stop ${id} is ${served.has(id) ? 'served and unserved' : 'forgotten'}`);
  }
  return served;
};

const costOf = (problem: CollectionProblem, solution: Solution, served: ReadonlySet<string>): CostBreakdown => {
  const cost = { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0 };
  for (const route of solution.routes) {
    const vehicle = problem.vehicles.find(({ id }) => id === route.vehicleId);
    cost.fixed += vehicle?.fixedCost ?? 0;
    cost.time += (vehicle?.costPerSecond ?? 0) * (route.endsAt - route.startsAt);
    route.visits.forEach((visit, index) => {
      const before = route.visits[index - 1];
      const metres = before && isDriven(before, visit) ? problem.distanceMetres[before.location]?.[visit.location] : 0;
      cost.distance += (vehicle?.costPerMetre ?? 0) * (metres ?? 0);
      if (visit.kind !== 'disposal') return;
      cost.disposal += problem.disposalSites.find(({ id }) => id === visit.disposalId)?.costPerVisit ?? 0;
    });
  }
  for (const { id, prize } of problem.stops) cost.prizesForgone += served.has(id) ? 0 : (prize ?? 0);
  const total = cost.fixed + cost.distance + cost.time + cost.disposal + cost.prizesForgone;
  return { ...cost, total };
};

/** Recomputes a solution from the problem: what is wrong with it, in words, and what it costs. */
export const checkSolution = (problem: CollectionProblem, solution: Solution): Verdict => {
  const faults: string[] = [];
  for (const route of solution.routes) {
    const report: Report = (fault) => faults.push(`${route.vehicleId}#${route.vehicleIndex}: ${fault}`);
    const vehicle = problem.vehicles.find(({ id }) => id === route.vehicleId);
    if (vehicle === undefined) continue;
    checkShift(problem, route, vehicle, report);
    checkLegs(problem, route, report);
    checkLoads(problem, route, vehicle, report);
    checkBreaks(route, vehicle, report);
  }
  checkFleet(problem, solution, (fault) => faults.push(fault));
  const served = checkCoverage(problem, solution, (fault) => faults.push(fault));
  const cost = costOf(problem, solution, served);
  if (Math.abs(cost.total - solution.cost.total) > TOLERANCE * Math.max(1, cost.total * 1e-6)) {
    faults.push(`says it costs ${solution.cost.total}, costs ${cost.total}`);
  }
  const complete = problem.stops.every(({ id, prize }) => prize !== undefined || served.has(id));
  return { feasible: faults.length === 0, complete, faults, cost };
};
