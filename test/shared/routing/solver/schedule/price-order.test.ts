import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CollectionProblem, collectionProblemSchema } from '../../../../../shared/routing/problem.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import { createDisposalScratch } from '../../../../../shared/routing/solver/schedule/disposal-scratch.ts';
import { createEvaluation } from '../../../../../shared/routing/solver/schedule/evaluation.ts';
import { priceOrder } from '../../../../../shared/routing/solver/schedule/price-order.ts';

const CAPACITY = 100;

/** Depot at location 0, two disposal sites at 1 and 2, twenty stops behind them, no clock that binds. */
const longDay: fc.Arbitrary<CollectionProblem> = fc
  .record({
    points: fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)), { minLength: 23, maxLength: 23 }),
    litres: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 20, maxLength: 20 }),
    costPerVisit: fc.nat(300),
  })
  .map(({ points, litres, costPerVisit }) => {
    const metres = points.map(([x, y]) => points.map(([u, v]) => Math.abs(x - u) + Math.abs(y - v)));
    return collectionProblemSchema.parse({
      name: 'long day',
      travelSource: 'generated',
      locations: points.map((_, index) => ({ id: String(index) })),
      distanceMetres: metres,
      durationSeconds: metres,
      vehicles: [
        {
          id: 'v',
          type: 'v',
          startLocation: 0,
          endLocation: 0,
          capacity: { litres: CAPACITY, kg: 0 },
          shift: [0, 1e6],
        },
      ],
      stops: litres.map((each, index) => ({ id: `s${index}`, location: index + 3, load: { litres: each, kg: 0 } })),
      disposalSites: [1, 2].map((location) => ({ id: `d${location}`, location, costPerVisit })),
    });
  });

/** The least cost of emptying along a fixed order, trip by trip: least[i] = everything up to stop i is delivered. */
const leastCost = ({ distanceMetres, stops, disposalSites }: CollectionProblem): number => {
  const metres = (from: number, to: number): number => distanceMetres[from]?.[to] ?? Number.NaN;
  const place = (index: number): number => stops[index]?.location ?? 0;
  const viaSite = (from: number, to: number): number =>
    Math.min(
      ...disposalSites.map(
        ({ location, costPerVisit }) => metres(from, location) + costPerVisit + metres(location, to),
      ),
    );
  const least = [metres(0, place(0))];
  for (let end = 1; end <= stops.length; end += 1) {
    const options = [];
    let litres = 0;
    let driven = 0;
    for (let start = end - 1; start >= 0; start -= 1) {
      litres += stops[start]?.load.litres ?? 0;
      if (litres > CAPACITY) break;
      options.push((least[start] ?? 0) + driven + viaSite(place(end - 1), end === stops.length ? 0 : place(end)));
      if (start > 0) driven += metres(place(start - 1), place(start));
    }
    least.push(Math.min(...options));
  }
  return least.at(-1) ?? Number.NaN;
};

describe('emptying along a given order of stops', () => {
  it('costs what the best division into trips costs', () =>
    fc.assert(
      fc.property(longDay, (problem) => {
        const model = compileModel(problem);
        const pricing = { evaluation: createEvaluation(model), scratch: createDisposalScratch(model) };
        problem.stops.forEach((_, index) => {
          pricing.evaluation.stops[index + 1] = index;
        });
        const cost = priceOrder(pricing, 0, problem.stops.length, false);
        expect(cost).toBeCloseTo(leastCost(problem), 6);
      }),
      { numRuns: 300 },
    ));
});
