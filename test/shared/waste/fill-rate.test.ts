import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillRates, type Level, levelsOf, ownRate } from '../../../shared/waste/fill-rate.ts';

const hour = 3_600_000;

/** Fills at a steady rate and is emptied to 2 % whenever it passes 90 %. */
const history = (perHour: number, hours: number): Level[] => {
  let fraction = 0.02;
  return Array.from({ length: hours }, (_, index) => {
    fraction = fraction > 0.9 ? 0.02 : fraction + perHour;
    return { at: index * hour, fraction };
  });
};

describe('how fast a bin fills', () => {
  it('is its slope between emptyings', () =>
    fc.assert(
      fc.property(fc.double({ min: 0.003, max: 0.05, noNaN: true }), (perHour) => {
        expect(ownRate(history(perHour, 14 * 24))).toBeCloseTo(perHour, 9);
      }),
    ));

  it('hardly moves for false echoes and a stuck hour', () => {
    const levels = history(0.02, 14 * 24).map((level, index) =>
      index % 40 === 7 ? { ...level, fraction: index % 80 === 7 ? 1 : 0 } : level,
    );
    expect(ownRate(levels)).toBeCloseTo(0.02, 3);
  });

  it('takes a drop for an emptying only when the next hour confirms it', () => {
    // One bin fills all along; a single low echo must not cut its history in two short halves.
    const levels = Array.from({ length: 40 }, (_, index) => ({
      at: index * hour,
      fraction: index === 20 ? 0 : 0.2 + 0.01 * index,
    }));
    expect(ownRate(levels)).toBeCloseTo(0.01, 3);
  });

  it('is never negative', () => {
    const settling = Array.from({ length: 48 }, (_, index) => ({ at: index * hour, fraction: 0.6 - 0.001 * index }));
    expect(ownRate(settling)).toBe(0);
  });

  it('is unknown from less than a day', () => {
    expect(ownRate(history(0.02, 20))).toBeUndefined();
  });

  it('falls back to the median of its stream, then to what cities have seen', () => {
    const rates = fillRates([
      { id: 'a', stream: 'food', levels: history(0.01, 200) },
      { id: 'b', stream: 'food', levels: history(0.02, 200) },
      { id: 'c', stream: 'food', levels: history(0.04, 200) },
      { id: 'new', stream: 'food', levels: [] },
      { id: 'lonely', stream: 'recyclable', levels: [] },
    ]);
    expect(rates.get('c')).toMatchObject({ source: 'own-history' });
    expect(rates.get('new')?.source).toBe('same-stream');
    expect(rates.get('new')?.perHour).toBeCloseTo(0.02, 9);
    // Edinburgh 2016: 76.9 % full after a median of 40.8 h.
    expect(rates.get('lonely')).toEqual({ perHour: 0.769 / 40.8, source: 'assumed' });
  });
});

describe('levels from hourly distances', () => {
  it('stand in the middle of their hour, oldest first, without lost echoes', () => {
    const container = { depthMm: 1_000, blindZoneMm: 0, capacityLitres: 3_000 };
    const bucket = (endsAt: number, mean: number) => ({ sensorId: 's', endsAt, count: 4, mean, min: mean, max: mean });
    expect(levelsOf(container, [bucket(3 * hour, 500), bucket(2 * hour, 1_500), bucket(hour, 800)])).toEqual([
      { at: hour / 2, fraction: expect.closeTo(0.2, 9) },
      { at: 2.5 * hour, fraction: 0.5 },
    ]);
  });
});
