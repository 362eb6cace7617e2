import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { settleRuined } from '../../../../../shared/routing/solver/search.ts';
import { admit, closeRoute, detach, insert, openRoute } from '../../../../../shared/routing/solver/state/changes.ts';
import { commit, rollBack } from '../../../../../shared/routing/solver/state/journal.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { build } from '../built-states.ts';
import { nodesOf, openRoutes, typesLeft } from '../drawn-states.ts';

/** Whether the vehicle may have all stops of the route on one trip. */
const holds = (model: Model, state: State, route: number): boolean => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const stops = nodesOf(model, state, route).slice(1);
  const { dayBefore } = type;
  let streams = dayBefore.streams;
  for (const stop of stops) {
    if (type.serves[stop] === 0 || ((model.conflicts[stop] as number) & streams) !== 0) return false;
    streams |= model.stream[stop] as number;
  }
  return (
    stops.length <= type.maxStops &&
    (state.litres[route] as number) <= type.maxLitres &&
    (state.litres[route] as number) + dayBefore.litres <= type.litres &&
    (state.kg[route] as number) + dayBefore.kg <= type.kg &&
    (state.units[route] as number) + dayBefore.units <= type.units
  );
};

/** The least that serving the stop adds to the cost, by driving through every place in every route and every other vehicle. */
const leastIncrease = (model: Model, state: State, stop: number): number => {
  const timetable = createTimetable(model);
  let least = Number.POSITIVE_INFINITY;
  const weigh = (route: number, after: number, before: number): void => {
    insert(model, state, stop, after, route);
    if (holds(model, state, route)) {
      least = Math.min(least, updateTimetable(model, state, timetable, route) - before);
    }
    detach(model, state, stop);
  };
  for (const route of openRoutes(state))
    for (const after of nodesOf(model, state, route)) {
      if (model.isFixed[state.next[after] as number] === 1) continue;
      weigh(route, after, state.routeCost[route] as number);
    }
  for (const type of typesLeft(model, state)) {
    const route = openRoute(model, state, type);
    weigh(route, model.stopCount + route, 0);
    closeRoute(state, route);
  }
  return least;
};

/** Draws that never look away from a place. */
const sober = () => 0.999;

describe('putting one stop back', () => {
  it('takes the cheapest place there is, or leaves it out where that is cheaper', () =>
    fc.assert(
      fc.property(
        generatedProblem({
          stops: 9,
          roads: 'metric',
          using: ['stopWindows'],
          without: ['timeCost', 'balance', 'maxDuty', 'maxDriving', 'releases', 'breaks'],
        }).map((problem) => ({ ...problem, disposalSites: [] })),
        fc.integer(),
        fc.nat(),
        (problem, seed, pick) => {
          const { model, state, search, ruined } = build(problem, seed);
          const served = openRoutes(state)
            .flatMap((route) => nodesOf(model, state, route).slice(1))
            .filter((stop) => model.isFixed[stop] === 0);
          fc.pre(served.length > 0 && !model.capacityOnly);
          const stop = served[pick % served.length] as number;
          const route = state.routeOf[stop] as number;
          detach(model, state, stop);
          const isPinned = model.types[state.typeOf[route] as number]?.isPinned === true;
          if (state.size[route] === 0 && !isPinned) closeRoute(state, route);
          ruined.stops[0] = stop;
          ruined.count = 1;
          settleRuined(model, state, search, ruined);
          fc.pre(ruined.count === 1);
          commit(state);
          const expected = Math.min(leastIncrease(model, state, stop), model.absencePenalty[stop] as number);
          rollBack(model, state);
          const before = state.cost;
          expect(search.recreate(state, ruined, sober, Number.POSITIVE_INFINITY, 'last')).toBe(true);
          expect(Math.abs(state.cost - before - expected)).toBeLessThan(1e-3 * (1 + Math.abs(expected)));
        },
      ),
      { numRuns: 250 },
    ));

  it('brings back what is admitted', () => {
    const [problem] = fc.sample(generatedProblem({ stops: 8, roads: 'metric' }), { numRuns: 1, seed: 3 });
    if (problem === undefined) throw new Error('nothing generated');
    const { model, state, search, ruined, random } = build(problem, 1);
    const [absent] = state.absent.subarray(0, state.absentCount);
    if (absent === undefined) return;
    admit(model, state, absent);
    ruined.stops[0] = absent;
    ruined.count = 1;
    search.recreate(state, ruined, random, Number.POSITIVE_INFINITY, 'last');
    const isSomewhere = (state.routeOf[absent] as number) >= 0 || (state.absentAt[absent] as number) >= 0;
    expect(isSomewhere).toBe(true);
  });
});
