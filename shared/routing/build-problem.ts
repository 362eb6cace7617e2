import type { Bin, City, DisposalSite, Position, SpecialDay } from '../city/entities.ts';
import { accessSkills } from './fleet/needs.ts';
import { problemSites } from './fleet/problem-sites.ts';
import { type ProblemZones, problemZones } from './fleet/problem-zones.ts';
import { type FleetRules, type ReadyTruck, trucksOfDay } from './fleet/ready-trucks.ts';
import { type ServiceDay, serviceDay } from './fleet/service-day.ts';
import type { Span } from './fleet/spans.ts';
import { cityProfile } from './fleet/travel-profile.ts';
import type { CollectionProblem, ProblemDisposal, ProblemVehicle } from './problem.ts';
import { problemStop } from './problem-stop.ts';
import type { TravelTimes } from './travel/travel-times.ts';

/**
 * A bin to collect, with what is expected in it; `urgency` 0 … 1 marks one that may wait. `savedMetres`: the way that serving it
 * now saves on later nights. `emptyBefore`: what it is to be ready for begins then, UTC epoch milliseconds. `overflows`: somebody saw it.
 */
export type BinToCollect = {
  readonly bin: Bin;
  readonly expectedFraction: number;
  readonly urgency?: number;
  readonly savedMetres?: number | undefined;
  readonly emptyBefore?: number | undefined;
  readonly overflows?: boolean;
};

export type Fleet = FleetRules & {
  readonly disposalSites: readonly DisposalSite[];
  readonly specialDays?: readonly SpecialDay[];
};

/** The registry says something no plan can be made from; a dispatcher must mend it. */
export class UnplannableCityError extends Error {
  override readonly name = 'UnplannableCityError';
  readonly vi: string;
  constructor(en: string, vi: string) {
    super(en);
    this.vi = vi;
  }
}

/** Depots are the first locations. */
const depotOf = ({ depots }: FleetRules, { vehicle: { name, depotId } }: ReadyTruck): number => {
  const index = depots.findIndex(({ id }) => id === depotId);
  if (index < 0) {
    const vi = `${name} thuộc bãi xe ${depotId}, nhưng bãi này chưa được đăng ký`;
    throw new UnplannableCityError(`Truck ${name} stands at depot ${depotId}, which is not registered`, vi);
  }
  return index;
};

const problemVehicle = (
  { vehicle, ...truck }: ReadyTruck,
  depot: number,
  { bins, zones, profileId }: { bins: readonly Bin[]; zones: ProblemZones; profileId: string | undefined },
): ProblemVehicle => {
  const { lifts, maxBins, speedFactor } = vehicle;
  const skills = [...truck.skills, ...accessSkills(vehicle.size, bins)];
  return {
    id: vehicle.id,
    type: vehicle.type,
    count: 1,
    startLocation: depot,
    endLocation: depot,
    capacity: { litres: vehicle.capacityLitres, kg: vehicle.capacityKg },
    shift: truck.shift,
    fixedCost: vehicle.fixedCostVnd,
    costPerMetre: vehicle.costPerKmVnd / 1_000,
    costPerSecond: vehicle.costPerHourVnd / 3_600,
    breaks: truck.breaks.map(({ window, seconds }) => ({ window: [...window], seconds })),
    streams: [...vehicle.streams],
    ...(lifts && { lifts: [...lifts] }),
    ...(skills.length > 0 && { skills }),
    ...(maxBins !== undefined && { maxStops: maxBins }),
    ...(speedFactor !== undefined && { speedFactor }),
    ...(truck.maxDutySeconds !== undefined && { maxDutySeconds: truck.maxDutySeconds }),
    ...(truck.maxDrivingSeconds !== undefined && { maxDrivingSeconds: truck.maxDrivingSeconds }),
    ...(profileId !== undefined && { travelProfile: profileId }),
    ...(zones.zones.length > 0 && { zones: [...(zones.zonesOfTruck.get(vehicle.id) ?? [])] }),
  };
};

