import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatCircleMetres, greatCircleTravelTimes } from '../../../../shared/routing/travel/great-circle.ts';
import type { MatrixRow } from '../../../../shared/routing/travel/matrix.ts';

const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('great-circle distances', () => {
  it('knows a degree of the equator: a 360th of the mean Earth’s girth', () => {
    const degree = greatCircleMetres({ latitude: 0, longitude: 106 }, { latitude: 0, longitude: 107 });
    // 2π × 6,371.0088 km / 360 (IUGG mean radius).
    expect(degree).toBeCloseTo(111_195.08, 1);
  });

  it('knows the way from Hà Nội to Hồ Chí Minh City within metres', () => {
    const hanoi = { latitude: 21.0285, longitude: 105.8542 };
    const saigon = { latitude: 10.8231, longitude: 106.6297 };
    // 1,137.8 km by the spherical law of cosines on that radius.
    expect(Math.abs(greatCircleMetres(hanoi, saigon) - 1_137_806)).toBeLessThan(10);
  });

  it('is as far there as back, and never more than half way round', () =>
    fc.assert(
      fc.property(place, place, (a, b) => {
        const there = greatCircleMetres(a, b);
        expect(there).toBeCloseTo(greatCircleMetres(b, a), 3);
        expect(there).toBeLessThanOrEqual(Math.PI * 6_371_008.8 + 1e-3);
      }),
    ));
});

describe('great-circle travel times', () => {
  it('stretch the distance by the detour, drive at the city’s speed, and say so', async () => {
    const places = [
      { latitude: 0, longitude: 0 },
      { latitude: 0, longitude: 0.1 },
    ];
    const travel = await greatCircleTravelTimes({ speedKmh: 36, detourFactor: 1.5 })(places);
    const rows = (matrix: readonly MatrixRow[]) => matrix.map((row) => Array.from(row));
    expect({
      ...travel,
      distanceMetres: rows(travel.distanceMetres),
      durationSeconds: rows(travel.durationSeconds),
    }).toEqual({
      distanceMetres: [
        [0, 16_679],
        [16_679, 0],
      ],
      durationSeconds: [
        [0, 1_668],
        [1_668, 0],
      ],
      source: 'great-circle × 1.5 at 36 km/h',
    });
  });
});
