import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annealInRounds, mayRecombine } from '../../../../shared/routing/solver/anneal-in-rounds.ts';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { restore } from '../../../../shared/routing/solver/restore.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { build } from './built-states.ts';
import { capacityProblem } from './drawn-states.ts';
import { expectConsistent } from './state-picture.ts';

const oneType = capacityProblem(9).map((problem) => ({ ...problem, vehicles: problem.vehicles.slice(0, 1) }));

const run = (problem: Parameters<typeof build>[0], seed: number, iterations: number) => {
  const { model, state, search, ruined, random } = build(problem, seed);
  fc.pre(model.stopCount > 0 && mayRecombine(model));
  const best = keepsakeOf(state);
  const before = best.cost;
  const progress = startProgress({ iterations, elapsedFraction: () => 0 });
  annealInRounds(model, state, search, ruined, random, progress, best);
  return { model, search, best, before, progress };
};

describe('annealing in rounds', () => {
  it('uses the budget up, keeps the best solution, and does the same again with the same seed', () =>
    fc.assert(
      fc.property(oneType, fc.integer(), fc.constantFrom(1, 30, 5_000), (problem, seed, iterations) => {
        const once = run(problem, seed, iterations);
        expect(once.progress.iterations).toBe(iterations);
        expect(once.best.cost).toBeLessThanOrEqual(once.before);
        expectConsistent(once.model, restore(once.model, once.search, once.best));
        const again = run(problem, seed, iterations);
        expect(toSnapshot(again.model, again.best)).toEqual(toSnapshot(once.model, once.best));
      }),
      { numRuns: 20 },
    ));

  it('leaves the first solution alone without a budget', () =>
    fc.assert(
      fc.property(oneType, fc.integer(), (problem, seed) => {
        const { best, before, progress } = run(problem, seed, 0);
        expect([best.cost, progress.iterations]).toEqual([before, 0]);
      }),
      { numRuns: 10 },
    ));
});
