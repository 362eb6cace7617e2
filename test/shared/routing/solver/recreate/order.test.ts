import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import { seededRandom } from '../../../../../shared/routing/solver/random.ts';
import { orderRuined } from '../../../../../shared/routing/solver/recreate/order.ts';
import { ruinScratch } from '../../../../../shared/routing/solver/ruin/ruined.ts';
import { generatedProblem } from '../../generated-problem.ts';

describe('the order in which stops come back', () => {
  it('has each of them once', () =>
    fc.assert(
      fc.property(generatedProblem({ stops: 12, roads: 'metric' }), fc.integer(), (problem, seed) => {
        const model = compileModel(problem);
        const ruined = ruinScratch(model);
        const removed = [...problem.stops.keys()].filter((stop) => stop % 3 !== 1);
        ruined.stops.set(removed);
        ruined.count = removed.length;
        orderRuined(model, ruined, seededRandom(seed));
        expect(ruined.count).toBe(removed.length);
        expect([...ruined.stops.subarray(0, ruined.count)].sort((a, b) => a - b)).toEqual(removed);
      }),
    ));

  it('is another one from time to time', () => {
    const [problem] = fc.sample(
      generatedProblem({ stops: 12, roads: 'metric' }).filter(({ stops }) => stops.length > 6),
      { numRuns: 1, seed: 5 },
    );
    if (problem === undefined) throw new Error('nothing generated');
    const model = compileModel(problem);
    const random = seededRandom(1);
    const orders = Array.from({ length: 40 }, () => {
      const ruined = ruinScratch(model);
      ruined.stops.set(problem.stops.keys().toArray());
      ruined.count = problem.stops.length;
      orderRuined(model, ruined, random);
      return ruined.stops.join(' ');
    });
    expect(new Set(orders).size).toBeGreaterThan(10);
  });
});
