import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../shared/routing/checker.ts';
import { type CollectionProblem, collectionProblemSchema } from '../../../shared/routing/problem.ts';
import type { Solution, Visit } from '../../../shared/routing/solution.ts';

/** A street: depot at 0, bins at 1 km and 2 km, the landfill at 3 km; 100 s a kilometre. */
const metres = [0, 1, 2, 3].map((from) => [0, 1, 2, 3].map((to) => 1_000 * Math.abs(from - to)));

const problem: CollectionProblem = collectionProblemSchema.parse({
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

const visit = (location: number, times: [number, number, number], load: [number, number], legMetres: number) => ({
  location,
  arrivesAt: times[0],
  serviceStartsAt: times[1],
  departsAt: times[2],
  load: { litres: load[0], kg: load[1] },
  legMetres,
});

/** 6 km, 820 s: 7 fixed + 60 distance + 82 time + 5 disposal. */
const visits: readonly Visit[] = [
  { kind: 'start', ...visit(0, [0, 0, 0], [0, 0], 0) },
  { kind: 'stop', stopId: 'near', trip: 1, ...visit(1, [100, 100, 160], [40, 20], 1_000) },
  { kind: 'stop', stopId: 'far', trip: 1, ...visit(2, [260, 260, 320], [100, 50], 1_000) },
  { kind: 'disposal', disposalId: 'landfill', trip: 1, ...visit(3, [420, 420, 520], [0, 0], 1_000) },
  { kind: 'end', ...visit(0, [820, 820, 820], [0, 0], 3_000) },
];

const solution: Solution = {
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
  cost: { fixed: 7, distance: 60, time: 82, disposal: 5, prizesForgone: 0, total: 154 },
  iterations: 0,
  seconds: 0,
};

const withVehicle = (change: object): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, ...change })),
});
const withStop = (id: string, change: object): CollectionProblem => ({
  ...problem,
  stops: problem.stops.map((stop) => (stop.id === id ? { ...stop, ...change } : stop)),
});
const withSite = (change: object): CollectionProblem => ({
  ...problem,
  disposalSites: problem.disposalSites.map((site) => ({ ...site, ...change })),
});
const withVisit = (at: number, change: object): Solution => ({
  ...solution,
  routes: solution.routes.map((route) => ({
    ...route,
    visits: visits.map((each, index) => (index === at ? { ...each, ...change } : each)) as Visit[],
  })),
});
const withoutVisit = (at: number): Solution => ({
  ...solution,
  routes: solution.routes.map((route) => ({ ...route, visits: visits.filter((_, index) => index !== at) })),
});

describe('the solution checker', () => {
  it('finds nothing wrong with a day computed by hand, and the same cost', () => {
    const verdict = checkSolution(problem, solution);
    expect(verdict).toEqual({ feasible: true, complete: true, faults: [], cost: solution.cost });
  });

  it.each([
    ['a smaller truck', withVehicle({ capacity: { litres: 99, kg: 50 } }), 'carries 100 litres'],
    ['a weaker truck', withVehicle({ capacity: { litres: 100, kg: 49 } }), 'carries 50 kg'],
    ['a shorter shift', withVehicle({ shift: [0, 800] }), 'returns after its shift'],
    ['a later shift', withVehicle({ shift: [10, 2_000] }), 'leaves before its shift'],
    ['a shorter duty', withVehicle({ maxDutySeconds: 800 }), 'is on duty for 820 s'],
    ['fewer stops a day', withVehicle({ maxStops: 1 }), 'serves 2 stops'],
    ['fewer litres a day', withVehicle({ maxLitresPerShift: 90 }), 'handles 100 litres'],
    ['another stream', withVehicle({ streams: ['food'] }), 'may not carry other'],
    ['another depot', withVehicle({ startLocation: 1 }), 'does not start at its depot'],
    ['a lunch', withVehicle({ breaks: [{ window: [300, 500], seconds: 60 }] }), 'takes no break between 300 and 500'],
    ['a window that has closed', withStop('far', { windows: [[0, 200]] }), 'stop far served outside its windows'],
    ['longer service', withStop('far', { serviceSeconds: 61 }), 'stop far left too early'],
    ['two streams in one trip', withStop('far', { stream: 'food' }), 'mixes food with other'],
    ['a later release', withStop('far', { releaseTime: 10 }), 'takes far before its release'],
    ['a site that is closed', withSite({ windows: [[500, 900]] }), 'landfill visited outside its opening'],
    ['longer unloading', withSite({ unloadSeconds: 101 }), 'landfill left too early'],
    ['a site for food', withSite({ streams: ['food'] }), 'landfill does not take other'],
    ['a longer road', { ...problem, distanceMetres: metres.map((row) => row.map((m) => m * 2)) }, 'leg of 1000 m'],
    [
      'no road',
      { ...problem, durationSeconds: metres.map((row) => row.map(() => null)) },
      'no way from location 0 to 1',
    ],
  ])('sees that the day breaks the rules of %s', (_, stricter, fault) => {
    const { feasible, faults } = checkSolution(stricter, solution);
    expect(feasible).toBe(false);
    expect(faults.join('\n')).toContain(fault);
  });

  it.each([
    ['a stop that nobody mentions', withoutVisit(2), 'stop far is forgotten'],
    [
      'a stop both served and not',
      { ...solution, unserved: [{ stopId: 'far', reason: '', reasonVi: '' }] },
      'served and unserved',
    ],
    ['waste that is still on board', withoutVisit(3), 'does not end empty'],
    [
      'a vehicle that drives twice',
      { ...solution, routes: [...solution.routes, ...solution.routes] },
      'drives two routes',
    ],
    ['an early arrival', withVisit(2, { arrivesAt: 250 }), 'arrives at location 2 at 250, not 260'],
    ['a wrong load', withVisit(1, { load: { litres: 1, kg: 1 } }), 'misstates its load'],
    ['service before arrival', withVisit(1, { serviceStartsAt: 90 }), 'starts stop before arriving'],
    ['a wrong cost', { ...solution, cost: { ...solution.cost, total: 150 } }, 'says it costs 150, costs 154'],
  ])('sees %s', (_, wrong, fault) => {
    expect(checkSolution(problem, wrong).faults.join('\n')).toContain(fault);
  });

  it('calls a solution incomplete, not wrong, when a stop that must be served is listed as unserved', () => {
    const none: Solution = {
      ...solution,
      routes: [],
      unserved: [
        { stopId: 'near', reason: 'no truck', reasonVi: '' },
        { stopId: 'far', reason: 'no truck', reasonVi: '' },
      ],
      cost: { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, total: 0 },
    };
    expect(checkSolution(problem, none)).toMatchObject({ feasible: true, complete: false });
  });
});
