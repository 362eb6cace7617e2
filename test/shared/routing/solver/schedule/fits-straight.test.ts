import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { fitsStraight } from '../../../../../shared/routing/solver/schedule/fits-straight.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { dice, drawState, drawTry, type Roll, take } from '../drawn-states.ts';
import { wholeNumbers } from './every-break-plan.ts';

/** Problems in which windows, breaks and the end of the shift alone bind a day. */
const problems = generatedProblem({
  stops: 8,
  roads: 'any',
  using: ['stopWindows'],
  without: ['maxDuty', 'maxDriving', ...wholeNumbers],
});

const judge = (problem: CollectionProblem, roll: Roll) => {
  const model = compileModel(problem);
  const state = drawState(model, roll);
  const timetable = createTimetable(model);
  const drawn = drawTry(model, state, roll);
  if (drawn === undefined) return undefined;
  const { route, stop, after, siteBefore, siteBehind } = drawn;
  if (updateTimetable(model, state, timetable, route) === Number.POSITIVE_INFINITY) return undefined;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const says = fitsStraight(model, state, timetable, type, stop, after, siteBefore, siteBehind);
  take(model, state, drawn);
  const told = updateTimetable(model, state, timetable, route, after, state.next[stop] as number);
  const reckoned = updateTimetable(model, state, createTimetable(model), route);
  return { says, isDriven: reckoned < Number.POSITIVE_INFINITY, told, reckoned };
};

describe('whether a stop fits without a break on the way', () => {
  it('is what driving the whole route says, unless it is unclear', () =>
    fc.assert(
      fc.property(problems, dice, (problem, throws) => {
        const judged = judge(problem, throws());
        fc.pre(judged !== undefined && judged.says !== 'unclear');
        expect(judged?.says).toBe(judged?.isDriven);
      }),
      { numRuns: 120 },
    ));

  it('is clear and not, a yes and a no, in drawn problems', () => {
    const drawn = fc.sample(fc.tuple(problems, dice), { numRuns: 400, seed: 1 });
    const said = drawn.map(([problem, throws]) => judge(problem, throws())?.says);
    for (const answer of [true, false, 'unclear'] as const) {
      expect(said.filter((one) => one === answer).length).toBeGreaterThan(10);
    }
  });
});

describe('a timetable that is told where its route has changed', () => {
  it('is what it would be had it looked for the place', () =>
    fc.assert(
      fc.property(problems, dice, (problem, throws) => {
        const judged = judge(problem, throws());
        fc.pre(judged !== undefined);
        const { told, reckoned } = judged as NonNullable<typeof judged>;
        if (reckoned === Number.POSITIVE_INFINITY) expect(told).toBe(reckoned);
        else expect(Math.abs(told - reckoned)).toBeLessThan(1e-6 * (1 + reckoned));
      }),
      { numRuns: 120 },
    ));
});
