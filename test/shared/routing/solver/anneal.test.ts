import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anneal } from '../../../../shared/routing/solver/anneal.ts';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { build, kinds, problems } from './built-states.ts';
import { openRoutes } from './drawn-states.ts';

const cooling = { hottest: 600, coldest: 15, from: 0, to: 1 };

const run = (built: ReturnType<typeof build>, iterations: number, elapsedFraction = () => 0) => {
  const { model, state, search, ruined, random } = built;
  const best = keepsakeOf(state);
  const before = best.cost;
  const progress = startProgress({ iterations, elapsedFraction });
  anneal(model, state, search, ruined, random, progress, cooling, 1, best);
  return { before, best, progress };
};

describe.each(kinds)('annealing (%s)', (kind) => {
  it('keeps the best solution it has seen, which is never worse than the first', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const { before, best, progress } = run(built, 40);
        expect(best.cost).toBeLessThanOrEqual(before);
        expect(best.cost).toBeLessThanOrEqual(built.state.cost + 1e-6);
        if (built.model.stopCount > 0) expect(progress.iterations).toBe(40);
      }),
      { numRuns: 20 },
    ));

  it('does the same again with the same seed', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const [once, again] = [build(problem, seed), build(problem, seed)].map((built) => {
          const { best } = run(built, 40);
          return { cost: best.cost, snapshot: toSnapshot(built.model, best), now: built.state.cost };
        });
        expect(again).toEqual(once);
      }),
      { numRuns: 20 },
    ));
});

describe('annealing', () => {
  it('stops at the deadline, however many steps are left', () => {
    const [problem] = fc.sample(problems['capacities alone'], { numRuns: 1, seed: 11 });
    if (problem === undefined) throw new Error('nothing generated');
    let looks = 0;
    const { progress } = run(build(problem, 1), Number.POSITIVE_INFINITY, () => {
      looks += 1;
      return looks / 20;
    });
    expect(looks).toBe(20);
    expect(progress.iterations).toBeLessThan(2_000);
  });

  it('leaves the first solution alone without a budget', () =>
    fc.assert(
      fc.property(problems['every rule'], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const routes = openRoutes(built.state);
        const { before, best, progress } = run(built, 0);
        expect([best.cost, progress.iterations]).toEqual([before, 0]);
        expect(openRoutes(built.state)).toEqual(routes);
      }),
      { numRuns: 20 },
    ));
});
