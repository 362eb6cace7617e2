import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { owed } from '../../../../shared/routing/solver/reduce-fleet.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { squeezeFleet } from '../../../../shared/routing/solver/squeeze-fleet.ts';
import { build, kinds, problems } from './built-states.ts';
import { openRoutes } from './drawn-states.ts';
import { expectConsistent } from './state-picture.ts';

const cooling = { hottest: 600, coldest: 15, from: 0, to: 1 };

const squeeze = (built: ReturnType<typeof build>, iterations: number) => {
  const { model, state, search, ruined, random } = built;
  const best = keepsakeOf(state);
  const progress = startProgress({ iterations, elapsedFraction: () => 0 });
  const squeezed = squeezeFleet(model, state, search, ruined, random, progress, cooling, 1, best);
  expect(squeezed.cooling.hottest).toBeLessThanOrEqual(cooling.hottest);
  expect(squeezed.cooling.coldest).toBe(cooling.coldest);
  return { best, state: squeezed.state };
};

describe.each(kinds)('squeezing stops out of a fleet (%s)', (kind) => {
  it('leaves prices as they were, a state that adds up, and a best solution no worse that serves all it has to', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const { model } = built;
        fc.pre(model.stopCount > 0 && built.state.openCount > 1 && owed(model, built.state) === 0);
        const before = { cost: built.state.cost, prices: model.absencePenalty.slice() };
        const { best, state } = squeeze(built, 80);
        expect(model.absencePenalty).toEqual(before.prices);
        expectConsistent(model, state);
        expect(best.cost).toBeLessThanOrEqual(before.cost);
        for (const stop of toSnapshot(model, best).absent) expect(model.mustServe[stop]).toBe(0);
        expect(openRoutes(state).length).toBeLessThanOrEqual(model.routeSlots);
        expect(state.mostOpen).toBe(model.routeSlots);
      }),
      { numRuns: 30 },
    ));

  it('does the same again with the same seed', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const [once, again] = [build(problem, seed), build(problem, seed)].map((built) => {
          fc.pre(built.model.stopCount > 0 && owed(built.model, built.state) === 0);
          const { best, state } = squeeze(built, 40);
          return { best: best.cost, now: state.cost };
        });
        expect(again).toEqual(once);
      }),
      { numRuns: 10 },
    ));
});