/** A city that states no costs wants the shortest way all the same. */
const withSomeCost = (vehicles: ProblemVehicle[]): ProblemVehicle[] =>
  vehicles.some(({ costPerMetre, costPerSecond }) => costPerMetre > 0 || costPerSecond > 0)
    ? vehicles
    : vehicles.map((vehicle) => ({ ...vehicle, costPerMetre: 1 }));

export type ProblemInput = {
  readonly city: City;
  /** City-local day, `YYYY-MM-DD`. */
  readonly serviceDate: string;
  /** No truck leaves earlier, UTC epoch milliseconds: a plan asked for in mid-shift begins then. */
  readonly notBefore: number;
  readonly bins: readonly BinToCollect[];
  readonly fleet: Fleet;
  readonly travelTimes: TravelTimes;
};

/** Where trucks can empty on the day. With no site open the optimizer would have them keep their loads: that is thrown. */
const openSites = (
  { depots, disposalSites, zones = [] }: Fleet,
  trucks: readonly ReadyTruck[],
  day: ServiceDay,
): ProblemDisposal[] => {
  const open = disposalSites.flatMap((site, index) =>
    problemSites(site, depots.length + index, { trucks, zones, day }),
  );
  if (open.length > 0 || disposalSites.length === 0) return open;
  throw new UnplannableCityError(
    `No disposal site is open on ${day.date}`,
    `Không nơi xử lý nào mở cửa ngày ${day.date}`,
  );
};

/**
 * Tonight's collection problem. Locations are the depots, then the disposal sites, then the bins, each in the order given; stop
 * ids are bin ids, a disposal's site is `siteIdOf` its id. Answers `undefined` when no truck is available in what is left of the day's shifts.
 * @throws UnplannableCityError when a truck stands at a depot that is not registered, or none of the disposal sites is open.
 */
export const buildProblem = async (input: ProblemInput): Promise<CollectionProblem | undefined> => {
  const { city, serviceDate, notBefore, bins, fleet, travelTimes } = input;
  const { depots, disposalSites } = fleet;
  const day = serviceDay(city, serviceDate, fleet.specialDays);
  const { ready } = trucksOfDay(fleet, day, notBefore);
  if (ready.length === 0) return undefined;
  const collected = bins.map(({ bin }) => bin);
  const zones = problemZones(collected, ready, fleet.zones ?? [], day);
  const travelProfiles = cityProfile(day);
  const around = { bins: collected, zones, profileId: travelProfiles[0]?.id };
  const vehicles = withSomeCost(ready.map((truck) => problemVehicle(truck, depotOf(fleet, truck), around)));
  const disposals = openSites(fleet, ready, day);
  const places: readonly { readonly id: string; readonly position: Position }[] = [
    ...depots,
    ...disposalSites,
    ...collected,
  ];
  const travel = await travelTimes(places.map(({ position }) => position));
  const firstBin = depots.length + disposalSites.length;
  const shifts: Span = [
    Math.min(...vehicles.map(({ shift }) => shift[0])),
    Math.max(...vehicles.map(({ shift }) => shift[1])),
  ];
  const surroundings = { day, vehicles, shifts, zoneOfBin: zones.zoneOfBin };
  return {
    name: `${city.id} ${serviceDate}`,
    locations: places.map(({ id, position }) => ({ id, ...position })),
    distanceMetres: travel.distanceMetres,
    durationSeconds: travel.durationSeconds,
    travelSource: travel.source,
    vehicles,
    ...(travelProfiles.length > 0 && { travelProfiles }),
    ...(zones.zones.length > 0 && { zones: zones.zones }),
    ...(city.mixableStreams && { mixableStreams: city.mixableStreams }),
    stops: bins.map((entry, index) => problemStop(entry, firstBin + index, surroundings)),
    disposalSites: disposals,
  };
};
