import { instantOf } from '../city/calendar.ts';
import type { Bin, City, Depot, DisposalSite, Vehicle } from '../city/entities.ts';
import type { Words } from '../waste/words.ts';
import type { Fleet } from './build-problem.ts';
import { siteIdOf } from './fleet/problem-sites.ts';
import { trucksOfDay } from './fleet/ready-trucks.ts';
import { serviceDay } from './fleet/service-day.ts';
import type { Plan, PlanRoute, PlanStop, PlanTotals } from './plan.ts';
import type { CollectionProblem } from './problem.ts';
import type { Route, Solution, Visit } from './solution.ts';

/** A bin of the problem, and why it was picked. */
export type PickedBin = {
  readonly bin: Bin;
  readonly expectedFraction: number;
  readonly words: Words;
  /** Somebody saw it overflow. */
  readonly overflows?: boolean;
};

export type PlanInput = {
  readonly head: Pick<Plan, 'planId' | 'serviceDate' | 'trigger' | 'requestedAt' | 'requestedBy' | 'forecasts'>;
  readonly finishedAt: number;
  readonly city: City;
  readonly fleet: Fleet;
  readonly picked: readonly PickedBin[];
  readonly unserved: Plan['unserved'];
  readonly noData: Plan['noData'];
  readonly travelSource: string;
  readonly seed: number;
  /** Of the problem: where vehicles stood that were out of service. */
  readonly locations?: CollectionProblem['locations'];
};

/** No truck needed to go out, or none could. */
export const emptySolution: Solution = {
  routes: [],
  unserved: [],
  cost: { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0, total: 0 },
  iterations: 0,
  seconds: 0,
};

type Places = {
  readonly midnight: number;
  readonly vehicles: ReadonlyMap<string, Vehicle>;
  readonly depots: ReadonlyMap<string, Depot>;
  readonly disposals: ReadonlyMap<string, DisposalSite>;
  readonly picked: ReadonlyMap<string, PickedBin>;
  readonly locations: CollectionProblem['locations'];
};

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);

type PlaceOfVisit = Pick<
  PlanStop,
  'id' | 'name' | 'position' | 'expectedFillFraction' | 'reason' | 'reasonVi' | 'stream'
>;

const binOfVisit = (places: Places, stopId: string): PlaceOfVisit => {
  const picked = places.picked.get(stopId);
  if (picked === undefined) return { id: stopId, name: stopId };
  const { bin, expectedFraction, words } = picked;
  const { id, name, position, stream } = bin;
  return { id, name, position, stream, expectedFillFraction: expectedFraction, ...words };
};

/** Where a vehicle stood: a depot, a site or a bin of the plan. */
const standOf = (places: Places, location: number): PlaceOfVisit => {
  const { id = '', latitude, longitude } = places.locations[location] ?? {};
  const place = places.depots.get(id) ?? places.disposals.get(id) ?? places.picked.get(id)?.bin;
  const isPlaced = latitude !== undefined && longitude !== undefined;
  return { name: place?.name ?? id, ...(isPlaced && { position: { latitude, longitude } }) };
};

const placeOfVisit = (places: Places, vehicle: Vehicle, visit: Visit): PlaceOfVisit => {
  if (visit.kind === 'stop') return binOfVisit(places, visit.stopId);
  if (visit.kind === 'break') return { name: 'Break' };
  if (visit.kind === 'stand') return standOf(places, visit.location);
  const id = visit.kind === 'disposal' ? siteIdOf(visit.disposalId) : vehicle.depotId;
  const place = visit.kind === 'disposal' ? places.disposals.get(id) : places.depots.get(id);
  return { id, name: place?.name ?? id, ...(place && { position: place.position }) };
};

const planKinds = {
  start: 'depot',
  end: 'depot',
  stop: 'bin',
  disposal: 'disposal',
  break: 'break',
  stand: 'stand',
} as const;

const stopOf = (places: Places, vehicle: Vehicle, visit: Visit): PlanStop => ({
  kind: planKinds[visit.kind],
  ...placeOfVisit(places, vehicle, visit),
  arrivesAt: places.midnight + Math.round(visit.arrivesAt * 1_000),
  departsAt: places.midnight + Math.round(visit.departsAt * 1_000),
  waitingSeconds: visit.serviceStartsAt - visit.arrivesAt,
  legMetres: visit.legMetres,
  loadLitres: visit.load.litres,
  loadKg: visit.load.kg,
  ...('trip' in visit && { trip: visit.trip }),
});

