import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { feesOf, measureDetour } from '../../../../../shared/routing/solver/recreate/place-cost.ts';
import { createEvaluation } from '../../../../../shared/routing/solver/schedule/evaluation.ts';
import {
  priceWithItsSites,
  writeOrder,
  writeSites,
} from '../../../../../shared/routing/solver/schedule/price-order.ts';
import {
  createTimetable,
  type Timetable,
  updateAround,
  updateTimetable,
} from '../../../../../shared/routing/solver/schedule/timetable.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { dice, drawState, drawTry, nodesOf, openRoutes, type Try, take } from '../drawn-states.ts';

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

/** What an insertion costs apart from time. */
const moneyFor = (model: Model, state: State, { route, stop, after, siteBefore, siteBehind }: Try): number => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  const detour = { metres: 0, seconds: 0, fees: 0 };
  measureDetour(model, state, type, stop, after, siteBefore, siteBehind, detour);
  return type.costPerMetre * detour.metres + detour.fees + feesOf(model, state, typeIndex, stop, after, siteBehind);
};

/** The stops between one emptying and the next. */
const tripsOf = (model: Model, state: State, route: number): readonly number[][] => {
  const trips: number[][] = [[]];
  for (const node of nodesOf(model, state, route)) {
    if (node < model.stopCount) trips.at(-1)?.push(node);
    if ((state.siteAfter[node] as number) >= 0) trips.push([]);
  }
  return trips;
};

describe('the timetable of a route', () => {
  it.each(['any', 'metric'] as const)(
    'is the same whether it was brought up to date around an insertion or as a whole (roads: %s)',
    (roads) =>
      fc.assert(
        fc.property(generatedProblem({ stops: 7, roads }), dice, (problem, throws) => {
          const roll = throws();
          const model = compileModel(problem);
          const state = drawState(model, roll);
          const drawn = drawTry(model, state, roll);
          fc.pre(drawn !== undefined);
          if (drawn === undefined) return;
          const { route, stop, after, siteBefore, siteBehind } = drawn;
          const visits = (...sites: number[]): number => sites.filter((site) => site >= 0).length;
          const moreDisposals = visits(siteBefore, siteBehind) - visits(state.siteAfter[after] as number);
          const kept = createTimetable(model);
          fc.pre(updateTimetable(model, state, kept, route) < Number.POSITIVE_INFINITY);
          const money = moneyFor(model, state, drawn);
          take(model, state, drawn);
          const cost = updateAround(model, state, kept, route, stop, money, moreDisposals);
          const whole = createTimetable(model);
          const wholeCost = updateTimetable(model, state, whole, route);
          if (wholeCost === Number.POSITIVE_INFINITY) {
            expect(cost).toBe(wholeCost);
            return;
          }
          expect(Math.abs(cost - wholeCost)).toBeLessThan(1e-6 * (1 + wholeCost));
          expect(pageOf(model, state, kept, route)).toEqual(pageOf(model, state, whole, route));
          for (const node of nodesOf(model, state, route)) {
            expect(kept.saved[node]).toBeCloseTo(whole.saved[node] as number, 6);
          }
          expect(kept.money[route]).toBeCloseTo(whole.money[route] as number, 4);
          expect(kept.disposals[route]).toBe(whole.disposals[route]);
          expect(kept.dayCost[route]).toBe(whole.dayCost[route]);
        }),
        { numRuns: 200 },
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
