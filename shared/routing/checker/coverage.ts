import type { Solution } from '../solution.ts';
import type { ProblemIndex, Report } from './context.ts';
import { isUnderWay } from './day-so-far.ts';

/** Each route belongs to a vehicle that exists, each vehicle drives once, and those that have begun do drive. */
export const checkFleet = (index: ProblemIndex, solution: Solution, report: Report): void => {
  const seen = new Set<string>();
  const ids = new Set<string>();
  for (const { vehicleId, vehicleIndex } of solution.routes) {
    const count = index.vehicles.get(vehicleId)?.count ?? 0;
    const name = `${vehicleId}#${vehicleIndex}`;
    if (seen.has(name)) report(`${name} drives two routes`);
    seen.add(name);
    ids.add(vehicleId);
    if (!(Number.isInteger(vehicleIndex) && vehicleIndex >= 0 && vehicleIndex < count))
      report(`${name} does not exist`);
  }
  for (const vehicle of index.problem.vehicles)
    if (isUnderWay(vehicle) && !ids.has(vehicle.id)) report(`${vehicle.id} is under way, but has no route`);
};

const checkUnserved = (index: ProblemIndex, solution: Solution, report: Report): ReadonlySet<string> => {
  const unserved = new Set<string>();
  for (const { stopId, reason, reasonVi } of solution.unserved) {
    if (!index.stops.has(stopId)) report(`leaves the unknown stop ${stopId} out`);
    if (unserved.has(stopId)) report(`stop ${stopId} is left out twice`);
    if (reason === '' || reasonVi === '') report(`says not why stop ${stopId} is left out`);
    unserved.add(stopId);
  }
  return unserved;
};

/** Every stop is served once or left out with a reason. Answers the stops that are served. */
export const checkCoverage = (index: ProblemIndex, solution: Solution, report: Report): ReadonlySet<string> => {
  const served = new Set<string>();
  for (const { visits } of solution.routes) {
    for (const visit of visits) {
      if (visit.kind !== 'stop') continue;
      if (served.has(visit.stopId)) report(`stop ${visit.stopId} is served twice`);
      served.add(visit.stopId);
    }
  }
  const unserved = checkUnserved(index, solution, report);
  for (const { id } of index.problem.stops) {
    if (served.has(id) === unserved.has(id))
      report(`stop ${id} is ${served.has(id) ? 'served and unserved' : 'forgotten'}`);
  }
  return served;
};