const collected = (places: Places, route: Route): number =>
  sum(route.visits, (visit) => {
    const picked = visit.kind === 'stop' ? places.picked.get(visit.stopId) : undefined;
    return picked === undefined ? 0 : picked.expectedFraction * picked.bin.container.capacityLitres;
  });

const collectedKg = (city: City, places: Places, route: Route): number =>
  sum(route.visits, (visit) => {
    const picked = visit.kind === 'stop' ? places.picked.get(visit.stopId) : undefined;
    if (picked === undefined) return 0;
    const { container, stream } = picked.bin;
    return picked.expectedFraction * container.capacityLitres * city.densityKgPerLitre[stream];
  });

const routeOf = (places: Places, route: Route): PlanRoute[] => {
  const vehicle = places.vehicles.get(route.vehicleId);
  if (vehicle === undefined) return [];
  const stops = route.visits.map((visit) => stopOf(places, vehicle, visit));
  const bins = stops.filter(({ kind }) => kind === 'bin');
  return [
    {
      vehicleId: vehicle.id,
      vehicleName: vehicle.name,
      startsAt: places.midnight + Math.round(route.startsAt * 1_000),
      endsAt: places.midnight + Math.round(route.endsAt * 1_000),
      distanceMetres: route.distanceMetres,
      drivingSeconds: route.drivingSeconds,
      trips: new Set(bins.map(({ trip }) => trip)).size,
      bins: bins.length,
      collectedLitres: collected(places, route),
      stops,
    },
  ];
};

const costVnd = (places: Places, route: Route): number => {
  const vehicle = places.vehicles.get(route.vehicleId);
  if (vehicle === undefined) return 0;
  const hours = (route.endsAt - route.startsAt) / 3_600;
  return vehicle.fixedCostVnd + (vehicle.costPerKmVnd * route.distanceMetres) / 1_000 + vehicle.costPerHourVnd * hours;
};

const totalsOf = (city: City, places: Places, solution: Solution, routes: readonly PlanRoute[]): PlanTotals => ({
  vehicles: routes.length,
  trips: sum(routes, ({ trips }) => trips),
  bins: sum(routes, ({ bins }) => bins),
  distanceMetres: sum(routes, ({ distanceMetres }) => distanceMetres),
  workingSeconds: sum(solution.routes, ({ startsAt, endsAt }) => endsAt - startsAt),
  collectedLitres: sum(routes, ({ collectedLitres }) => collectedLitres),
  collectedKg: sum(solution.routes, (route) => collectedKg(city, places, route)),
  costVnd: Math.round(sum(solution.routes, (route) => costVnd(places, route)) + solution.cost.disposal),
});

/** A solution in dispatchers' terms: names, places and instants, routes by when they leave. */
export const buildPlan = (input: PlanInput, solution: Solution): Plan => {
  const { city, fleet, head } = input;
  const places: Places = {
    midnight: instantOf(head.serviceDate, '00:00', city.timeZone),
    vehicles: byId(fleet.vehicles),
    depots: byId(fleet.depots),
    disposals: byId(fleet.disposalSites),
    picked: new Map(input.picked.map((picked) => [picked.bin.id, picked])),
    locations: input.locations ?? [],
  };
  const routes = solution.routes
    .flatMap((route) => routeOf(places, route))
    .sort((a, b) => a.startsAt - b.startsAt || (a.vehicleId < b.vehicleId ? -1 : 1));
  // Whose shift is over is none of them: a plan of the past is still a plan.
  const { idle } = trucksOfDay(fleet, serviceDay(city, head.serviceDate, fleet.specialDays), 0);
  return {
    ...head,
    status: 'planned',
    finishedAt: input.finishedAt,
    totals: totalsOf(city, places, solution, routes),
    routes,
    unserved: input.unserved,
    noData: input.noData,
    ...(idle.length > 0 && { idleTrucks: [...idle] }),
    travelSource: input.travelSource,
    solver: { iterations: solution.iterations, seconds: solution.seconds, seed: input.seed },
  };
};
