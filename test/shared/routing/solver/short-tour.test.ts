import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../shared/routing/solver/model/compile-model.ts';
import { shortTour } from '../../../../shared/routing/solver/short-tour.ts';
import { generatedProblem } from '../generated-problem.ts';

describe('a short tour', () => {
  it('visits every stop once and is no longer, there and back, than the order it begins with', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.constantFrom('any', 'metric'), fc.nat(), (stops, roads, seed) => {
        const [problem] = fc.sample(generatedProblem({ stops, roads }), { numRuns: 1, seed });
        if (problem === undefined) throw new Error('nothing generated');
        const model = compileModel(problem);
        const weigh = (from: number, to: number): number => model.weightOut[from * model.placeCount + to] as number;
        const length = (order: readonly number[]): number =>
          order.reduce((sum, stop, at) => {
            const following = order[(at + 1) % order.length] as number;
            return sum + weigh(stop, following) + weigh(following, stop);
          }, 0);
        const tour = [...shortTour(model)];
        const numbers = Array.from({ length: model.stopCount }, (_, stop) => stop);
        expect([...tour].sort((a, b) => a - b)).toEqual(numbers);
        expect(length(tour)).toBeLessThanOrEqual(length(numbers) * (1 + 1e-6) + 1e-3);
      }),
      { numRuns: 60 },
    ));
});
