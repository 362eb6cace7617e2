import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { fitsInTime } from '../../../../../shared/routing/solver/schedule/fits-in-time.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { generatedProblem, type Shape } from '../../generated-problem.ts';
import { dice, drawState, drawTry, type Roll, take } from '../drawn-states.ts';
import { wholeNumbers } from './every-break-plan.ts';

type Judgement = { readonly fits: boolean; readonly isDriven: boolean; readonly breaks: number };

/** What is said of a drawn insertion, and what driving the whole route with it says; nothing where the route is none before. */
const judge = (problem: CollectionProblem, roll: Roll): Judgement | undefined => {
  const model = compileModel(problem);
  const state = drawState(model, roll);
  const timetable = createTimetable(model);
  const drawn = drawTry(model, state, roll);
  if (drawn === undefined) return undefined;
  const { route, stop, after, siteBefore, siteBehind } = drawn;
  if (updateTimetable(model, state, timetable, route) === Number.POSITIVE_INFINITY) return undefined;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const fits = fitsInTime(model, state, timetable, type, stop, after, siteBefore, siteBehind);
  take(model, state, drawn);
  const isDriven = updateTimetable(model, state, createTimetable(model), route) < Number.POSITIVE_INFINITY;
  return { fits, isDriven, breaks: type.breaks.length };
};

const shape = (roads: Shape['roads']): Shape => ({
  stops: 8,
  roads,
  using: ['stopWindows', 'breaks'],
  without: ['maxDuty', 'maxDriving', 'releases', ...wholeNumbers],
});

/** Problems with enough time for some routes that nobody planned. */
const unhurried = (roads: Shape['roads']): fc.Arbitrary<CollectionProblem> =>
  generatedProblem(shape(roads)).map((problem) => ({
    ...problem,
    vehicles: problem.vehicles.map((vehicle) => ({
      ...vehicle,
      shift: [vehicle.shift[0], vehicle.shift[1] + 2 * 3_600],
    })),
  }));

describe('whether a stop fits in time', () => {
  it.each(['any', 'metric'] as const)('is what driving the whole route says (roads: %s)', (roads) =>
    fc.assert(
      fc.property(unhurried(roads), dice, (problem, throws) => {
        const judgement = judge(problem, throws());
        fc.pre(judgement !== undefined);
        const { fits, isDriven, breaks } = judgement as Judgement;
        // With two breaks still to take, the clock now and then sees no way where there is one.
        if (breaks < 2) expect(fits).toBe(isDriven);
        else if (!fits) expect(isDriven).toBe(false);
      }),
      { numRuns: 250 },
    ),
  );

  it('is asked of places that fit as of places that do not', () => {
    const drawn = fc.sample(fc.tuple(unhurried('metric'), dice), { numRuns: 500, seed: 1 });
    const judged = drawn.flatMap(([problem, throws]) => judge(problem, throws()) ?? []);
    expect(judged.filter(({ fits }) => fits).length).toBeGreaterThan(20);
    expect(judged.filter(({ fits }) => !fits).length).toBeGreaterThan(20);
    expect(judged.filter(({ fits, isDriven }) => fits !== isDriven).length / judged.length).toBeLessThan(0.02);
  });
});
