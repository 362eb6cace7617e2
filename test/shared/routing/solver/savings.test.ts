import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../shared/routing/solver/model/compile-model.ts';
import { rankMerges, savingsRoutes } from '../../../../shared/routing/solver/savings.ts';
import { capacityProblem } from './drawn-states.ts';

describe('routes by savings', () => {
  it('have every stop once, fit the vehicle unless one stop alone does not, and are no longer than a trip each', () =>
    fc.assert(
      fc.property(capacityProblem(14), (problem) => {
        const model = compileModel(problem);
        const [type] = model.types;
        if (type === undefined) throw new Error('no vehicle');
        const routes = savingsRoutes(model, 0, rankMerges(model, 0));
        expect(routes.flat().sort((a, b) => a - b)).toEqual([...problem.stops.keys()]);
        const way = (from: number, to: number): number => model.distance[from * model.placeCount + to] as number;
        const metres = (stops: readonly number[]): number =>
          [type.startPlace, ...stops].reduce((sum, place, at) => sum + way(place, stops[at] ?? type.endPlace), 0);
        for (const route of routes) {
          const litres = route.reduce((sum, stop) => sum + (model.litres[stop] as number), 0);
          const kg = route.reduce((sum, stop) => sum + (model.kg[stop] as number), 0);
          if (route.length > 1) {
            expect(litres).toBeLessThanOrEqual(Math.min(type.litres, type.maxLitres));
            expect(kg).toBeLessThanOrEqual(type.kg);
          }
          const apart = route.reduce((sum, stop) => sum + metres([stop]), 0);
          expect(metres(route)).toBeLessThanOrEqual(apart + 1e-9);
        }
      }),
    ));
});
