import { instantOf } from '../city/calendar.ts';
import type { Bin, City, Depot, DisposalSite, Position, TimeWindow, Vehicle } from '../city/entities.ts';
import { windowsUntil } from './empty-by.ts';
import { prizeOf } from './prize.ts';
import type { CollectionProblem, ProblemVehicle } from './problem.ts';
import { daysAfter, windowInstants } from './service-date.ts';
import type { TravelTimes } from './travel/travel-times.ts';

/**
 * A bin to collect, with what is expected in it; `urgency` 0 … 1 marks one that may wait. `detourMetres`: the expected way to it
 * from the next bin that is visited, were it visited another night.
 */
export type BinToCollect = {
  readonly bin: Bin;
  readonly expectedFraction: number;
  readonly urgency?: number;
  readonly detourMetres?: number | undefined;
};

export type Fleet = {
  readonly vehicles: readonly Vehicle[];
  readonly depots: readonly Depot[];
  readonly disposalSites: readonly DisposalSite[];
};

/** The registry says something no plan can be made from; a dispatcher must mend it. */
export class UnplannableCityError extends Error {
  override readonly name = 'UnplannableCityError';
}

type Span = [number, number];
type Clock = (epochMs: number) => number;

/** Seconds since the service day's midnight. */
const clockOf = (city: City, serviceDate: string): Clock => {
  const midnight = instantOf(serviceDate, '00:00', city.timeZone);
  return (epochMs) => Math.round((epochMs - midnight) / 1_000);
};

/** Daily windows as they fall on the day before, the service day and the day after: night shifts see two days' windows. */
const windowsAround = (
  city: City,
  serviceDate: string,
  clock: Clock,
  windows: readonly TimeWindow[] | undefined,
): Span[] | undefined =>
  windows &&
  [-1, 0, 1].flatMap((days) =>
    windows.map((window): Span => {
      const [from, to] = windowInstants(daysAfter(serviceDate, days), window, city.timeZone);
      return [clock(from), clock(to)];
    }),
  );

const locationOf = (places: readonly { readonly id: string }[], first: number, id: string, wanted: string): number => {
  const index = places.findIndex((place) => place.id === id);
  if (index < 0) throw new UnplannableCityError(`${wanted} stands at depot ${id}, which is not registered`);
  return first + index;
};

const problemVehicles = (
  city: City,
  serviceDate: string,
  clock: Clock,
  { vehicles, depots }: Fleet,
  notBefore: number,
): ProblemVehicle[] =>
  vehicles
    .filter(({ status }) => status === 'available')
    .flatMap((vehicle) => {
      const [from, to] = windowInstants(serviceDate, vehicle.shift, city.timeZone);
      const shift: Span = [clock(Math.max(from, notBefore)), clock(to)];
      if (shift[0] >= shift[1]) return [];
      const depot = locationOf(depots, 0, vehicle.depotId, `Truck ${vehicle.name}`);
      return {
        id: vehicle.id,
        type: vehicle.type,
        count: 1,
        startLocation: depot,
        endLocation: depot,
        capacity: { litres: vehicle.capacityLitres, kg: vehicle.capacityKg },
        shift,
        fixedCost: vehicle.fixedCostVnd,
        costPerMetre: vehicle.costPerKmVnd / 1_000,
        costPerSecond: vehicle.costPerHourVnd / 3_600,
        breaks: [],
        streams: [...vehicle.streams],
      };
    });

/** A city that states no costs wants the shortest way all the same. */
const withSomeCost = (vehicles: ProblemVehicle[]): ProblemVehicle[] =>
  vehicles.some(({ costPerMetre, costPerSecond }) => costPerMetre > 0 || costPerSecond > 0)
    ? vehicles
    : vehicles.map((vehicle) => ({ ...vehicle, costPerMetre: 1 }));

/** When the trucks cannot do it all, the fullest bins first: one that will overflow weighs as much as several that could hold out. */
const priorityOf = ({ expectedFraction }: BinToCollect): number => 1 + 9 * expectedFraction ** 2;

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
 * ids are bin ids. Answers `undefined` when no truck is available in what is left of the day's shifts.
 * @throws UnplannableCityError when a truck stands at a depot that is not registered.
 */
export const buildProblem = async (input: ProblemInput): Promise<CollectionProblem | undefined> => {
  const { city, serviceDate, notBefore, bins, fleet, travelTimes } = input;
  const { depots, disposalSites } = fleet;
  const clock = clockOf(city, serviceDate);
  const vehicles = withSomeCost(problemVehicles(city, serviceDate, clock, fleet, notBefore));
  if (vehicles.length === 0) return undefined;
  const firstBin = depots.length + disposalSites.length;
  const setOut = Math.min(...vehicles.map(({ shift }) => shift[0]));
  const places: readonly { readonly id: string; readonly position: Position }[] = [
    ...depots,
    ...disposalSites,
    ...bins.map(({ bin }) => bin),
  ];
  const travel = await travelTimes(places.map(({ position }) => position));
  return {
    name: `${city.id} ${serviceDate}`,
    locations: places.map(({ id, position }) => ({ id, ...position })),
    distanceMetres: travel.distanceMetres,
    durationSeconds: travel.durationSeconds,
    travelSource: travel.source,
    vehicles,
    stops: bins.map((entry, index) => {
      const { bin, expectedFraction } = entry;
      const litres = expectedFraction * bin.container.capacityLitres;
      const around = windowsAround(city, serviceDate, clock, bin.windows);
      const emptyBy = bin.service?.emptyBy;
      const windows = emptyBy ? windowsUntil(around, emptyBy, city, serviceDate, clock, setOut) : around;
      return {
        id: bin.id,
        location: firstBin + index,
        load: { litres, kg: litres * city.densityKgPerLitre[bin.stream] },
        serviceSeconds: bin.serviceSeconds,
        stream: bin.stream,
        priority: priorityOf(entry),
        ...(windows && { windows }),
        ...(entry.urgency !== undefined && { prize: prizeOf(vehicles, city, entry) }),
      };
    }),
    disposalSites: disposalSites.map((site, index) => {
      const windows = windowsAround(city, serviceDate, clock, site.opening);
      return {
        id: site.id,
        location: depots.length + index,
        unloadSeconds: site.unloadSeconds,
        costPerVisit: 0,
        streams: [...site.streams],
        ...(windows && { windows }),
      };
    }),
  };
};
