import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { createDistanceSearch, hasRoom } from '../../../../../shared/routing/solver/recreate/distance-search.ts';
import {
  costByDistance,
  recreateByDistance,
} from '../../../../../shared/routing/solver/recreate/recreate-by-distance.ts';
import { settleRuined } from '../../../../../shared/routing/solver/search.ts';
import { closeRoute, detach, insert, openRoute } from '../../../../../shared/routing/solver/state/changes.ts';
import { commit, rollBack } from '../../../../../shared/routing/solver/state/journal.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { build } from '../built-states.ts';
import { capacityProblem, nodesOf, openRoutes, typesLeft } from '../drawn-states.ts';

/** Vehicles all alike that may serve every stop, with litres alone to bound what rides together. */
const alike = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  stops: problem.stops.map(({ id, location, serviceSeconds, load, stream, prize }) => ({
    id,
    location,
    serviceSeconds,
    load: { litres: Math.min(load.litres, problem.vehicles[0]?.capacity.litres ?? 0), kg: 0 },
    stream,
    ...(prize === undefined ? {} : { prize }),
  })),
  vehicles: problem.vehicles
    .slice(0, 1)
    .map(({ zones: _zones, compactionRatio: _ratio, ...vehicle }) => ({ ...vehicle, count: 4 })),
});

const fleets: Record<string, fc.Arbitrary<CollectionProblem>> = {
  'of one kind': capacityProblem(14).map(alike),
  mixed: capacityProblem(12),
};

/** The least that serving the stop adds to the cost, by trying every place in every route and every other vehicle. */
const leastIncrease = (model: Model, state: State, stop: number): number => {
  let least = Number.POSITIVE_INFINITY;
  const weigh = (route: number, after: number, before: number): void => {
    const type = state.typeOf[route] as number;
    if (!hasRoom(model, state, model.types[type] as VehicleType, stop, route)) return;
    insert(model, state, stop, after, route);
    least = Math.min(least, costByDistance(model, state, route, type) - before);
    detach(model, state, stop);
  };
  for (const route of openRoutes(state))
    for (const after of nodesOf(model, state, route)) weigh(route, after, state.routeCost[route] as number);
  for (const type of typesLeft(model, state)) {
    const route = openRoute(model, state, type);
    weigh(route, model.stopCount + route, 0);
    closeRoute(state, route);
  }
  return least;
};

/** Draws that never look away from a vehicle. */
const sober = () => 0.999;

describe('putting one stop back by distance', () => {
  it.each(Object.entries(fleets))('takes the cheapest place there is, or leaves it out: fleet %s', (name, problems) =>
    fc.assert(
      fc.property(problems, fc.integer(), fc.nat(), (problem, seed, pick) => {
        const { model, state, search, ruined } = build(problem, seed);
        expect(model.capacityOnly).toBe(true);
        const byDistance = createDistanceSearch(model);
        if (name === 'of one kind') expect(byDistance.isPlain).toBe(true);
        byDistance.blinks.left = Number.POSITIVE_INFINITY;
        const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
        fc.pre(served.length > 0);
        const stop = served[pick % served.length] as number;
        const route = state.routeOf[stop] as number;
        detach(model, state, stop);
        if (state.size[route] === 0) closeRoute(state, route);
        ruined.stops[0] = stop;
        ruined.count = 1;
        settleRuined(model, state, search, ruined);
        fc.pre(ruined.count === 1);
        commit(state);
        const expected = Math.min(leastIncrease(model, state, stop), model.absencePenalty[stop] as number);
        rollBack(model, state);
        const before = state.cost;
        expect(recreateByDistance(model, state, ruined, byDistance, sober, Number.POSITIVE_INFINITY)).toBe(true);
        expect(Math.abs(state.cost - before - expected)).toBeLessThan(1e-3 * (1 + Math.abs(expected)));
      }),
      { numRuns: 250 },
    ),
  );
});
