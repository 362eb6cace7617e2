import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayRecombine } from '../../../../../shared/routing/solver/anneal-in-rounds.ts';
import { recombine } from '../../../../../shared/routing/solver/recombine/recombine.ts';
import {
  createRoutePool,
  findInPool,
  rememberRoutes,
} from '../../../../../shared/routing/solver/recombine/route-pool.ts';
import { stateOf } from '../../../../../shared/routing/solver/restore.ts';
import { tryStep } from '../../../../../shared/routing/solver/search.ts';
import { commit } from '../../../../../shared/routing/solver/state/journal.ts';
import { build } from '../built-states.ts';
import { absentStops, capacityProblem, nodesOf, openRoutes } from '../drawn-states.ts';
import { expectConsistent } from '../state-picture.ts';

const VEHICLES = 5;

/** Vehicles of one type, so many that the pool has more than one way to share the stops out. */
const oneType = capacityProblem(24).map((problem) => ({
  ...problem,
  vehicles: problem.vehicles.slice(0, 1).map((vehicle) => ({ ...vehicle, count: VEHICLES })),
}));

/** A state after some steps that take whatever comes, with the routes of each solution on the way in a pool. */
const walked = (problem: Parameters<typeof build>[0], seed: number, steps: number) => {
  const built = build(problem, seed);
  const { model, state, search, ruined, random } = built;
  fc.pre(model.stopCount > 0 && mayRecombine(model));
  const pool = createRoutePool(model);
  for (let step = 0; step < steps; step += 1) {
    tryStep(model, state, search, ruined, random, Number.POSITIVE_INFINITY);
    commit(state);
    rememberRoutes(model, state, pool);
  }
  return { ...built, pool };
};

describe('routes of a pool', () => {
  it('are known again by their stops, at a cost no higher than that of any order seen', () =>
    fc.assert(
      fc.property(oneType, fc.integer(), (problem, seed) => {
        const { model, state, pool } = walked(problem, seed, 10);
        for (const route of openRoutes(state)) {
          const known = findInPool(model, state, pool, route);
          const stops = [...pool.stops.subarray(pool.first[known], pool.first[known + 1])];
          expect(stops.sort((a, b) => a - b)).toEqual(
            nodesOf(model, state, route)
              .slice(1)
              .sort((a, b) => a - b),
          );
          expect(pool.cost[known]).toBeLessThanOrEqual((state.routeCost[route] as number) + 1e-9);
        }
      }),
      { numRuns: 30 },
    ));

  it('are recombined into a cheaper solution that serves the same stops with vehicles there are, or not at all', () => {
    let improved = 0;
    fc.assert(
      fc.property(oneType, fc.integer(), (problem, seed) => {
        const { model, state, search, random, pool } = walked(problem, seed, 30);
        const routes = recombine(model, state, pool, random, 10);
        if (routes === undefined) return;
        improved += 1;
        expect(routes.length).toBeLessThanOrEqual(VEHICLES);
        const better = stateOf(model, search, routes);
        expectConsistent(model, better);
        expect(better.cost).toBeLessThan(state.cost);
        expect(absentStops(better).sort((a, b) => a - b)).toEqual(absentStops(state).sort((a, b) => a - b));
        for (const route of openRoutes(better)) {
          expect(better.litres[route] as number).toBeLessThanOrEqual(model.types[0]?.mostLitres as number);
        }
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(improved).toBeGreaterThan(5);
  });
});
