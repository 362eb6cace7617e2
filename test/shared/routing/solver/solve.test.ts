import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { generatedProblem } from '../generated-problem.ts';
import { exhaustiveSearch } from './exhaustive-search.ts';

const RUNS = 300;

describe('solving a generated collection problem', () => {
  it('keeps every rule of the problem, as an independent checker sees it, at the cost it states', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 9, roads: 'any' }), fc.integer(), (problem, seed) => {
        const verdict = checkSolution(problem, solve(problem, { seed, iterations: 60 }));
        expect(verdict.faults).toEqual([]);
      }),
      { numRuns: RUNS },
    ));

  it('keeps them where times do not add up exactly', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 9, roads: 'plane' }), fc.integer(), (problem, seed) => {
        expect(checkSolution(problem, solve(problem, { seed, iterations: 60 })).faults).toEqual([]);
      }),
      { numRuns: RUNS },
    ));

  it('keeps them in long routes too, where fewer disposal visits are thought of', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 70, roads: 'metric' }), (problem) => {
        const roomy = problem.vehicles.map(({ maxStops: _stops, maxLitresPerShift: _litres, ...vehicle }) => ({
          ...vehicle,
          shift: [0, 200_000] as [number, number],
        }));
        const long = { ...problem, vehicles: roomy };
        expect(checkSolution(long, solve(long, { seed: 1, iterations: 20 })).faults).toEqual([]);
      }),
      { numRuns: 40 },
    ));

  it('never answers worse after more steps of the same search', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'metric' }), (problem) => {
        const first = solve(problem, { seed: 1, iterations: 0 });
        const better = solve(problem, { seed: 1, iterations: 100 });
        const mandatory = (solution: typeof first): number =>
          solution.unserved.filter(({ stopId }) => problem.stops.find(({ id }) => id === stopId)?.prize === undefined)
            .length;
        expect(mandatory(better)).toBeLessThanOrEqual(mandatory(first));
        if (mandatory(better) === mandatory(first)) {
          expect(better.cost.total).toBeLessThanOrEqual(first.cost.total + 1e-6);
        }
      }),
      { numRuns: RUNS / 2 },
    ));

  it('answers the same for the same seed and iterations, whatever the clock shows', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'metric' }), fc.integer(), (problem, seed) => {
        let time = 0;
        const once = solve(problem, { seed, iterations: 50 });
        const again = solve(problem, { seed, iterations: 50, deadlineMs: 1e9, now: () => (time += Math.random()) });
        expect({ ...again, seconds: 0 }).toEqual({ ...once, seconds: 0 });
      }),
      { numRuns: RUNS / 4 },
    ));
});

describe('solving a tiny collection problem', () => {
  const tiny = generatedProblem({ stops: 4, roads: 'metric' }).map((problem) => ({
    ...problem,
    vehicles: problem.vehicles.slice(0, 2).map(({ maxDutySeconds: _duty, ...vehicle }) => ({
      ...vehicle,
      breaks: [],
      costPerSecond: 0,
    })),
    stops: problem.stops.map(({ releaseTime: _release, ...stop }) => stop),
  }));

  const compare = (problem: CollectionProblem) => {
    const solution = solve(problem, { seed: 1, iterations: 300 });
    const unserved = new Set(solution.unserved.map(({ stopId }) => stopId));
    const mandatory = problem.stops.filter(({ id, prize }) => prize === undefined && unserved.has(id)).length;
    return { found: { mandatory, cost: solution.cost.total }, optimum: exhaustiveSearch(problem) };
  };

  it('finds what trying everything finds, but for rare traps, and never anything better', () => {
    const problems = fc.sample(tiny, { numRuns: 300, seed: 20_261_122 });
    const optimal = problems.filter((problem) => {
      const { found, optimum } = compare(problem);
      const leavesMore = found.mandatory - optimum.unservedMandatory;
      expect(leavesMore).toBeGreaterThanOrEqual(0);
      if (leavesMore === 0) expect(found.cost).toBeGreaterThan(optimum.cost - 1e-6);
      return leavesMore === 0 && found.cost < optimum.cost + 1e-6;
    });
    expect(optimal.length / problems.length).toBeGreaterThan(0.98);
  });
});
