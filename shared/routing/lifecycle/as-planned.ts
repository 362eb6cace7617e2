import type { Position, Vehicle } from '../../city/entities.ts';
import type { PickedBin } from '../build-plan.ts';
import { buildProblem } from '../build-problem.ts';
import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { TravelTimes } from '../travel/travel-times.ts';
import type { EventContext } from './day-events.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';

/** Nobody knows the ways to a place that was not in the problem: they are asked for when all that happened is in it. */
export const withPlaces = (
  problem: CollectionProblem,
  places: readonly { readonly id: string; readonly position: Position }[],
): CollectionProblem => {
  const known = new Set(problem.locations.map(({ id }) => id));
  const fresh = places.filter(({ id }) => !known.has(id)).map(({ id, position }) => ({ id, ...position }));
  return fresh.length === 0 ? problem : { ...problem, locations: [...problem.locations, ...fresh] };
};

const noWays: TravelTimes = async (places) => {
  const row = new Float32Array(places.length);
  const rows = places.map(() => row);
  return { distanceMetres: rows, durationSeconds: rows, source: '' };
};

/** How the planner itself would put these bins and trucks into a problem, with locations by id. */
export const asPlanned = async (
  basis: WorkingBasis,
  context: EventContext,
  bins: readonly PickedBin[],
  vehicles: readonly Vehicle[],
) => {
  const { city, fleet } = basis;
  const trucks = vehicles.length > 0 ? vehicles : fleet.vehicles;
  const problem = await buildProblem({
    city,
    serviceDate: context.serviceDate,
    notBefore: context.now,
    bins,
    fleet: { ...fleet, vehicles: trucks.map((vehicle) => ({ ...vehicle, status: 'available' as const })) },
    travelTimes: noWays,
  });
  const idAt = (location: number): string => problem?.locations[location]?.id ?? '';
  return { problem, idAt };
};

export const locationOf = (problem: CollectionProblem, id: string): number =>
  problem.locations.findIndex((each) => each.id === id);

export const aboutOne = (name: string, en: string, vi: string): NoteWords => ({
  en: `${name}: ${en}`,
  vi: `${name}: ${vi}`,
});

type PlannedTruck =
  | {
      readonly ok: true;
      readonly truck: ProblemVehicle;
      /** The planner's own problem with this truck in it: its zones depend on all trucks. */
      readonly own: CollectionProblem;
      readonly fleet: WorkingBasis['fleet'];
    }
  | { readonly ok: false; readonly note: NoteWords };

/** A truck of the registry as the planner would send it out now, at the locations of the plan's problem. */
export const plannedTruck = async (
  basis: WorkingBasis,
  vehicleId: string,
  context: EventContext,
): Promise<PlannedTruck> => {
  const refused = (name: string, en: string, vi: string): PlannedTruck => ({ ok: false, note: aboutOne(name, en, vi) });
  const vehicle = context.vehicles.get(vehicleId) ?? basis.fleet.vehicles.find(({ id }) => id === vehicleId);
  if (vehicle === undefined) return refused(vehicleId, 'no such truck is registered', 'không có xe này trong danh mục');
  const others = basis.fleet.vehicles.filter(({ id }) => id !== vehicleId);
  const { problem: own, idAt } = await asPlanned(basis, context, basis.picked, [...others, vehicle]);
  const truck = own?.vehicles.find(({ id }) => id === vehicleId);
  if (own === undefined || truck === undefined) return refused(vehicle.name, 'its shift is over', 'đã hết ca');
  const at = (location: number): number => locationOf(basis.problem, idAt(location));
  const startLocation = at(truck.startLocation);
  const endLocation = truck.endLocation === null ? null : at(truck.endLocation);
  if (startLocation < 0) return refused(vehicle.name, 'its depot is unknown', 'không rõ bãi xe');
  return {
    ok: true,
    truck: { ...truck, startLocation, endLocation },
    own,
    fleet: { ...basis.fleet, vehicles: [...others, vehicle] },
  };
};
