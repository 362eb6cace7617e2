import type { Coordinate, Geometry, Ring } from './geometry.ts';
import { orientation } from './orientation.ts';

export type Edge = readonly [from: Coordinate, to: Coordinate];
/** Interior, boundary, exterior of a geometry: the rows and columns of DE-9IM. */
export type Place = 0 | 1 | 2;
export const INTERIOR: Place = 0;
export const BOUNDARY: Place = 1;
export const EXTERIOR: Place = 2;

/** A geometry made ready for questions: its edges once, polygons with their interior to the left of every edge. */
export type Shape = {
  readonly dimension: 0 | 1 | 2;
  readonly vertices: readonly Coordinate[];
  readonly edges: readonly Edge[];
  /** Ends of lines that are boundary: those where an odd number of lines end (OGC 06-103r4, the mod-2 rule). */
  readonly ends: ReadonlySet<string>;
  /** West, south, east, north. */
  readonly box: readonly [number, number, number, number];
};

const keyOf = ([x, y]: Coordinate): string => `${x},${y}`;
const isSame = (a: Coordinate, b: Coordinate): boolean => a[0] === b[0] && a[1] === b[1];

const edgesOf = (line: readonly Coordinate[]): readonly Edge[] =>
  line.slice(1).flatMap((to, index): readonly Edge[] => {
    const from = line[index];
    return from === undefined || isSame(from, to) ? [] : [[from, to]];
  });

const signedArea = (ring: Ring): number =>
  edgesOf(ring).reduce((sum, [[x1, y1], [x2, y2]]) => {
    const [x0, y0] = ring[0] ?? [0, 0];
    return sum + (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }, 0);

/** Outer rings run counter-clockwise, holes clockwise, however they were written. */
const directed = (polygon: readonly Ring[]): readonly Ring[] =>
  polygon.map((ring, index) => (signedArea(ring) > 0 === (index === 0) ? ring : ring.toReversed()));

const oddEnds = (lines: readonly (readonly Coordinate[])[]): ReadonlySet<string> => {
  const odd = new Set<string>();
  for (const end of lines.flatMap((line) => [line[0], line.at(-1)])) {
    if (end !== undefined && !odd.delete(keyOf(end))) odd.add(keyOf(end));
  }
  return odd;
};

const boxOf = (vertices: readonly Coordinate[]): Shape['box'] =>
  vertices.reduce<[number, number, number, number]>(
    ([west, south, east, north], [x, y]) => [
      Math.min(west, x),
      Math.min(south, y),
      Math.max(east, x),
      Math.max(north, y),
    ],
    [Infinity, Infinity, -Infinity, -Infinity],
  );

const shape = (dimension: 0 | 1 | 2, lines: readonly (readonly Coordinate[])[]): Shape => {
  const vertices = lines.flat();
  return {
    dimension,
    vertices,
    edges: dimension === 0 ? [] : lines.flatMap(edgesOf),
    ends: dimension === 1 ? oddEnds(lines) : new Set(),
    box: boxOf(vertices),
  };
};

export const shapeOf = (geometry: Geometry): Shape => {
  switch (geometry.type) {
    case 'Point':
      return shape(0, [[geometry.coordinates]]);
    case 'MultiPoint':
      return shape(0, [geometry.coordinates]);
    case 'LineString':
      return shape(1, [geometry.coordinates]);
    case 'MultiLineString':
      return shape(1, geometry.coordinates);
    case 'Polygon':
      return shape(2, directed(geometry.coordinates));
    case 'MultiPolygon':
      return shape(2, geometry.coordinates.flatMap(directed));
  }
};

export const boxesMeet = (a: Shape, b: Shape): boolean =>
  a.box[0] <= b.box[2] && b.box[0] <= a.box[2] && a.box[1] <= b.box[3] && b.box[1] <= a.box[3];

const isBetween = (value: number, a: number, b: number): boolean => Math.min(a, b) <= value && value <= Math.max(a, b);

export const isOnEdge = (point: Coordinate, [from, to]: Edge): boolean =>
  isBetween(point[0], from[0], to[0]) && isBetween(point[1], from[1], to[1]) && orientation(from, to, point) === 0;

/** Even–odd rule along a ray to the east; being on an edge is found on the way. */
const placeInArea = (point: Coordinate, edges: readonly Edge[]): Place => {
  let isInside = false;
  for (const edge of edges) {
    const [from, to] = edge;
    if (isOnEdge(point, edge)) return BOUNDARY;
    if (from[1] > point[1] !== to[1] > point[1]) {
      const isLeft = orientation(from, to, point) > 0;
      if (isLeft === to[1] > from[1]) isInside = !isInside;
    }
  }
  return isInside ? INTERIOR : EXTERIOR;
};

/** Where a point lies with regard to the shape. */
export const placeOf = (point: Coordinate, of: Shape): Place => {
  const [west, south, east, north] = of.box;
  if (point[0] < west || point[0] > east || point[1] < south || point[1] > north) return EXTERIOR;
  if (of.dimension === 2) return placeInArea(point, of.edges);
  if (of.ends.has(keyOf(point))) return BOUNDARY;
  const isOn = of.vertices.some((vertex) => isSame(vertex, point)) || of.edges.some((edge) => isOnEdge(point, edge));
  return isOn ? INTERIOR : EXTERIOR;
};

/** Where one of the shape's own vertices lies in it, without looking at the others. */
export const placeOfVertex = (vertex: Coordinate, of: Shape): Place =>
  of.dimension === 2 || of.ends.has(keyOf(vertex)) ? BOUNDARY : INTERIOR;
