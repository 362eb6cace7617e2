import fc from 'fast-check';
import type { Coordinate, Geometry } from '../../../../../../shared/open-data/sensorthings/query/geometry/geometry.ts';

/**
 * Figures whose edges run along a lattice, and DE-9IM by counting: every corner, every unit edge and every unit square of the
 * lattice lies wholly in the interior, on the boundary or outside of such a figure, and arithmetic on whole numbers says where.
 */
type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number };

export type Figure = {
  readonly geometry: Geometry;
  /** 0 interior, 1 boundary, 2 exterior of a sample, whose coordinates are halves. */
  readonly placeOf: (x: number, y: number) => 0 | 1 | 2;
};

const SIZE = 7;

const inBox = ({ west, south, east, north }: Box, x: number, y: number): 0 | 1 | 2 => {
  if (x < west || x > east || y < south || y > north) return 2;
  return x === west || x === east || y === south || y === north ? 1 : 0;
};

const corners = ({ west, south, east, north }: Box): Coordinate[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

/** Any corner may come first, in either sense. */
const ring = (box: Box, turn: number, isReversed: boolean): readonly Coordinate[] => {
  const from = corners(box);
  const turned = [...from.slice(turn), ...from.slice(0, turn)];
  const closed = [...turned, ...turned.slice(0, 1)];
  return isReversed ? closed.toReversed() : closed;
};

const side = (low: number, high: number, least: number) =>
  fc
    .tuple(fc.integer({ min: low, max: high - least }), fc.integer({ min: least, max: high - low }))
    .map(([from, size]) => [from, Math.min(high, from + size)] as const);

const box = (within: Box): fc.Arbitrary<Box> =>
  fc
    .tuple(side(within.west, within.east, 1), side(within.south, within.north, 1))
    .map(([[west, east], [south, north]]) => ({ west, south, east, north }));

const turns = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean());
const all: Box = { west: 0, south: 0, east: SIZE, north: SIZE };

const solid: fc.Arbitrary<Figure> = fc.tuple(box(all), turns).map(([outer, [turn, isReversed]]) => ({
  geometry: { type: 'Polygon', coordinates: [ring(outer, turn, isReversed)] },
  placeOf: (x, y) => inBox(outer, x, y),
}));

const holed: fc.Arbitrary<Figure> = fc
  .tuple(side(0, SIZE, 3), side(0, SIZE, 3))
  .chain(([[west, east], [south, north]]) => {
    const outer = { west, south, east, north };
    const hole = box({ west: west + 1, south: south + 1, east: east - 1, north: north - 1 });
    return fc.tuple(fc.constant(outer), hole, turns, turns);
  })
  .map(([outer, hole, first, second]) => ({
    geometry: { type: 'Polygon', coordinates: [ring(outer, ...first), ring(hole, ...second)] },
    placeOf: (x, y) => {
      const inHole = inBox(hole, x, y);
      return inHole === 2 ? inBox(outer, x, y) : inHole === 1 ? 1 : 2;
    },
  }));

const isBetween = (value: number, a: number, b: number): boolean => Math.min(a, b) <= value && value <= Math.max(a, b);

/** Stairs never meet themselves. */
const stairs: fc.Arbitrary<Figure> = fc
  .tuple(
    fc.integer({ min: 0, max: SIZE }),
    fc.integer({ min: 0, max: SIZE }),
    fc.constantFrom(1, -1),
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }),
    fc.boolean(),
  )
  .map(([startX, startY, slope, steps, isReversed]) => {
    const points: Coordinate[] = [[startX, startY]];
    for (const [index, step] of steps.entries()) {
      const [x, y] = points[index] ?? [0, 0];
      points.push(index % 2 === 0 ? [x + step, y] : [x, y + slope * step]);
    }
    const coordinates = isReversed ? points.toReversed() : points;
    const ends = [coordinates[0], coordinates.at(-1)];
    return {
      geometry: { type: 'LineString', coordinates },
      placeOf: (x, y) => {
        if (ends.some((end) => end?.[0] === x && end[1] === y)) return 1;
        const isOn = points.slice(1).some(([x2, y2], index) => {
          const [x1, y1] = points[index] ?? [0, 0];
          return isBetween(x, x1, x2) && isBetween(y, y1, y2);
        });
        return isOn ? 0 : 2;
      },
    };
  });

const dots: fc.Arbitrary<Figure> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: SIZE }), fc.integer({ min: 0, max: SIZE })), { minLength: 1, maxLength: 3 })
  .map((coordinates) => ({
    geometry: { type: 'MultiPoint', coordinates },
    placeOf: (x, y) => (coordinates.some((dot) => dot[0] === x && dot[1] === y) ? 0 : 2),
  }));

export const figures = fc.oneof(solid, holed, stairs, dots);

/** Corners count as points, unit edges as lines, unit squares as areas. */
export const matrixByCounting = (a: Figure, b: Figure): readonly number[] => {
  const matrix = [-1, -1, -1, -1, -1, -1, -1, -1, 2];
  const far = SIZE + 20;
  for (let x = -far; x <= far; x += 0.5) {
    for (let y = -far; y <= far; y += 0.5) {
      const cell = a.placeOf(x, y) * 3 + b.placeOf(x, y);
      const dimension = (Number.isInteger(x) ? 0 : 1) + (Number.isInteger(y) ? 0 : 1);
      matrix[cell] = Math.max(matrix[cell] ?? -1, dimension);
    }
  }
  return matrix;
};

/** The same figure in a slanted plane; whole numbers stay whole, so nothing is rounded. */
export const slanted = (geometry: Geometry): Geometry => {
  const moved = ([x, y]: Coordinate): Coordinate => [3 * x + 2 * y - 5, 5 * y - x + 7];
  switch (geometry.type) {
    case 'Point':
      return { ...geometry, coordinates: moved(geometry.coordinates) };
    case 'MultiPoint':
    case 'LineString':
      return { ...geometry, coordinates: geometry.coordinates.map(moved) };
    case 'MultiLineString':
    case 'Polygon':
      return { ...geometry, coordinates: geometry.coordinates.map((line) => line.map(moved)) };
    case 'MultiPolygon':
      return { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map((line) => line.map(moved))) };
  }
};
