import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruin } from '../../../../shared/routing/solver/ruin/adjacent-strings.ts';
import { rejectStep, settleRuined, tryStep } from '../../../../shared/routing/solver/search.ts';
import { commit } from '../../../../shared/routing/solver/state/journal.ts';
import { build, kinds, problems } from './built-states.ts';
import { absentStops, nodesOf, openRoutes } from './drawn-states.ts';
import { expectConsistent, picture } from './state-picture.ts';

type Built = ReturnType<typeof build>;

/** Every stop ahead is in one route or absent, and every route costs what driving it costs. */
const expectSettled = ({ model, state, search }: Built): void => {
  expectConsistent(model, state);
  const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
  const ahead = [...model.isDone.keys()].filter((stop) => model.isDone[stop] === 0);
  expect([...served, ...absentStops(state)].sort((a, b) => a - b)).toEqual(ahead);
  for (const route of openRoutes(state)) {
    const cost = state.routeCost[route] as number;
    expect(Math.abs(search.settle(state, route) - cost)).toBeLessThan(1e-6 * (1 + cost));
  }
};

describe.each(kinds)('a search (%s)', (kind) => {
  it('begins with a solution in which nothing is lost and every route costs what it costs', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        expectSettled(build(problem, seed));
      }),
      { numRuns: 40 },
    ));

  it('loses no stop in a step, and knows what its routes cost', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const { model, state, search, ruined, random } = built;
        fc.pre(model.stopCount > 0);
        for (let step = 0; step < 8; step += 1) {
          expect(tryStep(model, state, search, ruined, random, Number.POSITIVE_INFINITY)).toBe(true);
          expectSettled(built);
          commit(state);
        }
      }),
      { numRuns: 40 },
    ));

  it('accepts nothing at or above the limit, and then has everything as it was', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const { model, state, search, ruined, random } = built;
        fc.pre(model.stopCount > 0);
        for (let step = 0; step < 8; step += 1) {
          const before = picture(model, state);
          const limit = state.cost * (0.8 + 0.4 * random());
          if (tryStep(model, state, search, ruined, random, limit)) {
            expect(state.cost).toBeLessThan(limit);
            commit(state);
          } else expect(picture(model, state)).toEqual(before);
          expectSettled(built);
        }
      }),
      { numRuns: 40 },
    ));

  it('gives up putting stops back as soon as the cost has reached the limit', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const built = build(problem, seed);
        const { model, state, search, ruined, random } = built;
        fc.pre(model.stopCount > 0);
        const before = picture(model, state);
        ruin(model, state, ruined, random);
        settleRuined(model, state, search, ruined);
        fc.pre(ruined.count > 0);
        expect(search.recreate(state, ruined, random, state.cost, 'rarely')).toBe(false);
        for (const stop of ruined.stops.subarray(0, ruined.count)) expect(state.routeOf[stop]).toBe(-1);
        rejectStep(model, state, search);
        expect(picture(model, state)).toEqual(before);
        expectSettled(built);
      }),
      { numRuns: 40 },
    ));
});
