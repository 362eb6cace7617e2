import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CollectionProblem } from '../../../../../shared/routing/problem.ts';
import { createDisposalScratch } from '../../../../../shared/routing/solver/schedule/disposal-scratch.ts';
import { byMoney, byTime, placeDisposals } from '../../../../../shared/routing/solver/schedule/place-disposals.ts';
import { everyChoice, feesOf, type Order, orders, wayOf } from './every-emptying.ts';

/** The least cost of all choices, and that of the choice that stands in the evaluation. */
const compare = (order: Order, costOf: (choice: readonly number[]) => number) => {
  const costs = everyChoice(order.model.sites.length, order.stops.length).map(costOf);
  return {
    least: Math.min(...costs),
    chosen: costOf([...order.evaluation.sites.subarray(0, order.stops.length + 1)]),
  };
};

const expectLeast = (order: Order, found: number, costOf: (choice: readonly number[]) => number): void => {
  if (order.stops.length === 0 && order.type.dayBefore.streams === 0) {
    expect(found).toBe(0);
    return;
  }
  const { least, chosen } = compare(order, costOf);
  if (least === Number.POSITIVE_INFINITY) {
    expect(found).toBe(least);
    return;
  }
  expect(found).toBeCloseTo(least, 6);
  expect(chosen).toBeCloseTo(least, 6);
};

const inMoney =
  (order: Order) =>
  (choice: readonly number[]): number =>
    feesOf(order, choice) + order.type.costPerMetre * wayOf(order, choice, order.model.distance);

const inTime =
  (order: Order) =>
  (choice: readonly number[]): number => {
    const unloading = choice.reduce((sum, site) => sum + (order.problem.disposalSites[site]?.unloadSeconds ?? 0), 0);
    const isAllowed = feesOf(order, choice) < Number.POSITIVE_INFINITY;
    return isAllowed
      ? unloading + order.type.pace * wayOf(order, choice, order.model.duration)
      : Number.POSITIVE_INFINITY;
  };

const oneStream = (problem: CollectionProblem): CollectionProblem => ({
  ...problem,
  stops: problem.stops.map((stop) => ({ ...stop, stream: 'other' })),
  disposalSites: problem.disposalSites.map(({ costPerKg: _price, ...site }) => site),
});

const shape = { stops: 6, roads: 'metric' } as const;

describe('the places to empty along an order of stops', () => {
  it.each([
    ['one stream', shape, oneStream],
    ['streams that may be mixed, or not', { ...shape, using: ['mixableStreams', 'streams'] }, undefined],
    ['prices by weight', { ...shape, using: ['weightPrice'] }, undefined],
    ['one stream, and something on board already', { ...shape, using: ['done'] }, oneStream],
    ['many streams, and something on board already', { ...shape, using: ['done', 'mixableStreams'] }, undefined],
    ['a truck that stood, and may have been emptied there', { ...shape, using: ['done'], stands: true }, undefined],
  ] as const)('cost the least of all choices: %s', (_, drawn, change) =>
    fc.assert(
      fc.property(orders({ ...drawn, using: 'using' in drawn ? [...drawn.using] : [] }, change), (order) => {
        const scratch = createDisposalScratch(order.model);
        const { evaluation, type, model, stops } = order;
        const found = placeDisposals(evaluation, scratch, type, byMoney(model, type), stops.length);
        expectLeast(order, found, inMoney(order));
      }),
      { numRuns: 150 },
    ),
  );

  it('take the least time of all choices, when that is asked for', () =>
    fc.assert(
      fc.property(orders({ ...shape, roads: 'metric' }), (order) => {
        const scratch = createDisposalScratch(order.model);
        const { evaluation, type, model, stops } = order;
        const found = placeDisposals(evaluation, scratch, type, byTime(model, type), stops.length);
        expectLeast(order, found, inTime(order));
      }),
      { numRuns: 150 },
    ));
});
