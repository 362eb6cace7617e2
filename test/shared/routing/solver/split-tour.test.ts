import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTourRoutes } from '../../../../shared/routing/solver/split-tour.ts';
import { emptyState } from '../../../../shared/routing/solver/state/changes.ts';
import { build, problems } from './built-states.ts';
import { absentStops, nodesOf, openRoutes } from './drawn-states.ts';

describe('a tour cut into days', () => {
  it('sends out vehicles that there are, on routes that can be driven, each stop with one at most', () =>
    fc.assert(
      fc.property(problems['every rule'], fc.integer(), (problem, seed) => {
        const { model, search } = build(problem, seed);
        const state = emptyState(model);
        openTourRoutes(model, state, search);
        const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
        const done = [...model.isDone.keys()].filter((stop) => model.isDone[stop] === 1);
        const all = [...served, ...absentStops(state), ...done].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: model.stopCount }, (_, stop) => stop));
        for (const route of openRoutes(state)) {
          expect(state.size[route]).toBeGreaterThan(0);
          expect(search.settle(state, route)).toBeCloseTo(state.routeCost[route] as number, 4);
        }
        model.types.forEach(({ indices }, type) => {
          expect(state.usedOfType[type]).toBeLessThanOrEqual(indices.length);
        });
      }),
      { numRuns: 100 },
    ));
});
