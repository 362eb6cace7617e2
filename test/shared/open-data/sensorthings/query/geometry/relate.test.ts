import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orientation } from '../../../../../../shared/open-data/sensorthings/query/geometry/orientation.ts';
import {
  contains,
  crosses,
  disjoint,
  distance,
  equals,
  intersects,
  length,
  overlaps,
  touches,
  within,
} from '../../../../../../shared/open-data/sensorthings/query/geometry/predicates.ts';
import { relate } from '../../../../../../shared/open-data/sensorthings/query/geometry/relate.ts';
import { type Shape, shapeOf } from '../../../../../../shared/open-data/sensorthings/query/geometry/shape.ts';
import { parseWkt, printWkt } from '../../../../../../shared/open-data/sensorthings/query/geometry/wkt.ts';
import { figures, matrixByCounting, slanted } from './lattice.ts';

const shape = (wkt: string): Shape => {
  const read = parseWkt(wkt);
  if (!read.ok) throw new Error(`${wkt}: ${read.expected}`);
  return shapeOf(read.geometry);
};
const matrix = (a: string, b: string): string =>
  relate(shape(a), shape(b))
    .map((dimension) => (dimension === -1 ? 'F' : String(dimension)))
    .join('');

const SQUARE = 'POLYGON((0 0,4 0,4 4,0 4,0 0))';
const RING = 'POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))';

