import type { CollectionProblem } from '../problem.ts';

type Zones = CollectionProblem['zones'];

/** The zones as they are for some vehicles alone: hours of others are nobody's. */
export const zonesFor = (zones: Zones, vehicleIds: ReadonlySet<string>): Zones =>
  zones?.map(({ windowsFor = [], ...zone }) => {
    const held = windowsFor.flatMap(({ vehicleIds: ids, windows }) => {
      const own = ids.filter((id) => vehicleIds.has(id));
      return own.length === 0 ? [] : [{ vehicleIds: own, windows }];
    });
    return held.length === 0 ? zone : { ...zone, windowsFor: held };
  });

/**
 * A problem with the zones of another that the planner made for the same stops and vehicles: which zone a stop lies in and which hours hold
 * whom depends on all of them. What the other does not know keeps no zone: a truck whose shift is over goes nowhere.
 */
export const withZonesOf = (problem: CollectionProblem, planned: CollectionProblem): CollectionProblem => {
  const zoneOf = new Map(planned.stops.map(({ id, zone }) => [id, zone]));
  const zonesOf = new Map(planned.vehicles.map(({ id, zones }) => [id, zones]));
  const { zones: _zones, ...rest } = problem;
  const known = new Set(problem.vehicles.map(({ id }) => id));
  const zones = zonesFor(planned.zones, known);
  return {
    ...rest,
    ...(zones !== undefined && { zones }),
    stops: problem.stops.map(({ zone: _zone, ...stop }) => {
      const zone = zoneOf.get(stop.id);
      return zone === undefined ? stop : { ...stop, zone };
    }),
    vehicles: problem.vehicles.map(({ zones: _entered, ...vehicle }) => {
      const entered = zonesOf.get(vehicle.id);
      return entered === undefined ? vehicle : { ...vehicle, zones: entered };
    }),
  };
};
