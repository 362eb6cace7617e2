import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restore } from '../../../../shared/routing/solver/restore.ts';
import { tryStep } from '../../../../shared/routing/solver/search.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { commit } from '../../../../shared/routing/solver/state/journal.ts';
import { build, kinds, problems } from './built-states.ts';
import { absentStops } from './drawn-states.ts';
import { expectConsistent } from './state-picture.ts';

describe.each(kinds)('a restored state (%s)', (kind) => {
  it('stands where its keepsake was taken, at the same cost', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const { model, state, search, ruined, random } = build(problem, seed);
        fc.pre(model.stopCount > 0);
        const keepsake = keepsakeOf(state);
        for (let step = 0; step < 5; step += 1) {
          tryStep(model, state, search, ruined, random, Number.POSITIVE_INFINITY);
          commit(state);
        }
        const restored = restore(model, search, keepsake);
        expectConsistent(model, restored);
        expect(toSnapshot(model, keepsakeOf(restored)).routes).toEqual(toSnapshot(model, keepsake).routes);
        expect(absentStops(restored).sort((a, b) => a - b)).toEqual(
          [...toSnapshot(model, keepsake).absent].sort((a, b) => a - b),
        );
        expect(Math.abs(restored.cost - keepsake.cost)).toBeLessThan(1e-6 * (1 + keepsake.cost));
      }),
      { numRuns: 20 },
    ));
});
