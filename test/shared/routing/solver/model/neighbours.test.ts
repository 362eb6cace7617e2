import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestStops } from '../../../../../shared/routing/solver/model/neighbours.ts';

/** Few different figures, so that many ways are equally long; two places beside the stops that must never be named. */
const matrix = (stops: number) =>
  fc.array(fc.integer({ min: 0, max: 8 }), { minLength: (stops + 2) ** 2, maxLength: (stops + 2) ** 2 });

const sorted = (distance: readonly number[], stops: number, stop: number): number[] => {
  const size = stops + 2;
  const bothWays = (other: number): number =>
    (distance[stop * size + other] ?? 0) + (distance[other * size + stop] ?? 0);
  return Array.from({ length: stops }, (_, other) => other)
    .filter((other) => other !== stop)
    .sort((a, b) => bothWays(a) - bothWays(b) || a - b);
};

describe('the nearest stops', () => {
  it('are all others, by the way there and back, then by number', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }).chain((stops) => fc.tuple(fc.constant(stops), matrix(stops))),
        ([stops, distance]) => {
          const nearest = nearestStops(Float64Array.from(distance), stops, stops + 2);
          expect(nearest.count).toBe(Math.max(0, stops - 1));
          for (let stop = 0; stop < stops; stop += 1) {
            const row = nearest.stops.subarray(stop * nearest.count, (stop + 1) * nearest.count);
            expect([...row]).toEqual(sorted(distance, stops, stop));
          }
        },
      ),
    ));

  it('are the nearer part where there are many, ties at the end by number', () => {
    const stops = 260;
    const size = stops + 2;
    const distance = Array.from({ length: size * size }, (_, way) => (way * 7_919) % 31);
    const { stops: nearest, count } = nearestStops(Float64Array.from(distance), stops, size);
    expect(count).toBeLessThan(stops - 1);
    for (let stop = 0; stop < stops; stop += 1) {
      const row = nearest.subarray(stop * count, (stop + 1) * count);
      expect([...row]).toEqual(sorted(distance, stops, stop).slice(0, count));
    }
  });
});
