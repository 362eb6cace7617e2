import { type CollectionProblem, collectionProblemSchema } from '../../../shared/routing/problem.ts';
import type { Route, Solution, Visit } from '../../../shared/routing/solution.ts';

/** A street: depot at 0, bins at 1 km and 2 km, the landfill at 3 km; 100 s a kilometre. */
export const metres = [0, 1, 2, 3].map((from) => [0, 1, 2, 3].map((to) => 1_000 * Math.abs(from - to)));

export const problem: CollectionProblem = collectionProblemSchema.parse({
  name: 'street',
  travelSource: 'by hand',
  locations: ['depot', 'near', 'far', 'landfill'].map((id) => ({ id })),
  distanceMetres: metres,
  durationSeconds: metres.map((row) => row.map((value) => value / 10)),
  vehicles: [
    {
      id: 'truck',
      type: 'truck',
      startLocation: 0,
      endLocation: 0,
      capacity: { litres: 100, kg: 50 },
      shift: [0, 2_000],
      fixedCost: 7,
      costPerMetre: 0.01,
      costPerSecond: 0.1,
    },
  ],
  stops: [
    { id: 'near', location: 1, load: { litres: 40, kg: 20 }, serviceSeconds: 60 },
    { id: 'far', location: 2, load: { litres: 60, kg: 30 }, serviceSeconds: 60 },
  ],
  disposalSites: [{ id: 'landfill', location: 3, unloadSeconds: 100, costPerVisit: 5 }],
});

export const visit = (
  location: number,
  times: [number, number, number],
  load: [number, number],
  legMetres: number,
) => ({
  location,
  arrivesAt: times[0],
  serviceStartsAt: times[1],
  departsAt: times[2],
  load: { litres: load[0], kg: load[1] },
  legMetres,
});

/** 6 km, 820 s: 7 fixed + 60 distance + 82 time + 5 disposal. */
export const visits: readonly Visit[] = [
  { kind: 'start', ...visit(0, [0, 0, 0], [0, 0], 0) },
  { kind: 'stop', stopId: 'near', trip: 1, ...visit(1, [100, 100, 160], [40, 20], 1_000) },
  { kind: 'stop', stopId: 'far', trip: 1, ...visit(2, [260, 260, 320], [100, 50], 1_000) },
  { kind: 'disposal', disposalId: 'landfill', trip: 1, ...visit(3, [420, 420, 520], [0, 0], 1_000) },
  { kind: 'end', ...visit(0, [820, 820, 820], [0, 0], 3_000) },
];

export const solution: Solution = {
  routes: [
    {
      vehicleId: 'truck',
      vehicleIndex: 0,
      visits,
      startsAt: 0,
      endsAt: 820,
      distanceMetres: 6_000,
      drivingSeconds: 600,
      waitingSeconds: 0,
    },
  ],
  unserved: [],
  cost: { fixed: 7, distance: 60, time: 82, disposal: 5, prizesForgone: 0, balance: 0, deviation: 0, total: 154 },
  iterations: 0,
  seconds: 0,
};

export const withVehicle = (change: object): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, ...change })),
});
export const withStop = (id: string, change: object): CollectionProblem => ({
  ...problem,
  stops: problem.stops.map((stop) => (stop.id === id ? { ...stop, ...change } : stop)),
});
export const withSite = (change: object): CollectionProblem => ({
  ...problem,
  disposalSites: problem.disposalSites.map((site) => ({ ...site, ...change })),
});
export const withVisit = (at: number, change: object): Solution => ({
  ...solution,
  routes: solution.routes.map((route) => ({
    ...route,
    visits: visits.map((each, index) => (index === at ? { ...each, ...change } : each)) as Visit[],
  })),
});
/** The same day with other visits, or other figures of the route. */
export const withRoute = (change: Partial<Route>): Solution => ({
  ...solution,
  routes: solution.routes.map((route) => ({ ...route, ...change })),
});
export const withoutVisit = (at: number): Solution => ({
  ...solution,
  routes: solution.routes.map((route) => ({ ...route, visits: visits.filter((_, index) => index !== at) })),
});
