import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../shared/routing/problem.ts';
import type { Solution, Visit } from '../../../shared/routing/solution.ts';
import { problem, solution, visit, visits, withRoute } from './checker-street.ts';

/** The first bin was emptied late, by a truck that may not even lift it: what is done is done. */
const begun: CollectionProblem = {
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({
    ...vehicle,
    done: [{ kind: 'stop' as const, id: 'near', arrivesAt: 300, serviceStartsAt: 310, departsAt: 400 }],
    committed: ['far'],
  })),
  stops: problem.stops.map((stop) => (stop.id === 'near' ? { ...stop, windows: [[0, 10]], lift: 'crane' } : stop)),
  published: { routes: [{ vehicleId: 'truck', vehicleIndex: 0, stopIds: ['near', 'far'] }], costPerMovedStop: 9 },
};

/** It waits 20 s at the bin before it drives on. */
const rest: readonly Visit[] = [
  { kind: 'start', ...visit(0, [0, 0, 0], [0, 0], 0) },
  { kind: 'stop', stopId: 'near', trip: 1, done: true, ...visit(1, [300, 310, 400], [40, 20], 1_000) },
  { kind: 'stop', stopId: 'far', trip: 1, ...visit(2, [520, 520, 580], [100, 50], 1_000) },
  { kind: 'disposal', disposalId: 'landfill', trip: 1, ...visit(3, [680, 680, 780], [0, 0], 1_000) },
  { kind: 'end', ...visit(0, [1_080, 1_080, 1_080], [0, 0], 3_000) },
];

const answer = (day: readonly Visit[] = rest): Solution => ({
  ...withRoute({ visits: day, endsAt: 1_080 }),
  cost: { ...solution.cost, time: 108, total: 180 },
});

const changed = (at: number, change: object): Solution =>
  answer(rest.map((each, index) => (index === at ? ({ ...each, ...change } as Visit) : each)));

const withVehicle = (change: object): CollectionProblem => ({
  ...begun,
  vehicles: begun.vehicles.map((vehicle) => ({ ...vehicle, ...change })),
});

describe('the solution checker on a day that has begun', () => {
  it('takes what is done as it was, and lets the rest begin later', () => {
    expect(checkSolution(begun, answer())).toMatchObject({ faults: [], complete: true });
  });

  it.each([
    ['a done visit at another time', changed(1, { departsAt: 401 }), 'does not begin with what it has done: stop near'],
    ['a done visit that is not called so', changed(1, { done: undefined }), 'does not begin with what it has done'],
    ['a visit called done that is not', changed(2, { done: true }), 'says of a visit that it is done'],
    ['a day that begins later than it did', changed(0, { departsAt: 10 }), 'not at the start of its shift'],
    [
      'a next leg that begins before the last visit is over',
      changed(2, { arrivesAt: 490 }),
      'arrives at location 2 at 490',
    ],
    ['a done load that is forgotten', changed(1, { load: { litres: 0, kg: 0 } }), 'misstates its load at stop'],
    ['a vehicle under way without a route', { ...solution, routes: [] }, 'truck is under way, but has no route'],
    ['another day', solution, 'does not begin with what it has done'],
  ])('sees %s', (_, wrong, fault) => {
    expect(checkSolution(begun, wrong).faults.join('\n')).toContain(fault);
  });

  it.each([
    [
      'room, counting what is on board already',
      withVehicle({ capacity: { litres: 99, kg: 50 } }),
      'carries 100 litres',
    ],
    ['stops a shift, counting those done', withVehicle({ maxStops: 1 }), 'serves 2 stops'],
    [
      'time at the wheel, counting what was driven',
      withVehicle({ maxDrivingSeconds: 599 }),
      'is at the wheel for 600 s',
    ],
    ['duty since the start of the shift', withVehicle({ maxDutySeconds: 1_000 }), 'is on duty for 1080 s'],
    [
      'a break that is still owed',
      withVehicle({ breaks: [{ window: [500, 600], seconds: 1 }] }),
      'takes no break between',
    ],
  ])('keeps to %s', (_, stricter, fault) => {
    expect(checkSolution(stricter, answer()).faults.join('\n')).toContain(fault);
  });

  it('holds a vehicle to the order it is committed to', () => {
    const committed: CollectionProblem = {
      ...problem,
      vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, committed: ['far', 'near'] })),
    };
    expect(checkSolution(committed, solution).faults).toContain('truck#0: is committed to far as its stop 1 from now');
  });

  it('counts a done break, whenever it was', () => {
    const rested: CollectionProblem = {
      ...problem,
      vehicles: problem.vehicles.map((vehicle) => ({
        ...vehicle,
        breaks: [{ window: [500, 600], seconds: 60 }],
        done: [{ kind: 'break' as const, arrivesAt: 0, serviceStartsAt: 0, departsAt: 0 }],
      })),
    };
    const day = [visits[0], { kind: 'break', done: true, ...visit(0, [0, 0, 0], [0, 0], 0) }, ...visits.slice(1)];
    expect(checkSolution(rested, withRoute({ visits: day as Visit[] })).faults).toEqual([]);
  });

  it('has nobody pay for a stop that another vehicle has done already', () => {
    const elsewhere: CollectionProblem = {
      ...begun,
      vehicles: [...begun.vehicles, ...problem.vehicles.map((vehicle) => ({ ...vehicle, id: 'van' }))],
      published: { routes: [{ vehicleId: 'van', vehicleIndex: 0, stopIds: ['near', 'far'] }], costPerMovedStop: 9 },
    };
    expect(checkSolution(elsewhere, answer()).cost.deviation).toBe(9);
  });
});

