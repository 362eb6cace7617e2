import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentOf, reported, reportedBeside } from '../../../../shared/environment/reports/reported-number.ts';

describe('numbers as they are reported', () => {
  it.each([
    [23.456789, 23.46],
    [0.0123456, 0.01235],
    [12_345.6, 12_346],
    [999.96, 1_000],
    [-0.00004, -0.00004],
    [0, 0],
    [1.005, 1.005],
    [0.0000001, 0],
  ])('tells %d as %d', (value, told) => {
    expect(reported(value)).toBe(told);
  });

  it('never puts a value on the other side of a limit, or on it', () => {
    const micro = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }).map((value) => value / 1e6);
    fc.assert(
      fc.property(micro, fc.integer({ min: -5_000, max: 5_000 }), (value, limit) => {
        expect(Math.sign(reportedBeside(value, limit) - limit)).toBe(Math.sign(value - limit));
      }),
    );
    expect(reportedBeside(45.004, 45)).toBe(45.004);
  });

  it('says 100 % only of all and 0 % only of none', () => {
    expect([percentOf(743_999, 744_000), percentOf(1, 744_000), percentOf(744, 744), percentOf(0, 744)]).toEqual([
      99.9, 0.1, 100, 0,
    ]);
    expect(percentOf(0, 0)).toBeNull();
    expect(percentOf(2, 3)).toBe(66.7);
  });
});
