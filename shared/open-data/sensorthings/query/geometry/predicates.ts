import type { Coordinate } from './geometry.ts';
import { matches, relate } from './relate.ts';
import { boxesMeet, type Edge, type Shape } from './shape.ts';

export const intersects = (a: Shape, b: Shape): boolean => boxesMeet(a, b) && !matches(relate(a, b), 'FF*FF****');
export const disjoint = (a: Shape, b: Shape): boolean => !intersects(a, b);
export const contains = (a: Shape, b: Shape): boolean => boxesMeet(a, b) && matches(relate(a, b), 'T*****FF*');
export const within = (a: Shape, b: Shape): boolean => contains(b, a);
export const equals = (a: Shape, b: Shape): boolean => boxesMeet(a, b) && matches(relate(a, b), 'T*F**FFF*');

export const touches = (a: Shape, b: Shape): boolean => {
  const matrix = relate(a, b);
  return ['FT*******', 'F**T*****', 'F***T****'].some((pattern) => matches(matrix, pattern));
};

export const overlaps = (a: Shape, b: Shape): boolean =>
  a.dimension === b.dimension && matches(relate(a, b), a.dimension === 1 ? '1*T***T**' : 'T*T***T**');

export const crosses = (a: Shape, b: Shape): boolean => {
  const matrix = relate(a, b);
  if (a.dimension < b.dimension) return matches(matrix, 'T*T******');
  if (a.dimension > b.dimension) return matches(matrix, 'T*****T**');
  return a.dimension === 1 && matches(matrix, '0********');
};

const toEdge = ([x, y]: Coordinate, [[x1, y1], [x2, y2]]: Edge): number => {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const at = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - (x1 + at * dx), y - (y1 + at * dy));
};

const fromVertices = (a: Shape, b: Shape): number => {
  let least = Infinity;
  for (const vertex of a.vertices) {
    for (const edge of b.edges) least = Math.min(least, toEdge(vertex, edge));
    for (const other of b.vertices) least = Math.min(least, Math.hypot(vertex[0] - other[0], vertex[1] - other[1]));
  }
  return least;
};

/** Shortest distance in degrees of the plane, what `ST_Distance` of `geometry` in SRID 4326 gives; 0 when they meet. */
export const distance = (a: Shape, b: Shape): number =>
  intersects(a, b) ? 0 : Math.min(fromVertices(a, b), fromVertices(b, a));

/** Length of lines in degrees of the plane; points and areas have none. */
export const length = (shape: Shape): number =>
  shape.dimension === 1 ? shape.edges.reduce((sum, [a, b]) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0) : 0;
