import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import type { Model } from '../../../../../shared/routing/solver/model/model.ts';
import type { VehicleType } from '../../../../../shared/routing/solver/model/vehicle-type.ts';
import { beforeService, boundsAtEnd, retreat } from '../../../../../shared/routing/solver/schedule/bounds.ts';
import { createLegs, writeLegs } from '../../../../../shared/routing/solver/schedule/legs.ts';
import { isBoundedPlainly, retreatStretch } from '../../../../../shared/routing/solver/schedule/retreat-stretch.ts';
import type { State } from '../../../../../shared/routing/solver/state/state.ts';
import { generatedProblem } from '../../generated-problem.ts';
import { dice, drawState, nodesOf, openRoutes } from '../drawn-states.ts';

/** Holds the latest arrivals of a route against those reckoned leg by leg; answers how many were. */
const compare = (model: Model, state: State, route: number): number => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const labels = model.mostBreaks + 1;
  if (!isBoundedPlainly(type, labels)) return 0;
  const bounds = new Float64Array(labels);
  boundsAtEnd(type, bounds);
  const latest = new Float64Array((model.stopCount + model.routeSlots) * labels);
  const stops = nodesOf(model, state, route).slice(1).reverse();
  const legs = createLegs(model.stopCount + model.routeSlots);
  for (const node of nodesOf(model, state, route)) writeLegs(model, state, legs, type, node);
  const sentinel = model.stopCount + route;
  retreatStretch(model, state, type, latest, labels, bounds, legs, stops[0] ?? sentinel, sentinel);
  let place = type.endPlace;
  for (const stop of stops) {
    const site = model.sites[state.siteAfter[stop] as number]?.place;
    for (const visit of site === undefined ? [stop] : [site, stop]) {
      retreat(model, type, bounds, visit, place);
      beforeService(model, type, bounds, visit);
      place = visit;
    }
    expect([...latest.subarray(stop * labels, (stop + 1) * labels)]).toEqual([...bounds]);
  }
  return stops.length;
};

describe('latest arrivals with at most one break', () => {
  it('are what going back leg by leg says', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        generatedProblem({ stops: 8, roads: 'any', without: ['travelProfiles'] }),
        dice,
        (problem, throws) => {
          const model = compileModel(problem);
          const state = drawState(model, throws());
          for (const route of openRoutes(state)) compared += compare(model, state, route);
        },
      ),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(100);
  });
});
