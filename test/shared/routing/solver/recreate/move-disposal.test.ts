import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import {
  findMovedDisposal,
  metresOfMove,
  noMovedDisposal,
} from '../../../../../shared/routing/solver/recreate/move-disposal.ts';
import { movedFee } from '../../../../../shared/routing/solver/recreate/place-cost.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { admit, insert, setSite } from '../../../../../shared/routing/solver/state/changes.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { absentStops, dice, drawState, nodesOf, openRoutes, type Roll } from '../drawn-states.ts';

/** A route that ends empty, a stop for it and a place within one of its trips. */
const drawPlace = (model: Model, state: State, roll: Roll) => {
  const [route] = openRoutes(state);
  const [stop] = absentStops(state);
  if (route === undefined || stop === undefined || state.size[route] === 0) return undefined;
  setSite(state, state.prev[model.stopCount + route] as number, roll(model.sites.length), route);
  const places = nodesOf(model, state, route).filter((node) => (state.siteAfter[node] as number) < 0);
  const after = places[roll(places.length)];
  return after === undefined ? undefined : { route, stop, after };
};

/** What makes routes drawn by chance impossible. */
const ofTheClock = [
  'releases',
  'stopWindows',
  'siteWindows',
  'zones',
  'breaks',
  'maxDuty',
  'maxDriving',
  'done',
] as const;

describe('moving a disposal visit to make room', () => {
  it('leaves no trip overloaded that was not, and costs what it says', () => {
    let found = 0;
    fc.assert(
      fc.property(generatedProblem({ stops: 9, roads: 'metric', without: ofTheClock }), dice, (problem, throws) => {
        const roll = throws();
        const model = compileModel(problem);
        if (model.sites.length === 0) return;
        const state = drawState(model, roll);
        const drawn = drawPlace(model, state, roll);
        if (drawn === undefined) return;
        const { route, stop, after } = drawn;
        const timetable = createTimetable(model);
        const typeIndex = state.typeOf[route] as number;
        const type = model.types[typeIndex] as VehicleType;
        const isOver = (node: number): boolean =>
          (timetable.tripLitres[node] as number) > type.litres || (timetable.tripKg[node] as number) > type.kg;
        const moneyNow = (): number =>
          updateTimetable(model, state, timetable, route) - (timetable.dayCost[route] as number);
        const before = moneyNow();
        const fits = !nodesOf(model, state, route).some(isOver);
        const moved = noMovedDisposal();
        if (before === Number.POSITIVE_INFINITY) return;
        if (!findMovedDisposal(model, state, timetable, type, stop, after, moved)) return;
        const metres = metresOfMove(model, state, type, stop, after, moved.from, moved.to, moved.site);
        const money = type.costPerMetre * metres + moved.fees + movedFee(model, typeIndex, stop);
        admit(model, state, stop);
        insert(model, state, stop, after, route);
        setSite(state, moved.from, -1, route);
        setSite(state, moved.to, moved.site, route);
        const then = moneyNow();
        if (then === Number.POSITIVE_INFINITY) return;
        found += 1;
        expect(fits && nodesOf(model, state, route).some(isOver)).toBe(false);
        expect(then - before).toBeCloseTo(money, 4);
      }),
      { numRuns: 4_000, seed: 5 },
    );
    expect(found).toBeGreaterThan(5);
  });
});
