import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findPrices, reducedCost } from '../../../../../shared/routing/solver/recombine/row-prices.ts';
import { cheapestPartition, columnProblems } from './drawn-columns.ts';

it('prices rows so that no column costs less than they are worth, which bounds every partition from below', () =>
  fc.assert(
    fc.property(columnProblems, fc.integer({ min: 1, max: 300 }), (columns, upperBound) => {
      const prices = findPrices(columns, upperBound);
      for (let column = 0; column < columns.count; column += 1) {
        expect(reducedCost(columns, prices, column)).toBeGreaterThanOrEqual(-1e-9);
      }
      const bound = prices.reduce((sum, price) => sum + price, 0);
      expect(bound).toBeLessThanOrEqual(cheapestPartition(columns, columns.rowCount) + 1e-6);
    }),
    { numRuns: 300 },
  ));
