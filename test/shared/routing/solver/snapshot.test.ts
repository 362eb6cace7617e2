import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../shared/routing/solver/model/compile-model.ts';
import { keep, keepsakeOf, toSnapshot } from '../../../../shared/routing/solver/snapshot.ts';
import { admit, detach, leaveOut } from '../../../../shared/routing/solver/state/changes.ts';
import { commit } from '../../../../shared/routing/solver/state/journal.ts';
import { generatedProblem } from '../generated-problem.ts';
import { absentStops, dice, drawState, nodesOf, openRoutes } from './drawn-states.ts';

describe('a keepsake', () => {
  it('shows the routes as they were when it was kept, whatever the state became', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 8, roads: 'metric' }), dice, (problem, throws) => {
        const model = compileModel(problem);
        const roll = throws();
        const state = drawState(model, roll);
        const keepsake = keepsakeOf(drawState(model, roll));
        keep(keepsake, state);
        const routes = openRoutes(state).map((route) => {
          const nodes = nodesOf(model, state, route);
          return {
            type: state.typeOf[route],
            stops: nodes.slice(1),
            sites: nodes.map((node) => state.siteAfter[node]),
          };
        });
        const absent = absentStops(state);
        const { cost } = state;
        for (const stop of routes.flatMap(({ stops }) => stops)) {
          detach(model, state, stop);
          leaveOut(model, state, stop);
        }
        for (const stop of absent) admit(model, state, stop);
        commit(state);
        const kept = toSnapshot(model, keepsake);
        expect(keepsake.cost).toBe(cost);
        expect(kept.routes.map(({ type, stops, sites }) => ({ type, stops: [...stops], sites: [...sites] }))).toEqual(
          routes,
        );
        expect([...kept.absent]).toEqual(absent);
      }),
    ));
});