/** It broke down at the first bin and was towed home; an hour later it goes on. */
describe('the solution checker on a truck that stood out of service', () => {
  const cost = { ...solution.cost, distance: 80, time: 476, total: 568 };
  const stand = { arrivesAt: 400, serviceStartsAt: 400, departsAt: 4_000 };
  const stood = (more: object = {}): CollectionProblem => ({
    ...begun,
    vehicles: begun.vehicles.map((vehicle) => ({
      ...vehicle,
      shift: [0, 9_000],
      done: [...(vehicle.done ?? []), { kind: 'stand' as const, location: 0, ...stand, ...more }],
    })),
  });
  const [start, near] = rest as readonly [Visit, Visit];
  const day = (load: readonly [number, number], more: object = {}, trip = 1): Solution => {
    const [litres, kg] = load;
    const visits: readonly Visit[] = [
      start,
      near,
      { kind: 'stand', done: true, ...visit(0, [400, 400, 4_000], [litres, kg], 1_000), ...more },
      { kind: 'stop', stopId: 'far', trip, ...visit(2, [4_200, 4_200, 4_260], [litres + 60, kg + 30], 2_000) },
      { kind: 'disposal', disposalId: 'landfill', trip, ...visit(3, [4_360, 4_360, 4_460], [0, 0], 1_000) },
      { kind: 'end', ...visit(0, [4_760, 4_760, 4_760], [0, 0], 3_000) },
    ];
    return { ...withRoute({ visits, endsAt: 4_760, distanceMetres: 8_000, drivingSeconds: 800 }), cost };
  };
  const faultsOf = (problem: CollectionProblem, answer: Solution): string =>
    checkSolution(problem, answer).faults.join('\n');

  it('goes on from where it stood, with what it had on board', () => {
    expect(faultsOf(stood(), day([40, 20]))).toBe('');
    expect(faultsOf(stood(), day([0, 0]))).toContain('misstates its load at stand');
  });

  it('is empty where its load was taken from it, on a trip of its own', () => {
    expect(faultsOf(stood({ emptied: true }), day([0, 0], { emptied: true }, 2))).toBe('');
    expect(faultsOf(stood({ emptied: true }), day([0, 0], { emptied: true }))).toContain('far is on trip 2, not 1');
    expect(faultsOf(stood({ emptied: true }), day([0, 0], {}, 2))).toContain('does not begin with what it has done');
  });

  it('stood where it stood, and plans to stand nowhere', () => {
    expect(faultsOf(stood({ location: 3 }), day([40, 20]))).toContain('does not begin with what it has done: stand');
    const planned = day([40, 20], { done: undefined });
    expect(faultsOf(begun, planned)).toContain('plans to stand out of service');
  });
});
