import { describe, expect, it } from 'vitest';
import { roundHalfUp, truncate } from '../../../../shared/environment/indices/rounding.ts';

describe('rounding of an index', () => {
  it.each([
    [109.5, 110],
    // What 109.5 may be after arithmetic in binary.
    [109.49999999999999, 110],
    [110.5, 111],
    [109.49, 109],
    [0.499999, 0],
    [9.98, 10],
    [90.94, 91],
    [0, 0],
  ])('takes %d to %d: half up', (value, whole) => {
    expect(roundHalfUp(value)).toBe(whole);
  });
});

describe('cutting off', () => {
  it.each([
    [9.09, 1, 9],
    [35.92431999, 1, 35.9],
    [0.07853333, 3, 0.078],
    // 0.078 after a conversion there and back.
    [0.07799999999999999, 3, 0.078],
    [154.99, 0, 154],
  ])('takes %d at %d decimals to %d', (value, decimals, cut) => {
    expect(truncate(value, decimals)).toBe(cut);
  });
});
