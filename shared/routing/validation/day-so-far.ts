import type { CollectionProblem, DoneVisit, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { ReportAt } from './faults.ts';

type Places = {
  readonly problem: CollectionProblem;
  readonly stops: ReadonlyMap<string, ProblemStop>;
  readonly sites: ReadonlyMap<string, { readonly location: number }>;
  /** Where each stop of a done or committed list stands in the problem. */
  readonly listedAt: Map<string, string>;
};

const listOnce = ({ listedAt }: Places, stopId: string, path: readonly PropertyKey[], report: ReportAt): void => {
  const first = listedAt.get(stopId);
  if (first !== undefined) report(path, `stop ${stopId} stands in ${first} already`);
  else listedAt.set(stopId, `/${path.join('/')}`);
};

/** The location of a done visit; `undefined` for a break, or what does not exist. */
const locationOf = ({ problem, stops, sites }: Places, { kind, id, location = -1 }: DoneVisit): number | undefined => {
  if (kind === 'stand') return problem.locations[location] === undefined ? undefined : location;
  if (kind === 'break' || id === undefined) return undefined;
  return (kind === 'stop' ? stops : sites).get(id)?.location;
};

const isWay = ({ distanceMetres, durationSeconds }: CollectionProblem, from: number, to: number): boolean =>
  distanceMetres[from]?.[to] !== null && durationSeconds[from]?.[to] !== null;

/** A place and an emptying are a stand's own: elsewhere they would be believed and mean nothing. */
const checkFields = (
  { kind, id, location, emptied }: DoneVisit,
  path: readonly PropertyKey[],
  report: ReportAt,
): void => {
  if (kind === 'stand') {
    if (id !== undefined) report([...path, 'id'], 'has no meaning for a stand, which has a location');
    return;
  }
  if (location !== undefined) report([...path, 'location'], `has no meaning for a ${kind}`);
  if (emptied !== undefined) report([...path, 'emptied'], `has no meaning for a ${kind}`);
};

const checkTimes = (visit: DoneVisit, notBefore: number, path: readonly PropertyKey[], report: ReportAt): void => {
  const { arrivesAt, serviceStartsAt, departsAt } = visit;
  for (const field of ['arrivesAt', 'serviceStartsAt', 'departsAt'] as const)
    if (!Number.isFinite(visit[field])) report([...path, field], 'must be a finite number');
  if (arrivesAt < notBefore) report([...path, 'arrivesAt'], `must not be before ${notBefore}, when the vehicle left`);
  if (serviceStartsAt < arrivesAt) report([...path, 'serviceStartsAt'], 'must not be before the arrival');
  if (departsAt < serviceStartsAt) report([...path, 'departsAt'], 'must not be before the service starts');
};

const reportNowhere = ({ kind, id }: DoneVisit, path: readonly PropertyKey[], report: ReportAt): void => {
  if (kind === 'stand') {
    report([...path, 'location'], 'must be the number of a location');
    return;
  }
  const what = kind === 'stop' ? 'stop' : 'disposal site';
  report([...path, 'id'], id === undefined ? `must name a ${what}` : `no ${what} is called ${id}`);
};

const checkDone = (places: Places, vehicle: ProblemVehicle, at: number, report: ReportAt): void => {
  let leftAt = vehicle.shift[0];
  let location: number | undefined = vehicle.startLocation;
  vehicle.done?.forEach((visit, index) => {
    const path = ['vehicles', at, 'done', index];
    checkTimes(visit, leftAt, path, report);
    checkFields(visit, path, report);
    leftAt = visit.departsAt;
    if (visit.kind === 'break') return;
    const next = locationOf(places, visit);
    if (next === undefined) reportNowhere(visit, path, report);
    else if (visit.kind === 'stop' && visit.id !== undefined) listOnce(places, visit.id, [...path, 'id'], report);
    if (location !== undefined && next !== undefined && !isWay(places.problem, location, next))
      report(path, `was driven to from location ${location}, but the matrices know no such way`);
    location = next;
  });
  const breaks = vehicle.done?.filter(({ kind }) => kind === 'break').length ?? 0;
  if (breaks > vehicle.breaks.length)
    report(['vehicles', at, 'done'], `has ${breaks} breaks, of ${vehicle.breaks.length} that the vehicle takes`);
};

const checkCommitted = (places: Places, vehicle: ProblemVehicle, at: number, report: ReportAt): void =>
  vehicle.committed?.forEach((stopId, index) => {
    const path = ['vehicles', at, 'committed', index];
    const stop = places.stops.get(stopId);
    if (stop === undefined) {
      report(path, `no stop is called ${stopId}`);
      return;
    }
    listOnce(places, stopId, path, report);
    if (stop.vehicleId !== undefined && stop.vehicleId !== vehicle.id)
      report(path, `stop ${stopId} may be served by vehicle ${stop.vehicleId} only`);
  });

/** What vehicles have done and are committed to names what exists, each stop once, in an order that time allows. */
export const checkDaySoFar = (problem: CollectionProblem, report: ReportAt): void => {
  const places: Places = {
    problem,
    stops: new Map(problem.stops.map((stop) => [stop.id, stop])),
    sites: new Map(problem.disposalSites.map((site) => [site.id, site])),
    listedAt: new Map(),
  };
  problem.vehicles.forEach((vehicle, at) => {
    for (const list of ['done', 'committed'] as const)
      if (vehicle.count > 1 && (vehicle[list]?.length ?? 0) > 0)
        report(['vehicles', at, list], `belongs to one vehicle, and the count is ${vehicle.count}`);
    checkDone(places, vehicle, at, report);
    checkCommitted(places, vehicle, at, report);
  });
};
