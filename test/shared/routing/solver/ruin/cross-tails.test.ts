import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { stateOf } from '../../../../../shared/routing/solver/restore.ts';
import { ruin } from '../../../../../shared/routing/solver/ruin/adjacent-strings.ts';
import { crossTails, mayCross } from '../../../../../shared/routing/solver/ruin/cross-tails.ts';
import { ruinScratch } from '../../../../../shared/routing/solver/ruin/ruined.ts';
import { createSearch } from '../../../../../shared/routing/solver/search.ts';
import { commit, rollBack } from '../../../../../shared/routing/solver/state/journal.ts';
import { build } from '../built-states.ts';
import { absentStops, capacityProblem, nodesOf, openRoutes } from '../drawn-states.ts';
import { expectConsistent, picture } from '../state-picture.ts';

/** Vehicles all alike; ways as long there as back, or not. */
const fleetOfOneKind = fc.tuple(capacityProblem(14), fc.boolean()).map(([problem, isSymmetric]): CollectionProblem => {
  const { vehicles, distanceMetres } = problem;
  const mirrored = distanceMetres.map((row, from) =>
    Array.from(row, (way, to) => (from < to ? way : (distanceMetres[to]?.[from] ?? null))),
  );
  return {
    ...problem,
    vehicles: vehicles.slice(0, 1).map((vehicle) => ({ ...vehicle, count: 4 })),
    distanceMetres: isSymmetric ? mirrored : distanceMetres,
  };
});

const load = { litres: 1, kg: 0 };

/** Six stops along a line, from the depot at its beginning. */
const line = (litres: number): CollectionProblem => {
  const ways = Array.from({ length: 7 }, (_, from) => Array.from({ length: 7 }, (__, to) => Math.abs(from - to)));
  return {
    name: 'line',
    locations: ways.map((_, place) => ({ id: `place ${place}` })),
    travelSource: 'drawn',
    distanceMetres: ways,
    durationSeconds: ways,
    disposalSites: [],
    stops: [1, 2, 3, 4, 5, 6].map((location) => ({
      id: `stop ${location}`,
      location,
      serviceSeconds: 0,
      load,
      stream: 'other',
    })),
    vehicles: [
      {
        id: 'truck',
        type: 'truck',
        count: 2,
        startLocation: 0,
        endLocation: 0,
        capacity: { litres, kg: 100 },
        shift: [0, 1e6],
        fixedCost: 0,
        costPerMetre: 1,
        costPerSecond: 0,
        breaks: [],
      },
    ],
  };
};

/** Stops 0, 1, 2 on one route, 3, 4, 5 on the other, with gaps behind 0 and 4. */
const twoRoutes = (litres: number) => {
  const model = compileModel(line(litres));
  const routes = [
    [0, 1, 2],
    [3, 4, 5],
  ].map((stops) => ({ type: 0, stops: Int32Array.from(stops), sites: new Int32Array(4).fill(-1) }));
  const state = stateOf(model, createSearch(model), routes);
  const ruined = ruinScratch(model);
  ruined.gaps.set([0, 4]);
  ruined.gapCount = 2;
  const stopsOf = () => openRoutes(state).map((route) => nodesOf(model, state, route).slice(1));
  return { model, state, ruined, stopsOf };
};

describe('crossing the tails of two routes', () => {
  it('exchanges what follows behind the gaps', () => {
    const { model, state, ruined, stopsOf } = twoRoutes(4);
    expect(crossTails(model, state, ruined, () => 0.9)).toBe(true);
    expect(stopsOf()).toEqual([
      [0, 5],
      [3, 4, 1, 2],
    ]);
  });

  it('may turn a route round first', () => {
    const { model, state, ruined, stopsOf } = twoRoutes(4);
    expect(crossTails(model, state, ruined, () => 0.4)).toBe(true);
    expect(stopsOf()).toEqual([
      [0, 4, 3],
      [5, 1, 2],
    ]);
  });

  it('leaves routes as they are that would be too full', () => {
    const { model, state, ruined, stopsOf } = twoRoutes(3);
    expect(crossTails(model, state, ruined, () => 0.9)).toBe(false);
    expect(stopsOf()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('loses no stop, overloads no vehicle, and can be undone', () =>
    fc.assert(
      fc.property(fleetOfOneKind, fc.integer(), (problem, seed) => {
        const { model, state, ruined, random } = build(problem, seed);
        fc.pre(mayCross(model) && model.stopCount > 0);
        commit(state);
        const before = picture(model, state);
        ruin(model, state, ruined, random);
        crossTails(model, state, ruined, random);
        expectConsistent(model, state);
        const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
        const all = [...served, ...absentStops(state), ...ruined.stops.subarray(0, ruined.count)];
        expect(all.sort((a, b) => a - b)).toEqual([...state.routeOf.keys()]);
        const { mostLitres, kg, units } = model.types[0] as VehicleType;
        for (const route of openRoutes(state)) {
          expect(state.size[route]).toBeGreaterThan(0);
          expect(state.litres[route]).toBeLessThanOrEqual(mostLitres);
          expect(state.kg[route]).toBeLessThanOrEqual(kg);
          expect(state.units[route]).toBeLessThanOrEqual(units);
        }
        rollBack(model, state);
        expect(picture(model, state)).toEqual(before);
      }),
      { numRuns: 200 },
    ));
});
