import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../shared/routing/checker.ts';
import type { Solution } from '../../../shared/routing/solution.ts';
import {
  metres,
  problem,
  solution,
  visits,
  withoutVisit,
  withRoute,
  withSite,
  withStop,
  withVehicle,
  withVisit,
} from './checker-street.ts';

const withUnits = (capacity: number, each: number) => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, capacity: { ...vehicle.capacity, units: capacity - 1 } })),
  stops: problem.stops.map((stop) => ({ ...stop, load: { ...stop.load, units: each } })),
});
const oldTown = (windows: [number, number][]) => ({ zones: [{ id: 'old', windows }, { id: 'new' }] });
const heldUntil = (from: number) => ({
  id: 'old',
  windowsFor: [{ vehicleIds: problem.vehicles.map(({ id }) => id), windows: [[from, 900] as [number, number]] }],
});
const enters = (zones: string[]) => problem.vehicles.map((vehicle) => ({ ...vehicle, zones }));
const publishedFor = (vehicleId: string, stopId: string) => ({
  ...problem,
  published: { routes: [{ vehicleId, vehicleIndex: 0, stopIds: [stopId] }], costPerMovedStop: 9 },
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
    ['less room for units', withUnits(2, 1), 'carries 2 units'],
    ['less time at the wheel', withVehicle({ maxDrivingSeconds: 599 }), 'is at the wheel for 600 s'],
    ['a lift', withStop('far', { lift: 'crane' }), 'stop far needs the lift crane'],
    ['a skill', withStop('far', { skills: ['hazard'] }), 'stop far needs the skill hazard'],
    ['a zone', { ...withStop('far', { zone: 'old' }), ...oldTown([]), vehicles: enters(['new']) }, 'closed to it'],
    [
      'a zone at night',
      { ...withStop('far', { zone: 'old' }), ...oldTown([[400, 900]]) },
      "outside its zone's windows",
    ],
    [
      'a zone closed to this truck by day',
      { ...withStop('far', { zone: 'old' }), zones: [heldUntil(400)] },
      "outside its zone's windows",
    ],
    ['another vehicle', withStop('far', { vehicleId: 'van' }), 'stop far is for vehicle van'],
    ['a slower truck', withVehicle({ speedFactor: 0.5 }), 'arrives at location 1 at 100, not 200'],
    ['what was published', publishedFor('van', 'far'), 'says 0 for deviation, which costs 9'],
    ['equal days', { ...problem, balance: { costPerHourSquared: 3_600 } }, 'says 0 for balance, which costs 186'],
    ['a price by weight', withSite({ costPerKg: 1 }), 'says 5 for disposal, which costs 55'],
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
      { ...solution, unserved: [{ stopId: 'far', reason: 'no truck', reasonVi: 'hết xe' }] },
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
    ['a time that is none', withVisit(1, { serviceStartsAt: Number.NaN }), 'starts stop before arriving'],
    ['a wrong wait', withRoute({ waitingSeconds: 5 }), 'says it waits 5 s, waits 0 s'],
    ['a wrong trip', withVisit(3, { trip: 2 }), 'landfill is on trip 1, not 2'],
    ['a part of the cost that is wrong', { ...solution, cost: { ...solution.cost, time: 81 } }, 'says 81 for time'],
    ['a stop that is not there', withVisit(1, { stopId: 'moon' }), 'visits the unknown stop moon'],
    [
      'a stop left out without a reason',
      { ...withoutVisit(2), unserved: [{ stopId: 'far', reason: '', reasonVi: '' }] },
      'says not why stop far is left out',
    ],
    [
      'an unknown stop left out',
      { ...solution, unserved: [{ stopId: 'moon', reason: 'far', reasonVi: 'xa' }] },
      'leaves the unknown stop moon out',
    ],
    ['a vehicle that is not there', withRoute({ vehicleIndex: 1 }), 'truck#1 does not exist'],
    ['a wrong cost', { ...solution, cost: { ...solution.cost, total: 150 } }, 'says it costs 150, costs 154'],
  ])('sees %s', (_, wrong, fault) => {
    expect(checkSolution(problem, wrong).faults.join('\n')).toContain(fault);
  });

  it('lets through what the problem allows', () => {
    const allowed = [
      withVehicle({ capacity: { litres: 50, kg: 50 }, compactionRatio: 2 }),
      { ...withStop('far', { stream: 'food' }), mixableStreams: [['food', 'other'] as [string, string]] },
      { ...withStop('far', { stream: 'food' }), mixableStreams: [['other', 'food'] as [string, string]] },
      {
        ...withStop('far', { zone: 'old', windows: [[200, 300]] }),
        ...oldTown([[250, 400]]),
        vehicles: enters(['old']),
      },
      {
        ...withStop('far', { lift: 'crane', skills: ['hazard'] }),
        vehicles: withVehicle({ lifts: ['crane'], skills: ['hazard'] }).vehicles,
      },
      publishedFor('truck', 'far'),
      withUnits(3, 1),
    ];
    const stated = withRoute({
      visits: visits.map((each, index) => ({ ...each, load: { ...each.load, units: [0, 1, 2, 0, 0][index] ?? 0 } })),
    });
    for (const rules of allowed) {
      expect(checkSolution(rules, rules === allowed.at(-1) ? stated : solution).faults).toEqual([]);
    }
  });

  it('calls a solution incomplete, not wrong, when a stop that must be served is listed as unserved', () => {
    const none: Solution = {
      ...solution,
      routes: [],
      unserved: [
        { stopId: 'near', reason: 'no truck', reasonVi: 'hết xe' },
        { stopId: 'far', reason: 'no truck', reasonVi: 'hết xe' },
      ],
      cost: { fixed: 0, distance: 0, time: 0, disposal: 0, prizesForgone: 0, balance: 0, deviation: 0, total: 0 },
    };
    expect(checkSolution(problem, none)).toMatchObject({ feasible: true, complete: false });
  });
});
