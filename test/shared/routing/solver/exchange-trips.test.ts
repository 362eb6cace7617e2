import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../shared/routing/solver/model/model.ts';
import { rejectStep } from '../../../../shared/routing/solver/search.ts';
import { keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import type { State } from '../../../../shared/routing/solver/state/state.ts';
import { build, problems } from './built-states.ts';
import { absentStops, nodesOf, openRoutes } from './drawn-states.ts';

/** Routes in no particular order: type, stops, sites. */
const routesOf = (model: Model, state: State): string[] =>
  toSnapshot(model, keepsakeOf(state))
    .routes.map(({ type, stops, sites }) => `${type}: ${stops} at ${sites}`)
    .sort();

describe('exchanging trips', () => {
  it('leaves every stop with one vehicle and costs what the routes then cost, or changes nothing', () => {
    let exchanged = 0;
    fc.assert(
      fc.property(problems['every rule'], fc.integer(), (problem, seed) => {
        const { model, state, search, random } = build(problem, seed);
        if (search.exchangeTrips === undefined || model.stopCount === 0) return;
        for (let step = 0; step < 10; step += 1) {
          const before = routesOf(model, state);
          const costBefore = state.cost;
          const servedBefore = model.stopCount - state.absentCount - model.isDone.reduce((sum, one) => sum + one, 0);
          const absent = absentStops(state).sort((a, b) => a - b);
          const limit = costBefore * 1.5 + 1;
          if (search.exchangeTrips(state, random, limit)) {
            exchanged += 1;
            expect(state.cost).toBeLessThan(limit);
            for (const route of openRoutes(state)) {
              expect(search.settle(state, route)).toBeCloseTo(state.routeCost[route] as number, 4);
              expect(search.price(state, route, state.typeOf[route] as number)).toBeLessThan(Number.POSITIVE_INFINITY);
            }
            const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
            expect(new Set(served).size).toBe(served.length);
            expect(served.length).toBe(servedBefore);
            expect(absentStops(state).sort((a, b) => a - b)).toEqual(absent);
          }
          rejectStep(model, state, search);
          expect(state.cost).toBe(costBefore);
          expect(routesOf(model, state)).toEqual(before);
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(exchanged).toBeGreaterThan(20);
  });
});
