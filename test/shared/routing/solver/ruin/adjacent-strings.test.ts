import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruin } from '../../../../../shared/routing/solver/ruin/adjacent-strings.ts';
import { detach, leaveOut } from '../../../../../shared/routing/solver/state/changes.ts';
import { commit } from '../../../../../shared/routing/solver/state/journal.ts';
import { build, kinds, problems } from '../built-states.ts';
import { absentStops, nodesOf, openRoutes } from '../drawn-states.ts';

describe.each(kinds)('removing strings of stops (%s)', (kind) => {
  it('takes them out of their routes, but none whose place is settled', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const { model, state, ruined, random } = build(problem, seed);
        fc.pre(model.stopCount > 0);
        const fixed = openRoutes(state).map((route) => [
          route,
          nodesOf(model, state, route).filter((node) => model.isFixed[node] === 1),
        ]);
        ruin(model, state, ruined, random);
        const removed = [...ruined.stops.subarray(0, ruined.count)];
        expect(new Set(removed).size).toBe(removed.length);
        for (const stop of removed) {
          expect(state.routeOf[stop]).toBe(-1);
          expect(model.isFixed[stop]).toBe(0);
          expect(model.isDone[stop]).toBe(0);
        }
        for (const [route, stops] of fixed as [number, number[]][]) {
          if (stops.length > 0) expect(nodesOf(model, state, route).slice(1, stops.length + 1)).toEqual(stops);
        }
        const served = openRoutes(state).flatMap((route) => nodesOf(model, state, route).slice(1));
        const ahead = [...model.isDone.keys()].filter((stop) => model.isDone[stop] === 0);
        expect([...removed, ...served, ...absentStops(state)].sort((a, b) => a - b)).toEqual(ahead);
      }),
      { numRuns: 50 },
    ));

  it('takes a vehicle back whose route it emptied, unless it is out already', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), (problem, seed) => {
        const { model, state, ruined, random } = build(problem, seed);
        fc.pre(model.stopCount > 0);
        const pinned = openRoutes(state).filter((route) => model.types[state.typeOf[route] as number]?.isPinned);
        for (let times = 0; times < 5; times += 1) ruin(model, state, ruined, random);
        const open = openRoutes(state);
        expect(open).toEqual(expect.arrayContaining(pinned));
        expect(open.filter((route) => state.size[route] === 0 && !pinned.includes(route))).toEqual([]);
      }),
      { numRuns: 50 },
    ));

  it('gives stops that are waiting another chance, all of them where they are few', () =>
    fc.assert(
      fc.property(problems[kind], fc.integer(), fc.integer({ min: 1, max: 8 }), (problem, seed, few) => {
        const { model, state, ruined, random } = build(problem, seed);
        const served = [...state.routeOf.keys()].filter(
          (stop) => (state.routeOf[stop] as number) >= 0 && model.isFixed[stop] === 0,
        );
        const left = Math.min(few - state.absentCount, served.length);
        fc.pre(left > 0);
        for (const stop of served.slice(0, left)) {
          detach(model, state, stop);
          leaveOut(model, state, stop);
        }
        commit(state);
        const waiting = absentStops(state);
        ruin(model, state, ruined, random);
        expect([...ruined.stops.subarray(0, ruined.count)]).toEqual(expect.arrayContaining(waiting));
        expect(state.absentCount).toBe(0);
      }),
      { numRuns: 50 },
    ));
});
