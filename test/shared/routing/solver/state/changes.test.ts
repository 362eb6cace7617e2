import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import {
  admit,
  closeRoute,
  detach,
  detachString,
  emptyState,
  exchangeTails,
  flip,
  insert,
  leaveOut,
  openRoute,
  retype,
  setRouteCost,
  setSite,
} from '../../../../../shared/routing/solver/state/changes.ts';
import { commit, rollBack } from '../../../../../shared/routing/solver/state/journal.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { problem as street, withVehicle } from '../../checker-street.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { absentStops, dice, nodesOf, openRoutes, type Roll, typesLeft } from '../drawn-states.ts';
import { expectConsistent, picture } from '../state-picture.ts';

/** A random change that the state allows now; stops in `loose` are neither absent nor in a route. */
const changeSomething = (model: Model, state: State, loose: number[], roll: Roll): void => {
  const routes = openRoutes(state);
  const served = routes.flatMap((route) => nodesOf(model, state, route).slice(1));
  const absent = absentStops(state);
  const types = typesLeft(model, state);
  const changed = routes.filter((route) => state.isTouched[route] === 1);
  // A vehicle that is out already stays so: its route is neither closed nor given to another.
  const isPinned = (type: number): boolean => model.types[type]?.isPinned === true;
  const free = routes.filter((route) => !isPinned(state.typeOf[route] as number));
  const empty = free.filter((route) => state.size[route] === 0);
  const others = types.filter((type) => !isPinned(type));
  const round = routes.filter((route) => state.startOf[route] === state.endOf[route]);
  const sameEnd = (route: number): number[] =>
    routes.filter((other) => other !== route && state.endOf[other] === state.endOf[route]);
  const paired = routes.filter((route) => sameEnd(route).length > 0);
  const from = <T>(items: readonly T[]): T => items[roll(items.length)] as T;
  const changes = [
    types.length > 0 && (() => openRoute(model, state, from(types))),
    empty.length > 0 && (() => closeRoute(state, from(empty))),
    loose.length > 0 &&
      routes.length > 0 &&
      (() => {
        const route = from(routes);
        insert(
          model,
          state,
          loose.splice(roll(loose.length), 1)[0] as number,
          from(nodesOf(model, state, route)),
          route,
        );
      }),
    served.length > 0 &&
      (() => {
        const stop = from(served);
        detach(model, state, stop);
        loose.push(stop);
      }),
    served.length > 0 &&
      (() => {
        const stop = from(served);
        const string = [stop];
        for (let next = stop; string.length < 4; string.push(next)) {
          if ((state.siteAfter[next] as number) >= 0) break;
          next = state.next[next] as number;
          if (next >= model.stopCount) break;
        }
        if (string.some((each) => (state.siteAfter[each] as number) >= 0)) return;
        detachString(model, state, Int32Array.from(string), 0, string.length);
        loose.push(...string);
      }),
    served.length > 0 &&
      (() => {
        const stop = from(served);
        setSite(state, stop, roll(model.sites.length + 1) - 1, state.routeOf[stop] as number);
      }),
    absent.length > 0 &&
      (() => {
        const stop = from(absent);
        admit(model, state, stop);
        loose.push(stop);
      }),
    loose.length > 0 && (() => leaveOut(model, state, loose.splice(roll(loose.length), 1)[0] as number)),
    others.length > 0 && free.length > 0 && (() => retype(model, state, from(free), from(others))),
    paired.length > 0 &&
      (() => {
        const route = from(paired);
        const other = from(sameEnd(route));
        exchangeTails(model, state, from(nodesOf(model, state, route)), from(nodesOf(model, state, other)));
      }),
    round.length > 0 && (() => flip(model, state, from(round))),
    changed.length > 0 && (() => setRouteCost(state, from(changed), roll(9_973))),
  ].filter((change) => change !== false);
  if (changes.length > 0) from(changes)();
};

const shape = { stops: 8, roads: 'plane' } as const;

