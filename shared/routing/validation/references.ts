import type { CollectionProblem } from '../problem.ts';
import type { ReportAt } from './faults.ts';

/** Streams on board are kept as bits of a 32-bit number. */
const MOST_STREAMS = 31;

const checkUnique = (items: readonly { readonly id: string }[], list: string, report: ReportAt): void => {
  const firstAt = new Map<string, number>();
  items.forEach(({ id }, index) => {
    const first = firstAt.get(id);
    if (first === undefined) firstAt.set(id, index);
    else report([list, index, 'id'], `is the id of /${list}/${first} too: ${id}`);
  });
};

const checkLocations = (problem: CollectionProblem, report: ReportAt): void => {
  const size = problem.locations.length;
  const check = (location: number | null, path: readonly PropertyKey[]): void => {
    if (location === null || (Number.isInteger(location) && location >= 0 && location < size)) return;
    report(path, `must be the index of one of ${size} locations, not ${location}`);
  };
  problem.vehicles.forEach(({ startLocation, endLocation }, index) => {
    check(startLocation, ['vehicles', index, 'startLocation']);
    check(endLocation, ['vehicles', index, 'endLocation']);
  });
  problem.stops.forEach(({ location }, index) => {
    check(location, ['stops', index, 'location']);
  });
  problem.disposalSites.forEach(({ location }, index) => {
    check(location, ['disposalSites', index, 'location']);
  });
};

const checkNames = (problem: CollectionProblem, report: ReportAt): void => {
  const profiles = new Set(problem.travelProfiles?.map(({ id }) => id));
  const zones = new Set(problem.zones?.map(({ id }) => id));
  const vehicles = new Set(problem.vehicles.map(({ id }) => id));
  problem.vehicles.forEach(({ travelProfile, zones: entered }, index) => {
    if (travelProfile !== undefined && !profiles.has(travelProfile))
      report(['vehicles', index, 'travelProfile'], `no travel profile is called ${travelProfile}`);
    entered?.forEach((zone, at) => {
      if (!zones.has(zone)) report(['vehicles', index, 'zones', at], `no zone is called ${zone}`);
    });
  });
  problem.zones?.forEach(({ windowsFor }, index) => {
    windowsFor?.forEach(({ vehicleIds }, held) => {
      vehicleIds.forEach((id, at) => {
        const path = ['zones', index, 'windowsFor', held, 'vehicleIds', at];
        if (!vehicles.has(id)) report(path, `no vehicle is called ${id}`);
      });
    });
  });
  problem.stops.forEach(({ zone, vehicleId }, index) => {
    if (zone !== undefined && !zones.has(zone)) report(['stops', index, 'zone'], `no zone is called ${zone}`);
    if (vehicleId !== undefined && !vehicles.has(vehicleId))
      report(['stops', index, 'vehicleId'], `no vehicle is called ${vehicleId}`);
  });
};

const checkPublished = (problem: CollectionProblem, report: ReportAt): void => {
  const vehicles = new Map(problem.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  const stops = new Set(problem.stops.map(({ id }) => id));
  const listed = new Set<string>();
  problem.published?.routes.forEach(({ vehicleId, vehicleIndex, stopIds }, index) => {
    const path = ['published', 'routes', index];
    const vehicle = vehicles.get(vehicleId);
    if (vehicle === undefined) report([...path, 'vehicleId'], `no vehicle is called ${vehicleId}`);
    else if (!Number.isInteger(vehicleIndex) || vehicleIndex < 0 || vehicleIndex >= vehicle.count)
      report([...path, 'vehicleIndex'], `must be the index of one of ${vehicle.count} vehicles, not ${vehicleIndex}`);
    stopIds.forEach((stopId, at) => {
      if (!stops.has(stopId)) report([...path, 'stopIds', at], `no stop is called ${stopId}`);
      else if (listed.has(stopId)) report([...path, 'stopIds', at], `stop ${stopId} is published twice`);
      listed.add(stopId);
    });
  });
};

/** Ids are unique, and what is named or indexed exists. */
export const checkReferences = (problem: CollectionProblem, report: ReportAt): void => {
  checkUnique(problem.vehicles, 'vehicles', report);
  checkUnique(problem.stops, 'stops', report);
  checkUnique(problem.disposalSites, 'disposalSites', report);
  checkUnique(problem.zones ?? [], 'zones', report);
  checkUnique(problem.travelProfiles ?? [], 'travelProfiles', report);
  checkLocations(problem, report);
  checkNames(problem, report);
  checkPublished(problem, report);
  const streams = new Set(problem.stops.map(({ stream }) => stream));
  if (streams.size > MOST_STREAMS)
    report(['stops'], `have ${streams.size} streams; at most ${MOST_STREAMS} can be told`);
};
