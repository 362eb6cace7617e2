import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import { createEvaluation } from '../../../../../shared/routing/solver/schedule/evaluation.ts';
import {
  priceWithItsSites,
  writeOrder,
  writeSites,
} from '../../../../../shared/routing/solver/schedule/price-order.ts';
import {
  createTimetable,
  type Timetable,
  updateTimetable,
} from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { detach, leaveOut } from '../../../../../shared/routing/solver/state/changes.ts';
import { commit, rollBack } from '../../../../../shared/routing/solver/state/journal.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { dice, drawState, drawTry, nodesOf, openRoutes, type Roll, take } from '../drawn-states.ts';

/** All that the timetable knows of a route; of numbers of breaks that are impossible, that alone. */
const pageOf = (model: Model, state: State, timetable: Timetable, route: number) =>
  nodesOf(model, state, route).map((node) => {
    const { labels } = timetable;
    const byBreaks = Array.from({ length: labels }, (_, taken) => {
      const at = node * labels + taken;
      const { time, waited, slack, driving } = timetable;
      return time[at] === Number.POSITIVE_INFINITY
        ? 'never'
        : [time, waited, slack, driving].map((figures) => figures[at]);
    });
    const isSentinel = node >= model.stopCount;
    return {
      node,
      byBreaks,
      latest: isSentinel ? undefined : [...timetable.latest.subarray(node * labels, (node + 1) * labels)],
      trip: [timetable.tripLitres, timetable.tripKg, timetable.tripUnits, timetable.tripStreams].map(
        (figures) => figures[node],
      ),
    };
  });

/** The stops between one emptying and the next. */
const tripsOf = (model: Model, state: State, route: number): readonly number[][] => {
  const trips: number[][] = [[]];
  for (const node of nodesOf(model, state, route)) {
    if (node < model.stopCount) trips.at(-1)?.push(node);
    if ((state.siteAfter[node] as number) >= 0) trips.push([]);
  }
  return trips;
};

/** Takes a stop out, puts one in, or has a vehicle empty elsewhere. */
const changeAnything = (model: Model, state: State, roll: Roll): void => {
  const served = openRoutes(state).flatMap((route) =>
    nodesOf(model, state, route).filter((node) => node < model.stopCount && model.isFixed[node] === 0),
  );
  const stop = served[roll(Math.max(1, served.length))];
  if (roll(2) === 0 && stop !== undefined) {
    detach(model, state, stop);
    leaveOut(model, state, stop);
    return;
  }
  const drawn = drawTry(model, state, roll);
  if (drawn !== undefined) take(model, state, drawn);
};

/** Brings the timetable up to date and holds it against a new one. */
const isAsIfReckonedAtOnce = (model: Model, state: State, kept: Timetable, route: number): boolean => {
  const whole = createTimetable(model);
  const cost = updateTimetable(model, state, kept, route);
  const wholeCost = updateTimetable(model, state, whole, route);
  if (wholeCost === Number.POSITIVE_INFINITY) return cost === wholeCost;
  expect(Math.abs(cost - wholeCost)).toBeLessThan(1e-6 * (1 + wholeCost));
  expect(pageOf(model, state, kept, route)).toEqual(pageOf(model, state, whole, route));
  for (const node of nodesOf(model, state, route)) expect(kept.saved[node]).toBe(whole.saved[node]);
  return kept.dayCost[route] === whole.dayCost[route];
};

describe('the timetable of a route', () => {
  it.each(['any', 'metric'] as const)(
    'is the same whether it was brought up to date after each change or reckoned at once (roads: %s)',
    (roads) =>
      fc.assert(
        fc.property(generatedProblem({ stops: 7, roads }), dice, (problem, throws) => {
          const roll = throws();
          const model = compileModel(problem);
          const state = drawState(model, roll);
          const kept = createTimetable(model);
          for (const route of openRoutes(state)) updateTimetable(model, state, kept, route);
          commit(state);
          for (let change = 0; change < 6; change += 1) {
            for (let more = roll(3); more >= 0; more -= 1) changeAnything(model, state, roll);
            const fails = openRoutes(state).map((route) => isAsIfReckonedAtOnce(model, state, kept, route));
            expect(fails).toEqual(fails.map(() => true));
            if (roll(3) > 0) continue;
            if (roll(2) === 0) rollBack(model, state);
            commit(state);
          }
        }),
        { numRuns: 300 },
      ),
  );

  it('costs what the same order of visits costs on its own', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 7, roads: 'metric' }), dice, (problem, throws) => {
        const model = compileModel(problem);
        const state = drawState(model, throws());
        const timetable = createTimetable(model);
        const evaluation = createEvaluation(model);
        for (const route of openRoutes(state)) {
          const length = writeOrder(model, state, evaluation, route, -1, -1);
          writeSites(model, state, evaluation, route);
          const alone = priceWithItsSites(evaluation, state.typeOf[route] as number, length);
          // It also looks at loads, which the timetable leaves to those who insert.
          if (alone === Number.POSITIVE_INFINITY) continue;
          expect(updateTimetable(model, state, timetable, route)).toBeCloseTo(alone, 4);
        }
      }),
      { numRuns: 200 },
    ));

  it('has the load of the whole trip at each of its stops', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 7, roads: 'metric' }), dice, (problem, throws) => {
        const model = compileModel(problem);
        const state = drawState(model, throws());
        const timetable = createTimetable(model);
        for (const route of openRoutes(state)) {
          if (updateTimetable(model, state, timetable, route) === Number.POSITIVE_INFINITY) continue;
          const before = model.types[state.typeOf[route] as number]?.dayBefore;
          const trips = tripsOf(model, state, route);
          const startsEmpty = (state.siteAfter[model.stopCount + route] as number) >= 0;
          trips.forEach((trip, at) => {
            const first = at === 0 && !startsEmpty ? (before?.litres ?? 0) : 0;
            const litres = trip.reduce((sum, stop) => sum + (model.litres[stop] as number), first);
            for (const stop of trip) expect(timetable.tripLitres[stop]).toBeCloseTo(litres, 9);
          });
        }
      }),
    ));
});
