import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPartition } from '../../../../../shared/routing/solver/recombine/find-partition.ts';
import { cheapestPartition, columnProblems, costOf, coveredRows } from './drawn-columns.ts';

const drawn = fc.tuple(columnProblems, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 300 }));

describe('set partitioning', () => {
  it('finds the cheapest partition, given work enough', () =>
    fc.assert(
      fc.property(drawn, ([columns, most, upperBound]) => {
        const cheapest = cheapestPartition(columns, most);
        const found = findPartition(columns, most, upperBound, 1e7);
        if (cheapest < upperBound) expect(costOf(columns, found)).toBe(cheapest);
        else expect(found).toEqual([]);
      }),
      { numRuns: 300 },
    ));

  it('answers nothing or a cheaper partition with vehicles enough, however little work it may do', () =>
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 400 }), ([columns, most, upperBound], work) => {
        const found = findPartition(columns, most, upperBound, work);
        if (found.length === 0) return;
        expect(coveredRows(columns, found)).toEqual(Array.from({ length: columns.rowCount }, (_, row) => row));
        expect(found.length).toBeLessThanOrEqual(most);
        expect(costOf(columns, found)).toBeLessThan(upperBound);
      }),
      { numRuns: 300 },
    ));
});
