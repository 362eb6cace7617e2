import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../../../../shared/city/entities.ts';
import { type ClosedArea, liesIn, ringOf, touchesAny } from '../../../../shared/routing/travel/closed-area.ts';
import { greatCircleMetres } from '../../../../shared/routing/travel/great-circle.ts';
import { positionOf } from './roads/town.ts';

const circle = (east: number, north: number, radiusMetres: number): ClosedArea => ({
  centre: positionOf(east, north),
  radiusMetres,
});

describe('a closed area', () => {
  const numbers = fc.integer({ min: -300, max: 300 });
  const areas: fc.Arbitrary<ClosedArea> = fc.oneof(
    fc.tuple(numbers, numbers, fc.integer({ min: 1, max: 250 })).map(([x, y, radius]) => circle(x, y, radius)),
    fc.array(fc.tuple(numbers, numbers), { minLength: 3, maxLength: 6 }).map((corners) => ({
      polygon: corners.map(([x, y]): [number, number] => {
        const { longitude, latitude } = positionOf(x, y);
        return [longitude, latitude];
      }),
    })),
  );

  it('is touched by a road with a point in it', () => {
    fc.assert(
      fc.property(areas, numbers, numbers, numbers, numbers, (area, x1, y1, x2, y2) => {
        const [from, to] = [positionOf(x1, y1), positionOf(x2, y2)];
        const touches = touchesAny([area])([from.longitude, from.latitude], [to.longitude, to.latitude]);
        for (let share = 0; share <= 1; share += 1 / 64) {
          const longitude = from.longitude + share * (to.longitude - from.longitude);
          const latitude = from.latitude + share * (to.latitude - from.latitude);
          if (liesIn(area, { longitude, latitude }) && !('centre' in area && isOnRim(area, { longitude, latitude })))
            expect(touches).toBe(true);
        }
      }),
    );
  });

  const isOnRim = (area: Extract<ClosedArea, { centre: unknown }>, place: Position): boolean =>
    Math.abs(greatCircleMetres(area.centre, place) - area.radiusMetres) < 0.01;

  it('that is a circle lies within its ring', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 20_000 }), fc.nat(359), (x, y, radius, degrees) => {
        const area = circle(x, y, radius);
        const angle = (degrees * Math.PI) / 180;
        const inside = positionOf(x + 0.999 * radius * Math.cos(angle), y + 0.999 * radius * Math.sin(angle));
        expect(liesIn({ polygon: ringOf(area).map(([x, y]) => [x, y]) }, inside)).toBe(true);
      }),
    );
  });
});
