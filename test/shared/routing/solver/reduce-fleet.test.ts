import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { startProgress } from '../../../../shared/routing/solver/budget.ts';
import { reduceFleet, worthOfVehicles } from '../../../../shared/routing/solver/reduce-fleet.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { build, kinds, problems } from './built-states.ts';

const dear = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({ ...vehicle, fixedCost: 1e6 + vehicle.fixedCost })),
});

describe.each(kinds)('saving vehicles (%s)', (kind) => {
  it('keeps nothing that costs more or leaves more behind that must be served', () =>
    fc.assert(
      fc.property(problems[kind].map(dear), fc.integer(), (problem, seed) => {
        const { model, state, search, ruined, random } = build(problem, seed);
        fc.pre(model.stopCount > 0 && worthOfVehicles(model, state) !== 'none');
        const kept = keepsakeOf(state);
        const first = { cost: kept.cost, snapshot: toSnapshot(model, kept) };
        const progress = startProgress({ iterations: 60, elapsedFraction: () => 0 });
        reduceFleet(model, state, search, ruined, random, progress, { until: 1, idle: 1 }, kept);
        const found = toSnapshot(model, kept);
        const owed = (absent: Int32Array): number =>
          absent.filter((stop) => problem.stops[stop]?.prize === undefined).length;
        expect(kept.cost).toBeLessThanOrEqual(first.cost);
        expect(owed(found.absent)).toBeLessThanOrEqual(owed(first.snapshot.absent));
        // A vehicle more may serve what was left out at first.
        const servesMore = owed(found.absent) < owed(first.snapshot.absent);
        if (!servesMore) expect(found.routes.length).toBeLessThanOrEqual(first.snapshot.routes.length);
        expect(progress.iterations).toBeLessThanOrEqual(60);
      }),
      { numRuns: 20 },
    ));
});
