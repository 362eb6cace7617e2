import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { driveOn } from '../../../../../shared/routing/solver/schedule/drive-on.ts';
import { fitsInTime } from '../../../../../shared/routing/solver/schedule/fits-in-time.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import { generatedProblem } from '../../generated-problem.ts';
import type { FeatureName } from '../../problem-features.ts';
import { dice, drawState, drawTry, type Roll, take } from '../drawn-states.ts';
import { wholeNumbers } from './every-break-plan.ts';

type Comparison = { readonly told: number; readonly driven: number };

/** What the day of a drawn insertion that fits is said to cost, and what it costs once the stop is there; nothing where none fits. */
const compare = (problem: CollectionProblem, roll: Roll): Comparison | undefined => {
  const model = compileModel(problem);
  const state = drawState(model, roll);
  const timetable = createTimetable(model);
  const drawn = drawTry(model, state, roll);
  if (drawn === undefined) return undefined;
  const { route, stop, after, siteBefore, siteBehind } = drawn;
  if (updateTimetable(model, state, timetable, route) === Number.POSITIVE_INFINITY) return undefined;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  if (!fitsInTime(model, state, timetable, type, stop, after, siteBefore, siteBehind)) return undefined;
  const told = driveOn(model, state, timetable, type, route, stop, after, siteBefore, siteBehind);
  take(model, state, drawn);
  const then = createTimetable(model);
  if (updateTimetable(model, state, then, route) === Number.POSITIVE_INFINITY) return undefined;
  return { told, driven: then.dayCost[route] as number };
};

const isSame = ({ told, driven }: Comparison): boolean => Math.abs(told - driven) < 1e-6 * (1 + driven);

const problems = (without: readonly FeatureName[]): fc.Arbitrary<CollectionProblem> =>
  generatedProblem({
    stops: 9,
    roads: 'metric',
    without: ['maxDuty', 'maxDriving', 'releases', ...without, ...wholeNumbers],
  }).map((problem) => ({
    ...problem,
    vehicles: problem.vehicles.map((vehicle) => ({
      ...vehicle,
      costPerSecond: 1,
      shift: [vehicle.shift[0], vehicle.shift[1] + 4 * 3_600],
    })),
  }));

describe('driving on with a stop more', () => {
  it('says what the day costs then, where nothing has to wait for windows', () =>
    fc.assert(
      fc.property(problems(['stopWindows', 'zones', 'siteWindows', 'breaks']), dice, (problem, throws) => {
        const comparison = compare(problem, throws());
        fc.pre(comparison !== undefined);
        expect(comparison?.told).toBeCloseTo(comparison?.driven ?? Number.NaN, 4);
      }),
      { numRuns: 200 },
    ));

  it('and nearly always where windows and breaks make it wait', () => {
    const drawn = fc.sample(fc.tuple(problems([]), dice), { numRuns: 900, seed: 1 });
    const compared = drawn.flatMap(([problem, throws]) => compare(problem, throws()) ?? []);
    expect(compared.length).toBeGreaterThan(50);
    expect(compared.filter((comparison) => !isSame(comparison)).length / compared.length).toBeLessThan(0.02);
  });
});
