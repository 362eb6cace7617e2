import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestRank } from '../../../../shared/environment/reports/percentiles.ts';

describe('percentiles by nearest rank', () => {
  // The worked examples of the method in Wikipedia, “Percentile”, “The nearest-rank method”.
  it.each([
    [[15, 20, 35, 40, 50], { 5: 15, 30: 20, 40: 20, 50: 35, 100: 50 }],
    [[3, 6, 7, 8, 8, 10, 13, 15, 16, 20], { 25: 7, 50: 8, 75: 15, 100: 20 }],
    [[3, 6, 7, 8, 8, 9, 10, 13, 15, 16, 20], { 25: 7, 50: 9, 75: 15, 100: 20 }],
  ])('reproduces the textbook on %j', (values, expected) => {
    const found = Object.keys(expected).map((percent) => [percent, nearestRank(values, Number(percent))]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });

  // 40 CFR 50, Appendix N, Table 1: of 1 to 50 daily values the 98th percentile is the highest, of 51 to 100 the second, of 101 to 150 the
  // third, of 301 to 350 the seventh, of 351 to 366 the eighth. Where 98 % of the number is whole, EPA takes the next rank; those are left out.
  it.each([
    [1, 1],
    [49, 1],
    [51, 2],
    [99, 2],
    [101, 3],
    [149, 3],
    [349, 7],
    [351, 8],
    [366, 8],
  ])('takes of %i daily values the one that EPA takes as the 98th percentile, number %i from above', (count, place) => {
    const values = Array.from({ length: count }, (_, index) => index + 1);
    expect(nearestRank(values, 98)).toBe(count - place + 1);
  });

  it('has none of no values', () => {
    expect(nearestRank([], 50)).toBeUndefined();
  });

  it('is always a value, with at least the asked share at or below it and no lesser value that would do', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (drawn, percent) => {
        const ascending = Float64Array.from(drawn).sort();
        const found = nearestRank(ascending, percent) as number;
        const shareUpTo = (limit: number) => (100 * ascending.filter((value) => value <= limit).length) / drawn.length;
        expect(ascending).toContain(found);
        expect(shareUpTo(found)).toBeGreaterThanOrEqual(percent - 1e-6);
        const lesser = ascending.filter((value) => value < found).at(-1);
        if (lesser !== undefined) expect(shareUpTo(lesser)).toBeLessThan(percent);
      }),
    );
  });
});
