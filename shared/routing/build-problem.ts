import type { Bin, City, DisposalSite, Position, SpecialDay } from '../city/entities.ts';
import { windowsBefore, windowsUntil } from './empty-by.ts';
import { accessSkills, skillsFor } from './fleet/needs.ts';
import { problemSites } from './fleet/problem-sites.ts';
import { type ProblemZones, problemZones } from './fleet/problem-zones.ts';
import { type FleetRules, type ReadyTruck, trucksOfDay } from './fleet/ready-trucks.ts';
import { serviceDay, windowsAround } from './fleet/service-day.ts';
import { cityProfile } from './fleet/travel-profile.ts';
import { prizeOf } from './prize.ts';
import type { CollectionProblem, ProblemVehicle } from './problem.ts';
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

/**
 * When the trucks cannot do it all, the fullest bins first: one that will overflow weighs as much as several that could hold out, and one that
 * was seen to overflow as much as two of them.
 */
const priorityOf = ({ expectedFraction, overflows = false }: BinToCollect): number =>
  (overflows ? 2 : 1) * (1 + 9 * expectedFraction ** 2);

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

/**
 * Tonight's collection problem. Locations are the depots, then the disposal sites, then the bins, each in the order given; stop
 * ids are bin ids, a disposal's site is `siteIdOf` its id. Answers `undefined` when no truck is available in what is left of the day's shifts.
 * @throws UnplannableCityError when a truck stands at a depot that is not registered.
 */
export const buildProblem = async (input: ProblemInput): Promise<CollectionProblem | undefined> => {
  const { city, serviceDate, notBefore, bins, fleet, travelTimes } = input;
  const { depots, disposalSites, zones: cityZones = [] } = fleet;
  const day = serviceDay(city, serviceDate, fleet.specialDays);
  const { ready } = trucksOfDay(fleet, day, notBefore);
  if (ready.length === 0) return undefined;
  const collected = bins.map(({ bin }) => bin);
  const zones = problemZones(collected, ready, cityZones, day);
  const travelProfiles = cityProfile(day);
  const around = { bins: collected, zones, profileId: travelProfiles[0]?.id };
  const vehicles = withSomeCost(ready.map((truck) => problemVehicle(truck, depotOf(fleet, truck), around)));
  const firstBin = depots.length + disposalSites.length;
  const setOut = Math.min(...vehicles.map(({ shift }) => shift[0]));
  const shifts = [setOut, Math.max(...vehicles.map(({ shift }) => shift[1]))] as const;
  const places: readonly { readonly id: string; readonly position: Position }[] = [
    ...depots,
    ...disposalSites,
    ...collected,
  ];
  const openSites = disposalSites.flatMap((site, index) =>
    problemSites(site, depots.length + index, { trucks: ready, zones: cityZones, day }),
  );
  // Without any, the optimizer would have trucks keep their loads.
  if (openSites.length === 0 && disposalSites.length > 0) {
    throw new UnplannableCityError(
      `No disposal site is open on ${serviceDate}`,
      `Không nơi xử lý nào mở cửa ngày ${serviceDate}`,
    );
  }
  const travel = await travelTimes(places.map(({ position }) => position));
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
    stops: bins.map((entry, index) => {
      const { bin, expectedFraction } = entry;
      const litres = expectedFraction * bin.container.capacityLitres;
      const open = windowsAround(day, bin.windows);
      const emptyBy = bin.service?.emptyBy;
      const daily = emptyBy ? windowsUntil(open, emptyBy, city, serviceDate, day.clock, setOut) : open;
      const by = entry.emptyBefore === undefined ? undefined : day.clock(entry.emptyBefore) - bin.serviceSeconds;
      const windows = windowsBefore(daily, by, shifts);
      const skills = skillsFor(bin);
      const zone = zones.zoneOfBin.get(bin.id);
      return {
        id: bin.id,
        location: firstBin + index,
        load: { litres, kg: litres * city.densityKgPerLitre[bin.stream] },
        serviceSeconds: bin.serviceSeconds,
        stream: bin.stream,
        priority: priorityOf(entry),
        ...(windows && { windows }),
        ...(bin.lift !== undefined && { lift: bin.lift }),
        ...(skills.length > 0 && { skills: [...skills] }),
        ...(zone !== undefined && { zone }),
        ...(entry.urgency !== undefined && { prize: prizeOf(vehicles, city, entry) }),
      };
    }),
    disposalSites: openSites,
  };
};
