import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CollectionProblem, collectionProblemSchema } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import { type Model, UNREACHABLE } from '../../../../../shared/routing/solver/model/model.ts';
import { problem as street, withStop, withVehicle } from '../../checker-street.ts';
import { generatedProblem } from '../../generated-problem.ts';

const typeOf = (model: Model, index = 0) => {
  const type = model.types[index];
  if (type === undefined) throw new Error(`no type ${index}`);
  return type;
};

const way = (matrix: ArrayLike<number>, { placeCount }: Model, from: number, to: number): number =>
  matrix[from * placeCount + to] as number;

/** What a street with other members is once defaults are filled in. */
const streetWith = (members: object): CollectionProblem => collectionProblemSchema.parse({ ...street, ...members });

describe('who may serve whom', () => {
  it('is a matter of stream, load, lift, skills, zone and lock', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 6, roads: 'metric' }), (problem) => {
        for (const { vehicle, serves } of compileModel(problem).types)
          problem.stops.forEach((stop, number) => {
            const { litres, kg, units = Number.POSITIVE_INFINITY } = vehicle.capacity;
            const claims = [
              vehicle.streams?.includes(stop.stream) ?? true,
              stop.lift === undefined || vehicle.lifts?.includes(stop.lift) === true,
              (stop.skills ?? []).every((skill) => vehicle.skills?.includes(skill) === true),
              stop.zone === undefined || (vehicle.zones?.includes(stop.zone) ?? true),
              stop.vehicleId === undefined || stop.vehicleId === vehicle.id,
              stop.load.litres <= litres * (vehicle.compactionRatio ?? 1),
              stop.load.kg <= kg,
              (stop.load.units ?? 0) <= units,
            ];
            expect(serves[number]).toBe(claims.every(Boolean) ? 1 : 0);
          });
      }),
    ));

  it('knows the streams that must not meet, and the sites that take them', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 6, roads: 'metric' }), (problem) => {
        const model = compileModel(problem);
        const mayMeet = (a: string, b: string): boolean =>
          a === b || problem.mixableStreams?.some((pair) => pair.includes(a) && pair.includes(b)) === true;
        problem.stops.forEach((stop, number) => {
          const bit = model.stream[number] as number;
          problem.stops.forEach((other, otherNumber) => {
            expect(((model.conflicts[otherNumber] as number) & bit) === 0).toBe(mayMeet(stop.stream, other.stream));
          });
          problem.disposalSites.forEach(({ streams }, site) => {
            expect(((model.sites[site]?.accepts ?? 0) & bit) !== 0).toBe(streams?.includes(stop.stream) ?? true);
          });
        });
      }),
    ));
});

describe('vehicle types', () => {
  it('are one for all alike, and one for each vehicle that the published plan names', () => {
    const { types, publishedType } = compileModel({
      ...withVehicle({ count: 4 }),
      published: {
        routes: [
          { vehicleId: 'truck', vehicleIndex: 2, stopIds: ['far'] },
          { vehicleId: 'truck', vehicleIndex: 1, stopIds: [] },
        ],
        costPerMovedStop: 1,
      },
    });
    expect(types.map(({ indices }) => indices)).toEqual([[1], [2], [0, 3]]);
    expect([...publishedType]).toEqual([-1, 1]);
  });

  it('have every vehicle once', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 4, roads: 'metric', using: ['published'] }), (problem) => {
        const { types } = compileModel(problem);
        const named = types.flatMap(({ vehicle, indices }) => indices.map((index) => `${vehicle.id} ${index}`));
        const all = problem.vehicles.flatMap(({ id, count }) =>
          Array.from({ length: count }, (_, index) => `${id} ${index}`),
        );
        expect([...named].sort()).toEqual([...all].sort());
      }),
    ));

  it('take the breaks in the order in which they open, but not those that were over before the shift', () => {
    const breaks = [
      { window: [900, 950], seconds: 60 },
      { window: [300, 400], seconds: 30 },
      { window: [0, 99], seconds: 10 },
    ];
    const model = compileModel(withVehicle({ shift: [100, 2_000], breaks }));
    expect(typeOf(model).breaks.map(({ from, seconds }) => [from, seconds])).toEqual([
      [300, 30],
      [900, 60],
    ]);
    expect(model.mostBreaks).toBe(2);
  });
});

