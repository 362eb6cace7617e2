import { describe, expect, it } from 'vitest';
import { type Budget, countStep, startProgress } from '../../../../shared/routing/solver/budget.ts';

/** Steps until the budget is used up. */
const stepsOf = (budget: Budget): number => {
  const progress = startProgress(budget);
  while (progress.fraction < 1 && progress.iterations < 1e6) countStep(progress);
  return progress.iterations;
};

describe('a budget', () => {
  it.each([0, 1, 15, 16, 17, 1_000])('of %d steps lasts so many, without a clock', (iterations) => {
    expect(stepsOf({ iterations, elapsedFraction: () => 0 })).toBe(iterations);
  });

  it('of time ends soon after it has passed', () => {
    let looks = 0;
    const elapsedFraction = (): number => {
      looks += 1;
      return looks / 10;
    };
    const steps = stepsOf({ iterations: Number.POSITIVE_INFINITY, elapsedFraction });
    expect(looks).toBe(10);
    expect(steps).toBeLessThanOrEqual(10 * 64);
  });

  it('of both ends with what comes first', () => {
    expect(stepsOf({ iterations: 100, elapsedFraction: () => 0.5 })).toBe(100);
    expect(stepsOf({ iterations: 1e6, elapsedFraction: () => 1 })).toBeLessThanOrEqual(64);
  });

  it('never goes back', () => {
    const progress = startProgress({ iterations: 500, elapsedFraction: () => 0 });
    for (let before = 0; progress.fraction < 1; before = progress.fraction) {
      countStep(progress);
      expect(progress.fraction).toBeGreaterThanOrEqual(before);
    }
  });
});
