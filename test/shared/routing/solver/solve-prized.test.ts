import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { solvePrized } from '../../../../shared/routing/solver/solve-prized.ts';

/** Stops on a plane, every other one optional, for three trucks that need not all go out. */
const aProblem = (places: readonly (readonly [number, number])[], prize: number): CollectionProblem => {
  const all = [[0, 0] as const, ...places];
  const metres = all.map(([x, y]) => all.map(([u, v]) => Math.round(Math.hypot(x - u, y - v))));
  return {
    name: 'prized',
    locations: all.map((_, index) => ({ id: `p${index}` })),
    distanceMetres: metres,
    durationSeconds: metres,
    travelSource: 'plane',
    vehicles: [1, 2, 3].map((number) => ({
      id: `v${number}`,
      type: 't',
      count: 1,
      startLocation: 0,
      endLocation: 0,
      capacity: { litres: 1e6, kg: 1e6 },
      shift: [0, 20_000],
      fixedCost: 500,
      costPerMetre: 1,
      costPerSecond: 0,
      breaks: [],
    })),
    stops: places.map((_, index) => ({
      id: `s${index}`,
      location: index + 1,
      load: { litres: 1, kg: 1 },
      serviceSeconds: 100,
      stream: 'other',
      ...(index % 2 === 1 && { prize }),
    })),
    disposalSites: [],
  };
};

const places = fc.array(fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })), {
  minLength: 1,
  maxLength: 24,
});

describe('solving with stops that may be left out', () => {
  it('serves what must be served, and the checker finds its costs as said', () =>
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 800 }), (somewhere, prize) => {
        const problem = aProblem(somewhere, prize);
        const { feasible, complete, faults } = checkSolution(
          problem,
          solvePrized(problem, { seed: 1, iterations: 200 }),
        );
        expect(faults).toEqual([]);
        expect(feasible && complete).toBe(true);
      }),
      { numRuns: 25 },
    ));

  it('is the same every time for a seed and a number of steps', () => {
    const problem = aProblem(
      Array.from({ length: 30 }, (_, index) => [(index * 37) % 500, (index * 91) % 700]),
      120,
    );
    const [once, again] = [1, 2].map(() => solvePrized(problem, { seed: 3, iterations: 500 }));
    expect(once).toEqual(again);
  });

  it('leaves problems without a choice to the plain solver', () => {
    const problem = aProblem([[100, 100]], 50);
    const options = { seed: 1, iterations: 50 };
    expect(solvePrized(problem, options)).toEqual(solve(problem, options));
  });
});