describe('a day that has begun', () => {
  const at = (arrivesAt: number, departsAt: number) => ({ arrivesAt, serviceStartsAt: arrivesAt, departsAt });
  const done = [
    { kind: 'stop', id: 'far', ...at(220, 300) },
    { kind: 'break', ...at(300, 360) },
  ];
  const begun = withVehicle({ speedFactor: 2, breaks: [{ window: [300, 400], seconds: 30 }], done });

  it('goes on where and when its last visit ended, with what is on board', () => {
    const model = compileModel(begun);
    const type = typeOf(model);
    expect(type).toMatchObject({ startPlace: 1, leavesFrom: 360, breaks: [], isPinned: true });
    expect(type.dayBefore).toMatchObject({ hasBegun: true, isUnderWay: true, litres: 60, kg: 30, stops: 1 });
    expect(type.dayBefore.streams).toBe(model.stream[1]);
    expect(type.dayBefore.driving).toBe(100);
    expect([...model.isDone]).toEqual([0, 1]);
  });

  it('has paid for its metres and disposal, and can be held back again once it is empty', () => {
    const site = { ...street.disposalSites[0], costPerVisit: 5, costPerKg: 2 };
    const emptied = [...done, { kind: 'disposal', id: 'landfill', ...at(500, 600) }];
    const model = compileModel({
      ...begun,
      vehicles: begun.vehicles.map((vehicle) => ({ ...vehicle, done: emptied }) as typeof vehicle),
      disposalSites: [site as CollectionProblem['disposalSites'][number]],
    });
    const type = typeOf(model);
    expect(type.dayBefore).toMatchObject({ isUnderWay: false, litres: 0, kg: 0, streams: 0, litresHandled: 60 });
    expect(type.dayBefore.cost).toBeCloseTo(3_000 * 0.01 + 5 + 2 * 30, 9);
    expect(type.fixedCost).toBeCloseTo(7 + type.dayBefore.cost, 9);
    expect(model.location[type.startPlace]).toBe(3);
  });

  it('fixes what is committed', () => {
    const model = compileModel(withVehicle({ committed: ['far'] }));
    expect([...typeOf(model).committed]).toEqual([1]);
    expect([...model.isFixed]).toEqual([0, 1]);
    expect(typeOf(model).isPinned).toBe(true);
  });
});

describe('places', () => {
  it('are stops, depots, sites and nowhere, to which every way is free', () => {
    const model = compileModel(withVehicle({ endLocation: null }));
    const nowhere = model.placeCount - 1;
    expect([...model.location]).toEqual([1, 2, 0, 3, -1]);
    expect(typeOf(model).endPlace).toBe(nowhere);
    expect(model.depotOf(null)).toBe(nowhere);
    for (let from = 0; from < nowhere; from += 1) {
      expect(way(model.distance, model, from, nowhere)).toBe(0);
      expect(way(model.duration, model, from, nowhere)).toBe(0);
    }
    expect(model.windows.first[nowhere]).toBe(model.windows.first[nowhere + 1]);
  });

  it('have the ways of their locations, and none where one of the matrices has none', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 5, roads: 'any' }), (problem) => {
        const model = compileModel(problem);
        for (let from = 0; from < model.placeCount - 1; from += 1)
          for (let to = 0; to < model.placeCount - 1; to += 1) {
            const metres = problem.distanceMetres[model.location[from] as number]?.[model.location[to] as number];
            const seconds = problem.durationSeconds[model.location[from] as number]?.[model.location[to] as number];
            if (typeof metres === 'number' && typeof seconds === 'number') {
              expect(way(model.distance, model, from, to)).toBe(metres);
              expect(way(model.duration, model, from, to)).toBe(seconds);
            } else {
              expect(way(model.distance, model, from, to)).toBeGreaterThanOrEqual(UNREACHABLE);
              expect(way(model.duration, model, from, to)).toBeGreaterThanOrEqual(UNREACHABLE);
            }
          }
      }),
      { numRuns: 50 },
    ));

  it('weigh by row and by column: one array where there is as far as back, two otherwise', () => {
    const same = compileModel(street);
    expect(same.weightInto).toBe(same.weightOut);
    const oneWay = structuredClone(street.distanceMetres);
    (oneWay[1] as number[])[2] = 5_000;
    const model = compileModel({ ...street, distanceMetres: oneWay });
    expect(model.weightInto).not.toBe(model.weightOut);
    for (let from = 0; from < model.placeCount; from += 1)
      for (let to = 0; to < model.placeCount; to += 1)
        expect(way(model.weightInto, model, to, from)).toBe(way(model.weightOut, model, from, to));
  });

  it('weigh metres alone where seconds cost nothing, and what a second is worth in metres on top where they do', () => {
    const free = compileModel(withVehicle({ costPerSecond: 0 }));
    expect(way(free.weightOut, free, 0, 1)).toBe(1_000);
    const paid = compileModel(street);
    expect(way(paid.weightOut, paid, 0, 1)).toBeCloseTo(1_000 + (100 * 0.1) / 0.01, 3);
    const hourly = compileModel(withVehicle({ costPerMetre: 0 }));
    expect(way(hourly.weightOut, hourly, 0, 1)).toBe(100);
  });
});