describe('DE-9IM', () => {
  // The first three from PostGIS' manual (ST_Relate; the circle there is a square here), the others from OGC 06-103r4's pictures.
  it.each([
    ['LINESTRING(1 2,3 4)', 'LINESTRING(5 6,7 8)', 'FF1FF0102'],
    ['POINT(1 2)', SQUARE, '0FFFFF212'],
    ['POINT(1 2)', 'POINT(1 2)', '0FFFFFFF2'],
    [SQUARE, SQUARE, '2FFF1FFF2'],
    [SQUARE, 'POLYGON((1 1,2 1,2 2,1 2,1 1))', '212FF1FF2'],
    [SQUARE, 'POLYGON((2 2,6 2,6 6,2 6,2 2))', '212101212'],
    [SQUARE, 'POLYGON((4 0,8 0,8 4,4 4,4 0))', 'FF2F11212'],
    [SQUARE, 'POLYGON((4 4,8 4,8 8,4 8,4 4))', 'FF2F01212'],
    [SQUARE, 'POLYGON((5 5,8 5,8 8,5 8,5 5))', 'FF2FF1212'],
    ['LINESTRING(-1 2,5 2)', SQUARE, '101FF0212'],
    ['LINESTRING(1 1,3 3)', SQUARE, '1FF0FF212'],
    ['LINESTRING(0 0,4 0)', SQUARE, 'F1FF0F212'],
    ['LINESTRING(0 0,4 4)', 'LINESTRING(0 4,4 0)', '0F1FF0102'],
    ['LINESTRING(0 0,4 0)', 'LINESTRING(1 0,9 0)', '1010F0102'],
    [SQUARE, 'MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)))', '2FFF1FFF2'],
    ['POINT(4.5 4.5)', RING, 'FF0FFF212'],
  ])('of %s and %s is %s', (a, b, expected) => {
    expect(matrix(a, b)).toBe(expected);
  });

  it('agrees with counting on a lattice, for areas with holes, lines and points, straight and slanted', () => {
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const expected = matrixByCounting(a, b);
        expect(relate(shapeOf(a.geometry), shapeOf(b.geometry))).toEqual(expected);
        expect(relate(shapeOf(slanted(a.geometry)), shapeOf(slanted(b.geometry)))).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('predicates', () => {
  it('have borders in and out: on the border is no inside, and still a meeting', () => {
    const [area, border, inner] = [shape(SQUARE), shape('POINT(4 2)'), shape('POINT(2 2)')];
    expect([contains(area, border), touches(area, border), intersects(area, border)]).toEqual([false, true, true]);
    expect([contains(area, inner), touches(area, inner), within(inner, area)]).toEqual([true, false, true]);
    expect(disjoint(area, shape('POINT(4.0000001 2)'))).toBe(true);
  });

  it('leave holes out, their borders excepted', () => {
    const area = shape(RING);
    expect(intersects(area, shape('POINT(4 4)'))).toBe(false);
    expect(touches(area, shape('POINT(3 4)'))).toBe(true);
    expect(touches(area, shape('POLYGON((3 3,6 3,6 6,3 6,3 3))'))).toBe(true);
    expect(contains(area, shape('POLYGON((1 1,8 1,8 8,1 8,1 1))'))).toBe(false);
  });

  // PostGIS' manual, ST_Touches: the middle of a line is its inside, its end is its border.
  it('know the ends of lines', () => {
    const line = shape('LINESTRING(0 0,1 1,0 2)');
    expect(touches(line, shape('POINT(1 1)'))).toBe(false);
    expect(touches(line, shape('POINT(0 2)'))).toBe(true);
  });

  it('tell crossing from overlapping and equal', () => {
    expect(crosses(shape('LINESTRING(0 0,4 4)'), shape('LINESTRING(0 4,4 0)'))).toBe(true);
    expect(crosses(shape('LINESTRING(-1 2,5 2)'), shape(SQUARE))).toBe(true);
    expect(crosses(shape(SQUARE), shape('LINESTRING(-1 2,5 2)'))).toBe(true);
    expect(overlaps(shape(SQUARE), shape('POLYGON((2 2,6 2,6 6,2 6,2 2))'))).toBe(true);
    expect(overlaps(shape('LINESTRING(0 0,4 0)'), shape('LINESTRING(1 0,9 0)'))).toBe(true);
    expect(overlaps(shape(SQUARE), shape(SQUARE))).toBe(false);
    expect(equals(shape(SQUARE), shape('POLYGON((4 4,4 2,4 0,0 0,0 4,4 4))'))).toBe(true);
  });
});

describe('measures', () => {
  // Degrees, as ST_Distance and ST_Length of geometry in SRID 4326.
  it('are those of the plane', () => {
    expect(distance(shape('POINT(0 0)'), shape('POINT(3 4)'))).toBe(5);
    expect(distance(shape(SQUARE), shape('POINT(7 8)'))).toBe(5);
    expect(distance(shape(SQUARE), shape('POINT(2 2)'))).toBe(0);
    expect(distance(shape(RING), shape('POINT(4 4)'))).toBe(1);
    expect(distance(shape('LINESTRING(0 0,0 9)'), shape('LINESTRING(2 4,8 4)'))).toBe(2);
    expect(length(shape('LINESTRING(0 0,3 4,3 5)'))).toBe(6);
    expect(length(shape(SQUARE))).toBe(0);
  });
});

describe('orientation', () => {
  it('is exact where doubles are not', () => {
    // 0.1 + 0.2 and its kin: products of these differ from zero only by rounding.
    expect(orientation([0.1, 0.1], [0.2, 0.2], [0.3, 0.3])).toBe(0);
    expect(orientation([0, 0], [1, 1], [1e-300, 0])).toBe(-1);
    expect(orientation([12, 12], [24, 24], [0.5, 0.5 + 2 ** -53])).toBe(1);
  });

  it('changes its sign when two points change places', () => {
    const near = fc
      .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }))
      .map(([x, y]) => [0.5 + x * 2 ** -53, 0.5 + y * 2 ** -53] as const);
    fc.assert(
      fc.property(near, near, near, (a, b, c) => {
        expect(orientation(a, b, c)).toBe(-orientation(b, a, c) + 0);
        expect(orientation(a, b, c)).toBe(orientation(b, c, a));
      }),
    );
  });
});

describe('well-known text', () => {
  it('is read as it is printed', () => {
    fc.assert(
      fc.property(figures, ({ geometry }) => {
        expect(parseWkt(printWkt(geometry))).toEqual({ ok: true, geometry });
      }),
    );
    for (const wkt of [
      'MULTILINESTRING((0 0,1 1),(2 2,3 3))',
      'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))',
    ]) {
      const read = parseWkt(wkt);
      expect(read.ok && printWkt(read.geometry)).toBe(wkt);
    }
    expect(parseWkt('multipoint ((1 2), (3 4))')).toEqual(parseWkt('MULTIPOINT(1 2,3 4)'));
  });

  it.each([
    '',
    'POINT',
    'POINT()',
    'POINT(1)',
    'POINT(1 2',
    'POINT(1 2) x',
    'POINT(1e999 2)',
    'CIRCLE(1 2)',
    'LINESTRING(0 0)',
    'POINT(1 2,3 4)',
  ])('refuses “%s”', (wkt) => {
    expect(parseWkt(wkt)).toMatchObject({ ok: false, expected: expect.any(String) });
  });
});
