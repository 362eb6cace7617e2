import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { advance, type Clock, createClock, startClock } from '../../../../../shared/routing/solver/schedule/clock.ts';
import { createTimetable, updateTimetable } from '../../../../../shared/routing/solver/schedule/timetable.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { dice, drawState, nodesOf, openRoutes } from '../drawn-states.ts';

type Figures = Pick<Clock, 'time' | 'waited' | 'slack' | 'driving'>;

/** By number of breaks taken: when it is done, how long it waited and drove, and how much later it could have begun. */
const shown = (labels: number, at: number, { time, waited, slack, driving }: Figures): (readonly number[])[] =>
  Array.from({ length: labels }, (_, taken) =>
    time[at + taken] === Number.POSITIVE_INFINITY
      ? []
      : [time, waited, slack, driving].map((figures) => figures[at + taken] as number),
  );

/** Alike but for sums that were made in another order. */
const areAlike = (some: readonly number[], others: readonly number[]): boolean =>
  some.length === others.length &&
  some.every((figure, at) => figure === others[at] || Math.abs(figure - (others[at] as number)) < 1e-6);

/** Holds what was written for a route's nodes against a clock that goes leg by leg; answers at how many of them a break was taken or still to come. */
const compare = (model: Model, state: State, route: number): number => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const timetable = createTimetable(model);
  if (updateTimetable(model, state, timetable, route) === Number.POSITIVE_INFINITY) return 0;
  const clock = createClock(model);
  startClock(clock, type);
  let place = type.startPlace;
  let undecided = 0;
  for (const node of nodesOf(model, state, route)) {
    if (node < model.stopCount) {
      advance(model, type, clock, place, node, 0);
      place = node;
    }
    const page = shown(timetable.labels, node * timetable.labels, timetable);
    const onTheClock = shown(timetable.labels, 0, clock);
    expect(page.map((figures, taken) => areAlike(figures, onTheClock[taken] ?? []))).toEqual(page.map(() => true));
    if (page.length === 2 && page.every((figures) => figures.length > 0)) undecided += 1;
    const site = model.sites[state.siteAfter[node] as number];
    if (site === undefined) continue;
    advance(model, type, clock, place, site.place, 0);
    place = site.place;
  }
  return undecided;
};

/** A long day with one break in its middle, and windows that leave time to take it here or there. */
const withOneBreak = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  vehicles: problem.vehicles.map(({ maxDutySeconds: _duty, maxDrivingSeconds: _driving, ...vehicle }) => ({
    ...vehicle,
    shift: [0, 200_000],
    breaks: [{ window: [4_000, 40_000], seconds: 1_200 }],
  })),
});

describe('following a route', () => {
  it('shows at each node what the clock shows leg by leg', () => {
    let undecided = 0;
    fc.assert(
      fc.property(
        generatedProblem({ stops: 10, roads: 'metric', without: ['done', 'travelProfiles', 'releases'] }),
        dice,
        fc.boolean(),
        (problem, throws, asDrawn) => {
          const model = compileModel(asDrawn ? problem : withOneBreak(problem));
          const state = drawState(model, throws());
          for (const route of openRoutes(state)) undecided += compare(model, state, route);
        },
      ),
      { numRuns: 600 },
    );
    expect(undecided).toBeGreaterThan(200);
  });
});
