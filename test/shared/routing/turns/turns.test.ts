import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Point } from '../../../../shared/routing/turns/plane.ts';
import { nightsBetweenTurns } from '../../../../shared/routing/turns/rhythm.ts';
import { savings } from '../../../../shared/routing/turns/saved-metres.ts';
import { sectorsOf } from '../../../../shared/routing/turns/sectors.ts';
import { turnsOf, type Waiting } from '../../../../shared/routing/turns/turns.ts';

const depot: Point = { east: 0, north: 0 };

/** A ring of places around the depot, open in the west. */
const ring = (count: number): Point[] =>
  Array.from({ length: count }, (_, index) => {
    const angle = -3 + (6 * index) / count;
    return { east: 4_000 * Math.cos(angle), north: 4_000 * Math.sin(angle) };
  });

/** Emptied so many nights ago, and again after five. */
const emptied = (point: Point, nightsAgo: number, whole = 5): Waiting => ({
  point,
  nightsLeft: Math.max(0, whole - nightsAgo),
  nightsWhole: whole,
  usualNights: whole + 0.5,
  truckDays: 0.1,
});

describe('the nights between two turns', () => {
  it('let three of four bins last from one to the next, and are two where both would do', () => {
    expect(nightsBetweenTurns([2, 5.5, 5.5, 6.5, 7, 8.2, 9, 12])).toEqual([5]);
    expect(nightsBetweenTurns([4.9, 4.9, 4.9, 4.9])).toEqual([5, 4]);
    expect(nightsBetweenTurns([0.4, 0.4])).toEqual([1]);
    expect(nightsBetweenTurns([])).toEqual([1]);
  });
});

describe('sectors', () => {
  it('hold about equal work, whole stretches of the circle, and the same places in any order', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.uniqueArray(fc.tuple(fc.integer({ min: -9_000, max: 9_000 }), fc.integer({ min: 1, max: 9_000 })), {
          minLength: 12,
          maxLength: 40,
          selector: ([east, north]) => Math.atan2(north, east),
        }),
        (count, drawn) => {
          const places = drawn.map(([east, north]) => ({ east, north }));
          const work = places.map(() => 1);
          const sector = sectorsOf(depot, places, work, count);
          const sizes = Array.from({ length: count }, (_, of) => sector.filter((one) => one === of).length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          const turned = sectorsOf(depot, places.toReversed(), work, count).toReversed();
          expect(turned).toEqual(sector);
        },
      ),
      { numRuns: 60 },
    ));
});

describe('turns', () => {
  it('go round: the part emptied longest ago is next, and what was emptied last night comes last', () => {
    const places = ring(50);
    const at = Array.from({ length: 50 }, (_, index) => Math.floor(index / 10));
    const bins = places.map((point, index) => emptied(point, 4 - (at[index] as number)));
    const { nightsApart, sector, nightsUntil } = turnsOf(bins, depot);
    expect(nightsApart).toBe(5);
    const until = bins.map((_, index) => nightsUntil[sector[index] as number] as number);
    const oldest = bins.flatMap(({ nightsLeft }, index) => (nightsLeft === 1 ? [until[index]] : []));
    const newest = bins.flatMap(({ nightsLeft }, index) => (nightsLeft === 5 ? [until[index]] : []));
    expect(new Set(oldest)).toEqual(new Set([0]));
    expect(new Set(newest)).toEqual(new Set([4]));
  });

  it('are for the whole town at once where one truck does it all', () => {
    const bins = ring(12).map((point) => ({ ...emptied(point, 3), truckDays: 0.01 }));
    expect(new Set(turnsOf(bins, depot).sector).size).toBe(1);
  });

  it('leave nights out where fewer trucks’ days hold all, and go on after them', () => {
    // Three sectors in five nights, night by night, each emptied when its turn comes.
    const places = ring(30);
    const third = (index: number): number => Math.floor(index / 10);
    const ago = [5, 4, 2];
    const turnsByNight = Array.from({ length: 15 }, () => {
      const bins = places.map((point, index) => ({
        ...emptied(point, ago[third(index)] as number, 7),
        usualNights: 5.5,
        truckDays: 0.095,
      }));
      const { nightsApart, nightsUntil, sector } = turnsOf(bins, depot);
      expect(nightsApart).toBe(5);
      const tonight = new Set(
        places
          .keys()
          .filter((index) => nightsUntil[sector[index] as number] === 0)
          .map(third),
      );
      for (const of of ago.keys()) ago[of] = tonight.has(of) ? 0 : (ago[of] as number) + 1;
      for (const of of ago.keys()) ago[of] = (ago[of] as number) + (tonight.has(of) ? 1 : 0);
      return [...tonight];
    });
    const round = [[0], [1], [], [2], []];
    expect(turnsByNight).toEqual([...round, ...round, ...round]);
  });

  it('are not moved by some bins that were emptied in between', () => {
    const places = ring(50);
    const bins = places.map((point, index) => emptied(point, index % 5 === 0 ? 1 : 5 - Math.floor(index / 10)));
    const { sector, nightsUntil } = turnsOf(bins, depot);
    expect(places.map((_, index) => nightsUntil[sector[index] as number])).toEqual(
      places.map((_, index) => Math.floor(index / 10)),
    );
  });

  it('hold for one bin, and for bins that all stand in one place', () => {
    expect(turnsOf([emptied(depot, 5)], depot).nightsUntil).toEqual([0]);
    expect(turnsOf([emptied(depot, 1)], depot).nightsUntil).toEqual([4]);
    const bins = [1, 2, 3].map((ago) => emptied({ east: 10, north: 10 }, ago));
    expect(savings(turnsOf(bins, depot), bins, depot).every(({ metres }) => metres >= 0)).toBe(true);
  });
});

describe('what serving a bin tonight saves', () => {
  const places = ring(50);
  const bins = places.map((point, index) => emptied(point, 4 - Math.floor(index / 10)));
  const turns = turnsOf(bins, depot);
  const saved = savings(turns, bins, depot);
  const withTurn = (isTurn: boolean) => bins.flatMap((_, index) => (saved[index]?.isTurn === isTurn ? [index] : []));

  it('is a visit of its own where it is its turn and it does not last until the next', () => {
    for (const index of withTurn(true)) {
      expect(bins[index]?.nightsLeft).toBeLessThan(5);
      // The next night's trucks are a part of the ring away.
      expect(saved[index]?.metres).toBeGreaterThan(400);
    }
  });

  it('is nothing out of turn where it lasts until its turn, at which it would be served all the same', () => {
    for (const index of withTurn(false)) expect(saved[index]?.metres).toBe(0);
  });
});
