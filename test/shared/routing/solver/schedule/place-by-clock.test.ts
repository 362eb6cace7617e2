import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeByClock } from '../../../../../shared/routing/solver/schedule/place-by-clock.ts';
import { priceWithItsSites } from '../../../../../shared/routing/solver/schedule/price-order.ts';
import { everyChoice, feesOf, type Order, orders } from './every-emptying.ts';

/** Whether the day can be driven with these emptyings; loads are looked at apart from the solver. */
const canEmptyAt = (order: Order, choice: readonly number[]): boolean => {
  if (feesOf(order, choice) === Number.POSITIVE_INFINITY) return false;
  order.evaluation.sites.set(choice);
  return priceWithItsSites(order.evaluation, 0, order.stops.length) < Number.POSITIVE_INFINITY;
};

const tight = orders({
  stops: 6,
  roads: 'any',
  using: ['siteWindows', 'stopWindows', 'breaks'],
  without: ['maxStops', 'maxLitres'],
});

describe('the places to empty when the clock is tight', () => {
  it('are never such that the day cannot be driven or a trip is overloaded', () =>
    fc.assert(
      fc.property(tight, (order) => {
        const { evaluation, type, stops } = order;
        if (!placeByClock(evaluation, type, stops.length)) return;
        const choice = [...evaluation.sites.subarray(0, stops.length + 1)];
        expect(canEmptyAt(order, choice)).toBe(true);
      }),
      { numRuns: 250 },
    ));

  it('are found nearly always where there are any', () => {
    const drawn = fc.sample(tight, { numRuns: 800, seed: 20_261_122 });
    const possible = drawn.filter(
      (order) =>
        order.stops.length > 0 &&
        everyChoice(order.model.sites.length, order.stops.length).some((choice) => canEmptyAt(order, choice)),
    );
    const found = possible.filter(({ evaluation, type, stops }) => placeByClock(evaluation, type, stops.length));
    expect(possible.length).toBeGreaterThan(100);
    expect(found.length / possible.length).toBeGreaterThan(0.97);
  });
});
