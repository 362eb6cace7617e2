import type { Coordinate } from './geometry.ts';
import { orientation } from './orientation.ts';
import { type Edge, isOnEdge, type Shape } from './shape.ts';

/** A piece of an edge on which nothing changes with regard to the other shape. */
export type Piece = {
  readonly middle: Coordinate;
  /** Lies along an edge of the other shape, in its direction or against it. */
  readonly along?: 'same' | 'opposite';
};

type Run = { readonly from: number; readonly to: number; readonly along: 'same' | 'opposite' };

/** How far along the edge a point on it is, 0 to 1, by the axis on which the edge is longer. */
const progress = ([from, to]: Edge, point: Coordinate): number => {
  const axis = Math.abs(to[0] - from[0]) >= Math.abs(to[1] - from[1]) ? 0 : 1;
  return Math.min(1, Math.max(0, (point[axis] - from[axis]) / (to[axis] - from[axis])));
};

const between = ([from, to]: Edge, at: number): Coordinate => [
  from[0] + (to[0] - from[0]) * at,
  from[1] + (to[1] - from[1]) * at,
];

/** Where two edges that cross do so, by the distances of one's ends from the other's line. */
const crossingOf = ([from, to]: Edge, [a, b]: Edge): number => {
  const distance = (point: Coordinate): number =>
    Math.abs((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]));
  const [start, end] = [distance(from), distance(to)];
  return start + end === 0 ? 0.5 : start / (start + end);
};

const edgesApart = ([a, b]: Edge, [c, d]: Edge): boolean =>
  Math.max(a[0], b[0]) < Math.min(c[0], d[0]) ||
  Math.max(c[0], d[0]) < Math.min(a[0], b[0]) ||
  Math.max(a[1], b[1]) < Math.min(c[1], d[1]) ||
  Math.max(c[1], d[1]) < Math.min(a[1], b[1]);

/** What one edge of the other shape does to this one: cuts, and perhaps a run alongside. Answers whether they cross inside both. */
const meet = (edge: Edge, other: Edge, cuts: number[], runs: Run[]): boolean => {
  if (edgesApart(edge, other)) return false;
  const sides = [orientation(...other, edge[0]), orientation(...other, edge[1])] as const;
  const otherSides = [orientation(...edge, other[0]), orientation(...edge, other[1])] as const;
  if (otherSides[0] === 0 && otherSides[1] === 0) {
    const [first, second] = [progress(edge, other[0]), progress(edge, other[1])];
    if (first !== second) {
      const along = first < second ? 'same' : 'opposite';
      runs.push({ from: Math.min(first, second), to: Math.max(first, second), along });
      cuts.push(first, second);
    }
    return false;
  }
  if (sides[0] * sides[1] < 0 && otherSides[0] * otherSides[1] < 0) {
    cuts.push(crossingOf(edge, other));
    return true;
  }
  for (const end of other) {
    if (isOnEdge(end, edge)) cuts.push(progress(edge, end));
  }
  return false;
};

/** The edge in pieces, cut wherever the other shape touches it, and whether it crosses an edge of it in a point inside both. */
export const cutEdge = (edge: Edge, by: Shape): { readonly pieces: readonly Piece[]; readonly crosses: boolean } => {
  const cuts = [0, 1];
  const runs: Run[] = [];
  let crosses = false;
  for (const other of by.edges) {
    if (meet(edge, other, cuts, runs)) crosses = true;
  }
  const places = [...new Set(cuts)].sort((a, b) => a - b);
  const pieces = places.slice(1).map((to, index): Piece => {
    const at = ((places[index] ?? 0) + to) / 2;
    const run = runs.find((candidate) => candidate.from <= at && at <= candidate.to);
    return { middle: between(edge, at), ...(run === undefined ? {} : { along: run.along }) };
  });
  return { pieces, crosses };
};
