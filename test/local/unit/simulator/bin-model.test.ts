import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoBins } from '../../../../local/demo-city/bins.ts';
import { seedOf } from '../../../../local/demo-city/seeded.ts';
import { binModel, distanceAt, fillAt, lastEmptyingAt } from '../../../../local/simulator/bin-model.ts';
import { isMarketDay, localDay } from '../../../../local/simulator/rhythm.ts';
import { fillFraction } from '../../../../shared/waste/container.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const container = { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };
const model = binModel(seedOf('a bin'), container, 'residential');
const anyTime = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
const cityModels = demoBins().map(({ bin, rhythm }) => ({
  bin,
  model: binModel(seedOf(`sensor-${bin.id}`), bin.container, rhythm),
}));

describe('a simulated bin', () => {
  it('answers the same for the same instant, in any order', () => {
    fc.assert(
      fc.property(anyTime, anyTime, (a, b) => {
        const first = distanceAt(model, a);
        distanceAt(model, b);
        expect(distanceAt(model, a)).toBe(first);
      }),
    );
  });

  it('never empties itself: between two visits of the crew it only fills', () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 1, max: 6 * HOUR }), (time, later) => {
        fc.pre(lastEmptyingAt(model, time + later) === lastEmptyingAt(model, time));
        expect(fillAt(model, time + later)).toBeGreaterThanOrEqual(fillAt(model, time));
      }),
    );
  });

  it('is nearly empty when the crew has just left', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const emptiedAt = lastEmptyingAt(model, time);
        expect(emptiedAt).toBeLessThanOrEqual(time);
        expect(fillAt(model, emptiedAt)).toBeLessThan(0.04);
      }),
    );
  });

  it('is emptied at least once and at most five times in two weeks, by night', () => {
    const start = Date.UTC(2026, 10, 8);
    for (const { model: each } of cityModels) {
      const emptyings = new Set<number>();
      for (let time = start; time < start + 14 * DAY; time += HOUR) emptyings.add(lastEmptyingAt(each, time));
      const within = [...emptyings].filter((at) => at >= start);
      expect(within.length).toBeGreaterThanOrEqual(1);
      expect(within.length).toBeLessThanOrEqual(5);
      for (const at of within) expect([14, 15, 16, 17, 18, 19, 20]).toContain(new Date(at).getUTCHours());
    }
  });

  it('shows a distance from which the domain computes its true fill, but for noise and a rare false echo', () => {
    const errors: number[] = [];
    for (let time = Date.UTC(2026, 10, 8); time < Date.UTC(2026, 11, 8); time += HOUR / 2) {
      const seen = fillFraction(container, distanceAt(model, time));
      errors.push(seen === undefined ? 1 : Math.abs(seen - fillAt(model, time)));
    }
    const wrong = errors.filter((error) => error > 0.03).length;
    expect(wrong).toBeGreaterThan(0);
    expect(wrong / errors.length).toBeLessThan(0.01);
  });

  it.each([
    ['a Sunday noon', Date.UTC(2026, 10, 22, 5)],
    ['a Wednesday evening', Date.UTC(2026, 10, 25, 12)],
    ['an afternoon in the next spring', Date.UTC(2027, 3, 8, 8)],
  ])('leaves 30 to 60 bins of the city that will pass their service level within a day: %s', (_name, time) => {
    const due = cityModels.filter(({ bin, model: each }) => fillAt(each, time) + each.fillPerDay >= bin.serviceLevel);
    expect(due.length).toBeGreaterThanOrEqual(30);
    expect(due.length).toBeLessThanOrEqual(60);
  });
});

describe('market days', () => {
  // Lunar dates from the Vietnamese calendar: Tết (1/1) of 2026 and 2027, mid-autumn (15/8) 2026.
  it.each([[Date.UTC(2026, 1, 17)], [Date.UTC(2027, 1, 6)], [Date.UTC(2026, 8, 25)]])(
    'are the first and the fifteenth of the lunar month, within a day',
    (noonUtc) => {
      const day = localDay(noonUtc);
      expect([day - 1, day, day + 1].some(isMarketDay)).toBe(true);
      expect([day + 4, day + 7, day - 4].some(isMarketDay)).toBe(false);
    },
  );
});