describe('a state', () => {
  it('begins with every stop absent that is not done, and no route', () =>
    fc.assert(
      fc.property(generatedProblem(shape), (problem) => {
        const model = compileModel(problem);
        const state = emptyState(model);
        const ahead = [...model.isDone.keys()].filter((stop) => model.isDone[stop] === 0);
        expect(absentStops(state)).toEqual(ahead);
        expect(state.openCount).toBe(0);
        expectConsistent(model, state);
      }),
      { numRuns: 50 },
    ));

  it('keeps its sums and inverses through whatever changes', () =>
    fc.assert(
      fc.property(generatedProblem(shape), dice, (problem, throws) => {
        const model = compileModel(problem);
        const state = emptyState(model);
        const roll = throws();
        const free: number[] = [];
        for (let changes = 0; changes < 60; changes += 1) {
          changeSomething(model, state, free, roll);
          if (roll(20) === 0) commit(state);
        }
        expectConsistent(model, state);
      }),
    ));

  it('is what it was at the last commit, to the last bit, after a roll-back', () =>
    fc.assert(
      fc.property(generatedProblem(shape), dice, (problem, throws) => {
        const model = compileModel(problem);
        const state = emptyState(model);
        const roll = throws();
        const free: number[] = [];
        for (let rounds = 0; rounds < 4; rounds += 1) {
          for (let changes = roll(40); changes > 0; changes -= 1) changeSomething(model, state, free, roll);
          commit(state);
          const before = picture(model, state);
          const freeBefore = [...free];
          for (let changes = roll(60); changes > 0; changes -= 1) changeSomething(model, state, free, roll);
          rollBack(model, state);
          expect(picture(model, state)).toEqual(before);
          expectConsistent(model, state);
          free.splice(0, free.length, ...freeBefore);
        }
      }),
    ));

  it('takes more changes between two commits than its journal first had room for', () => {
    const model = compileModel(street);
    const state = emptyState(model);
    const before = picture(model, state);
    const route = openRoute(model, state, 0);
    admit(model, state, 0);
    for (let times = 0; times < 1_000; times += 1) {
      insert(model, state, 0, model.stopCount + route, route);
      detach(model, state, 0);
    }
    insert(model, state, 0, model.stopCount + route, route);
    expectConsistent(model, state);
    rollBack(model, state);
    expect(picture(model, state)).toEqual(before);
  });

  it('has nothing to undo right after a commit', () => {
    const model = compileModel(street);
    const state = emptyState(model);
    openRoute(model, state, 0);
    commit(state);
    const before = picture(model, state);
    rollBack(model, state);
    expect(picture(model, state)).toEqual(before);
    expect(state.openCount).toBe(1);
  });
});

describe('a disposal visit', () => {
  const routeOfBoth = (problem = street) => {
    const model = compileModel(problem);
    const state = emptyState(model);
    const route = openRoute(model, state, 0);
    const start = model.stopCount + route;
    const ahead = absentStops(state).sort((a, b) => a - b);
    let after = start;
    for (const stop of ahead) {
      admit(model, state, stop);
      insert(model, state, stop, after, route);
      after = stop;
    }
    return { model, state, route, start };
  };

  it('moves to the stop before when its stop is taken out', () => {
    const { model, state, route } = routeOfBoth();
    setSite(state, 1, 0, route);
    detach(model, state, 1);
    expect([state.siteAfter[0], state.siteAfter[1]]).toEqual([0, -1]);
  });

  it('is dropped where the stop before has one', () => {
    const { model, state, route } = routeOfBoth();
    setSite(state, 0, 0, route);
    setSite(state, 1, 0, route);
    detach(model, state, 1);
    expect([state.siteAfter[0], state.siteAfter[1]]).toEqual([0, -1]);
  });

  it('is dropped where the vehicle then has nothing on board', () => {
    const { model, state, route, start } = routeOfBoth();
    setSite(state, 0, 0, route);
    detach(model, state, 0);
    expect([state.siteAfter[start], state.siteAfter[0]]).toEqual([-1, -1]);
  });

  it('stays right at the start of a vehicle that is loaded', () => {
    const done = [{ kind: 'stop', id: 'near', arrivesAt: 100, serviceStartsAt: 100, departsAt: 160 }];
    const { model, state, route, start } = routeOfBoth(withVehicle({ done }));
    setSite(state, 1, 0, route);
    detach(model, state, 1);
    expect([state.siteAfter[start], state.siteAfter[1]]).toEqual([0, -1]);
    rollBack(model, state);
  });
});
