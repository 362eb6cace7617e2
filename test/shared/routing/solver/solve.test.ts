import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { InfeasibleProblemError, InvalidProblemError } from '../../../../shared/routing/validate-problem.ts';
import { generatedProblem } from '../generated-problem.ts';

/** A run of a property is thrown away where a day that has begun cannot be finished. */
const answer = (problem: CollectionProblem, options: Parameters<typeof solve>[1]) => {
  try {
    return solve(problem, options);
  } catch (error) {
    if (error instanceof InfeasibleProblemError) fc.pre(false);
    throw error;
  }
};

/** How much is left of what must be served. */
const mustServeLeft = (problem: CollectionProblem, { unserved }: ReturnType<typeof solve>): number => {
  const ids = new Set(unserved.map(({ stopId }) => stopId));
  const left = problem.stops.filter(({ id, prize }) => prize === undefined && ids.has(id));
  return left.reduce((sum, { priority = 1 }) => sum + priority, 0);
};

/** Two unlike trucks that are out, worth more than many legs each, and no stop for either. */
const nothingToServe: CollectionProblem = {
  name: 'nothing to serve',
  travelSource: 'invented',
  locations: [{ id: 'depot' }, { id: 'one' }, { id: 'other' }],
  distanceMetres: [
    [0, 1_000, 1_000],
    [1_000, 0, 500],
    [1_000, 500, 0],
  ],
  durationSeconds: [
    [0, 100, 100],
    [100, 0, 50],
    [100, 50, 0],
  ],
  vehicles: [1, 2].map((location, index) => ({
    id: `truck-${index}`,
    type: 'truck',
    count: 1,
    startLocation: 0,
    endLocation: 0,
    capacity: { litres: 10_000, kg: 5_000 },
    shift: [0, 30_000],
    fixedCost: 100_000 + index,
    costPerMetre: 1,
    costPerSecond: 1,
    breaks: [],
    done: [{ kind: 'stand', location, arrivesAt: 100, serviceStartsAt: 100, departsAt: 160 }],
  })),
  stops: [],
  disposalSites: [],
};

describe('solving a problem without a stop', () => {
  it.each([{ iterations: 40 }, { deadlineMs: 60_000, now: () => performance.now() }])(
    'sends home who is out, and that at once: %o',
    (options) => {
      const solution = solve(nothingToServe, { seed: 1, ...options });
      expect(solution.routes.map(({ visits }) => visits.map(({ kind }) => kind))).toEqual([
        ['start', 'stand', 'end'],
        ['start', 'stand', 'end'],
      ]);
      expect(checkSolution(nothingToServe, solution).faults).toEqual([]);
    },
    10_000,
  );
});

describe('solving a generated collection problem', () => {
  it('keeps every rule in long routes, where disposal visits are chosen by their detour', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 70, roads: 'metric' }), (problem) => {
        const roomy = problem.vehicles.map(({ maxStops: _stops, maxLitresPerShift: _litres, ...vehicle }) => ({
          ...vehicle,
          shift: [vehicle.shift[0], 200_000] as [number, number],
        }));
        const long = { ...problem, vehicles: roomy };
        expect(checkSolution(long, answer(long, { seed: 1, iterations: 20 })).faults).toEqual([]);
      }),
      { numRuns: 40 },
    ));

  it('answers the same for the same seed and iterations, whatever the clock shows', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'metric' }), fc.integer(), (problem, seed) => {
        let time = 0;
        const once = answer(problem, { seed, iterations: 50 });
        const again = answer(problem, { seed, iterations: 50, deadlineMs: 1e9, now: () => (time += Math.random()) });
        expect({ ...again, seconds: 0 }).toEqual({ ...once, seconds: 0 });
      }),
      { numRuns: 75 },
    ));

  it('keeps every rule when it begins with a plan that was made for another problem', () =>
    fc.assert(
      fc.property(
        generatedProblem({ stops: 12, roads: 'metric' }),
        generatedProblem({ stops: 12, roads: 'metric' }),
        (problem, other) => {
          const warmStart = answer(other, { seed: 1, iterations: 20 });
          const solution = answer(problem, { seed: 1, iterations: 20, warmStart });
          expect(checkSolution(problem, solution).faults).toEqual([]);
        },
      ),
      { numRuns: 150 },
    ));

  it('is never worse than the plan it begins with', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 12, roads: 'metric' }), (problem) => {
        const warmStart = answer(problem, { seed: 1, iterations: 60 });
        const again = answer(problem, { seed: 2, iterations: 0, warmStart });
        expect(mustServeLeft(problem, again)).toBeLessThanOrEqual(mustServeLeft(problem, warmStart));
        if (mustServeLeft(problem, again) < mustServeLeft(problem, warmStart)) return;
        expect(again.cost.total).toBeLessThanOrEqual(warmStart.cost.total * (1 + 1e-9) + 1e-6);
      }),
      { numRuns: 150 },
    ));
});

describe('a problem that is none', () => {
  it('is refused with the place of the fault', () => {
    const [problem] = fc.sample(generatedProblem({ stops: 3, roads: 'plane' }), { numRuns: 1, seed: 1 });
    if (problem === undefined) throw new Error('nothing generated');
    const broken = {
      ...problem,
      stops: [{ id: 'x', location: 99, load: { litres: 1, kg: 1 }, serviceSeconds: 0, stream: 'other' }],
    };
    expect(() => solve(broken, { seed: 1, iterations: 1 })).toThrow(InvalidProblemError);
  });
});
