import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advance,
  type Clock,
  createClock,
  createDayEnd,
  endDay,
  startClock,
} from '../../../../../shared/routing/solver/schedule/clock.ts';
import { canBeDriven, type Errand, errands, wholeNumbers } from './every-break-plan.ts';

/** Far above rounding, far below a second. */
const ROUNDING = 1e-4;

/** Drives through the places and home; what the day's time costs, infinite when it cannot be driven. */
const driveAll = ({ model, type, places }: Errand) => {
  const clock: Clock = createClock(model);
  const end = createDayEnd();
  startClock(clock, type);
  let from = type.startPlace;
  for (const place of places) {
    if (advance(model, type, clock, from, place, 0) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    from = place;
  }
  endDay(model, type, clock, from, end);
  return end.cost;
};

const isDriven = (errand: Errand): boolean => driveAll(errand) < Number.POSITIVE_INFINITY;

describe('the clock', () => {
  it.each(['any', 'metric'] as const)('finds no way through a day that has none (roads: %s)', (roads) =>
    fc.assert(
      fc.property(errands({ roads }), (errand) => {
        if (isDriven(errand)) expect(canBeDriven(errand, ROUNDING)).toBe(true);
      }),
      { numRuns: 250 },
    ),
  );

  it('finds a way through every day that has one, with up to one break', () =>
    fc.assert(
      fc.property(errands({ roads: 'any' }), (errand) => {
        fc.pre(errand.type.breaks.length < 2);
        if (canBeDriven(errand, -ROUNDING)) expect(isDriven(errand)).toBe(true);
      }),
      { numRuns: 250 },
    ));

  it('finds one nearly always with two breaks, of which a leg has one at most', () => {
    const drawn = fc.sample(errands({ roads: 'any' }), { numRuns: 1_000, seed: 20_261_122 });
    const possible = drawn.filter(({ type }) => type.breaks.length === 2).filter((errand) => canBeDriven(errand, 0));
    expect(possible.length).toBeGreaterThan(100);
    expect(possible.filter(isDriven).length / possible.length).toBeGreaterThan(0.97);
  });

  it('refuses many of the drawn days, and drives many', () => {
    const drawn = fc.sample(errands({ without: wholeNumbers }), { numRuns: 300, seed: 1 });
    const share = drawn.filter(isDriven).length / drawn.length;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.9);
  });
});
