import { describe, expect, it } from 'vitest';
import { clockTime } from '../../../../../shared/routing/solver/answer/words.ts';

describe('a time as a clock shows it', () => {
  it.each([
    [0, '00:00'],
    [59, '00:00'],
    [27_000, '07:30'],
    [86_399, '23:59'],
    [86_400, '00:00'],
    [90_060, '01:01'],
  ])('of %d seconds is %s', (seconds, clock) => {
    expect(clockTime(seconds)).toBe(clock);
  });
});