describe('leaving a stop out', () => {
  it('costs its prize, or more than any detour', () => {
    const model = compileModel(withStop('near', { prize: 17 }));
    expect(model.absencePenalty[0]).toBe(17);
    expect(model.absencePenalty[1]).toBeGreaterThan(154);
  });

  it('costs more of what must be served by its priority', () => {
    const { absencePenalty } = compileModel(withStop('far', { priority: 3 }));
    expect(absencePenalty[1]).toBeCloseTo(3 * (absencePenalty[0] as number), 6);
  });
});

describe('capacity alone binds', () => {
  const plain: CollectionProblem = { ...withVehicle({ costPerSecond: 0, shift: [0, 1e5] }), disposalSites: [] };
  const changed = (members: object): CollectionProblem => ({ ...plain, ...members });
  const vehicle = (members: object) => changed({ vehicles: [{ ...plain.vehicles[0], ...members }] });
  const stop = (members: object) => changed({ stops: [plain.stops[0], { ...plain.stops[1], ...members }] });

  it('where metres are all that costs and no clock can matter', () => {
    expect(compileModel(plain).capacityOnly).toBe(true);
    expect(compileModel(stop({ prize: 5, vehicleId: 'truck' })).capacityOnly).toBe(true);
  });

  it.each([
    ['a short shift', vehicle({ shift: [0, 400] })],
    ['a break', vehicle({ breaks: [{ window: [0, 9], seconds: 9 }] })],
    ['seconds that cost', vehicle({ costPerSecond: 1 })],
    ['a longest day', vehicle({ maxDutySeconds: 1e5 })],
    ['a longest time at the wheel', vehicle({ maxDrivingSeconds: 1e5 })],
    ['a most of stops', vehicle({ maxStops: 1 })],
    ['a commitment', vehicle({ committed: ['near'] })],
    ['a window', stop({ windows: [[0, 9_000]] })],
    ['a release', stop({ releaseTime: 9 })],
    ['another stream', stop({ stream: 'food' })],
    ['disposal sites', changed({ disposalSites: street.disposalSites })],
    ['equal days', changed({ balance: { costPerHourSquared: 1 } })],
    [
      'a published plan',
      changed({
        published: { routes: [{ vehicleId: 'truck', vehicleIndex: 0, stopIds: ['far'] }], costPerMovedStop: 1 },
      }),
    ],
    [
      'a travel profile',
      changed({
        travelProfiles: [{ id: 'p', slots: [{ from: 0, durationFactor: 2 }] }],
        vehicles: [{ ...plain.vehicles[0], travelProfile: 'p' }],
      }),
    ],
    [
      'a missing road',
      changed({ distanceMetres: plain.distanceMetres.map((row) => [null, ...Array.from(row).slice(1)]) }),
    ],
  ])('but not with %s', (_, problem) => {
    expect(compileModel(streetWith(problem)).capacityOnly).toBe(false);
  });
});
