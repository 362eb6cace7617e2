import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { paysToSaveVehicles, reduceFleet } from '../../../../shared/routing/solver/reduce-fleet.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { build, kinds, problems } from './built-states.ts';

const dear = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, fixedCost: 1e6 + vehicle.fixedCost })),
});

describe.each(kinds)('saving vehicles (%s)', (kind) => {
  it('finds nothing that costs more or leaves more behind that must be served', () =>
    fc.assert(
      fc.property(problems[kind].map(dear), fc.integer(), (problem, seed) => {
        const { model, state, search, ruined, random } = build(problem, seed);
        fc.pre(model.stopCount > 0 && paysToSaveVehicles(model, state));
        const best = keepsakeOf(state);
        const first = { cost: best.cost, snapshot: toSnapshot(model, best) };
        const progress = startProgress({ iterations: 60, elapsedFraction: () => 0 });
        reduceFleet(model, state, search, ruined, random, progress, 1, best);
        const found = toSnapshot(model, best);
        const owed = (absent: Int32Array): number =>
          absent.filter((stop) => problem.stops[stop]?.prize === undefined).length;
        expect(best.cost).toBeLessThanOrEqual(first.cost);
        expect(owed(found.absent)).toBeLessThanOrEqual(owed(first.snapshot.absent));
        expect(found.routes.length).toBeLessThanOrEqual(first.snapshot.routes.length);
        expect(progress.iterations).toBeLessThanOrEqual(60);
      }),
      { numRuns: 20 },
    ));
});
