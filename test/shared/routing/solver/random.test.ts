import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../shared/routing/solver/random.ts';

const drawn = (seed: number, count: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, random);
};

describe('seeded numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(drawn(7, 20)).toEqual(drawn(7, 20));
    expect(drawn(7, 20)).not.toEqual(drawn(8, 20));
  });

  it('lie evenly between 0 and 1', () => {
    const numbers = drawn(1, 20_000);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((each) => Math.floor(each * 10) === tenth));
    for (const { length } of tenths) expect(Math.abs(length - 2_000)).toBeLessThan(200);
  });
});
