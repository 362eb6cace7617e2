import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasTimeForWaiting, hasTimeWithout } from '../../../../shared/routing/solver/time-for-fewer.ts';
import { generatedProblem } from '../generated-problem.ts';
import { build } from './built-states.ts';
import { capacityProblem, openRoutes } from './drawn-states.ts';

const built = (problem: Parameters<typeof build>[0]) => {
  const all = build(problem, 1);
  fc.pre(all.state.openCount > 1);
  return all;
};

describe('whether other vehicles have the time for what one does', () => {
  it('is a yes where nobody asks the clock', () =>
    fc.assert(
      fc.property(capacityProblem(10), (problem) => {
        const { model, state, search } = built(problem);
        for (const route of openRoutes(state)) expect(hasTimeWithout(model, state, search, route, 0, 0)).toBe(true);
        expect(hasTimeForWaiting(model, state, search, 0)).toBe(true);
      }),
      { numRuns: 20 },
    ));

  it('is a no where all days are full, and a yes where they are long enough for all, or still hot enough', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 12, roads: 'metric', without: ['maxDuty'] }), (problem) => {
        const { model, state, search } = built(problem);
        const { busySeconds } = search;
        fc.pre(busySeconds !== undefined);
        const routes = openRoutes(state);
        const type = (route: number) => model.types[state.typeOf[route] as number];
        const busy = (route: number): number => busySeconds?.(state, route) ?? 0;
        const days = (route: number): number => (type(route)?.shiftTo ?? 0) - (type(route)?.leavesFrom ?? 0);
        const breaks = (route: number): number =>
          type(route)?.breaks.reduce((sum, { seconds }) => sum + seconds, 0) ?? 0;
        const total = routes.reduce((sum, route) => sum + busy(route), 0);
        for (const route of routes) {
          expect(busy(route)).toBeLessThanOrEqual(days(route) + 1e-6);
          const needed = total - breaks(route);
          const others = routes.reduce((sum, other) => sum + (other === route ? 0 : days(other)), 0);
          expect(hasTimeWithout(model, state, search, route, 0, 0)).toBe(needed <= others);
          // What is hot has time to win yet, but no more than at a leg of heat; each failure asks for more.
          const [warm, hot, hotter] = [0.5, 1, 5].map((heat) => hasTimeWithout(model, state, search, route, heat, 0));
          expect([warm, hot, hotter]).toEqual([needed <= others * 1.0175, needed <= others * 1.035, hot]);
          expect(hasTimeWithout(model, state, search, route, 0, 2)).toBe(needed <= others * 0.97);
        }
      }),
      { numRuns: 60 },
    ));
});
