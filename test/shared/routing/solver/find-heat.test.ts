import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstance } from '../../../../bench/instances/read.ts';
import { mayRecombine } from '../../../../shared/routing/solver/anneal-in-rounds.ts';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { findHeat } from '../../../../shared/routing/solver/find-heat.ts';
import { seededRandom } from '../../../../shared/routing/solver/random.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { build } from './built-states.ts';
import { capacityProblem } from './drawn-states.ts';
import { expectConsistent } from './state-picture.ts';

const oneType = capacityProblem(12).map((problem) => ({ ...problem, vehicles: problem.vehicles.slice(0, 1) }));

const run = (problem: Parameters<typeof build>[0], seed: number, guess: number, steps: number) => {
  const { model, state, search, ruined, random } = build(problem, seed);
  const best = keepsakeOf(state);
  const before = best.cost;
  const progress = startProgress({ iterations: 2 * steps, elapsedFraction: () => 0 });
  const heat = findHeat(model, state, search, ruined, random, progress, guess, 0.5, best);
  return { model, state, best, before, heat, progress };
};

/** Stops anywhere on a square as wide as is given, with loads of 1 to 9 and vehicles for 40. */
const town = (stops: number, width: number) => {
  const random = seededRandom(7);
  const spot = () => `${Math.floor(width * random())} ${Math.floor(width * random())}`;
  const numbers = Array.from({ length: stops + 1 }, (_, index) => index + 1);
  const lines = [
    `NAME : town\nTYPE : CVRP\nDIMENSION : ${stops + 1}\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 40\nNODE_COORD_SECTION`,
    ...numbers.map((number) => `${number} ${spot()}`),
    'DEMAND_SECTION',
    ...numbers.map((number) => `${number} ${number === 1 ? 0 : 1 + Math.floor(9 * random())}`),
    'DEPOT_SECTION\n1\n-1\nEOF',
  ];
  return readInstance(lines.join('\n'), 'town.vrp').problem;
};

describe('the first temperature', () => {
  it('is found within the steps allowed, the same with the same seed, and keeps the best solution on the way', () =>
    fc.assert(
      fc.property(oneType, fc.integer(), fc.constantFrom(1, 100, 2_000), (problem, seed, steps) => {
        const once = run(problem, seed, 50, steps);
        fc.pre(once.model.stopCount > 0 && mayRecombine(once.model));
        expect(once.progress.iterations).toBeLessThanOrEqual(steps + 16);
        expect(once.heat).toBeGreaterThan(0);
        expect(once.heat).toBeLessThan(50 * 5);
        expect(once.best.cost).toBeLessThanOrEqual(once.before);
        expectConsistent(once.model, once.state);
        const again = run(problem, seed, 50, steps);
        expect(again.heat).toBe(once.heat);
        expect(toSnapshot(again.model, again.best)).toEqual(toSnapshot(once.model, once.best));
      }),
      { numRuns: 20 },
    ));

  it('is the same whatever was guessed', () => {
    const problem = town(60, 1_000);
    const fromBelow = run(problem, 1, 40, 30_000).heat;
    const fromAbove = run(problem, 1, 160, 30_000).heat;
    expect(fromAbove / fromBelow).toBeGreaterThan(0.8);
    expect(fromAbove / fromBelow).toBeLessThan(1.25);
  });

  it('grows as ways do', () => {
    const near = run(town(60, 1_000), 1, 80, 30_000).heat;
    const far = run(town(60, 5_000), 1, 400, 30_000).heat;
    expect(far / near).toBeGreaterThan(4);
    expect(far / near).toBeLessThan(6.25);
  });
});
