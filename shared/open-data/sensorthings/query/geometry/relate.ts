import { cutEdge, type Piece } from './cut.ts';
import {
  BOUNDARY,
  boxesMeet,
  type Edge,
  EXTERIOR,
  INTERIOR,
  type Place,
  placeOf,
  placeOfVertex,
  type Shape,
} from './shape.ts';

/**
 * DE-9IM (OGC 06-103r4, 6.1.15): the dimension in which interior, boundary and exterior of `a` (rows) meet those of `b` (columns),
 * -1 where they do not. In the plane of longitude and latitude, as PostGIS does for `geometry` and FROST-Server with it.
 */
export type Matrix = readonly (-1 | 0 | 1 | 2)[];

type Note = (a: Place, b: Place, dimension: 0 | 1 | 2) => void;

/** Where the inside of an edge lies in its own shape. */
const ownPlace = (shape: Shape): Place => (shape.dimension === 2 ? BOUNDARY : INTERIOR);

const placeOfPiece = (piece: Piece, other: Shape): Place => {
  if (piece.along !== undefined) return ownPlace(other);
  return other.dimension === 2 ? placeOf(piece.middle, other) : EXTERIOR;
};

/** On both sides of a polygon's edge lie areas: its own interior to the left, its exterior to the right. */
const noteAreas = (piece: Piece, place: Place, note: Note): void => {
  if (piece.along === 'same') {
    note(INTERIOR, INTERIOR, 2);
  } else if (piece.along === 'opposite') {
    note(INTERIOR, EXTERIOR, 2);
    note(EXTERIOR, INTERIOR, 2);
  } else if (place === INTERIOR) {
    note(INTERIOR, INTERIOR, 2);
    note(EXTERIOR, INTERIOR, 2);
  } else if (place === EXTERIOR) {
    note(INTERIOR, EXTERIOR, 2);
  }
};

const noteEdge = (edge: Edge, a: Shape, b: Shape, note: Note): void => {
  const { pieces, crosses } = cutEdge(edge, b);
  if (crosses) note(ownPlace(a), ownPlace(b), 0);
  for (const piece of pieces) {
    const place = placeOfPiece(piece, b);
    note(ownPlace(a), place, 1);
    if (a.dimension === 2 && b.dimension === 2) noteAreas(piece, place, note);
  }
};

/** What `a`'s vertices and edges tell about `a` and `b`. */
const noteSide = (a: Shape, b: Shape, note: Note): void => {
  for (const vertex of a.vertices) note(placeOfVertex(vertex, a), placeOf(vertex, b), 0);
  if (b.edges.length > 0 && boxesMeet(a, b)) {
    for (const edge of a.edges) noteEdge(edge, a, b, note);
  } else if (a.edges.length > 0) {
    // Points cover no part of an edge, and what lies apart covers nothing at all.
    note(ownPlace(a), EXTERIOR, 1);
    if (a.dimension === 2) note(INTERIOR, EXTERIOR, 2);
  }
  // A line or a point covers no area, so most of the area lies outside it.
  if (a.dimension === 2 && b.dimension < 2) note(INTERIOR, EXTERIOR, 2);
};

export const relate = (a: Shape, b: Shape): Matrix => {
  const matrix: (-1 | 0 | 1 | 2)[] = [-1, -1, -1, -1, -1, -1, -1, -1, 2];
  const noteAt = (index: number, dimension: 0 | 1 | 2): void => {
    if ((matrix[index] ?? -1) < dimension) matrix[index] = dimension;
  };
  noteSide(a, b, (ofA, ofB, dimension) => noteAt(ofA * 3 + ofB, dimension));
  noteSide(b, a, (ofB, ofA, dimension) => noteAt(ofA * 3 + ofB, dimension));
  return matrix;
};

const patternText = /^[TF*012]{9}$/i;

/** Nine characters of `T F * 0 1 2`. */
export const isPattern = (pattern: string): boolean => patternText.test(pattern);

const fits = (dimension: number | undefined, wanted: string | undefined): boolean => {
  if (wanted === undefined || wanted === '*') return true;
  if (wanted === 'T') return dimension !== -1;
  return wanted === 'F' ? dimension === -1 : String(dimension) === wanted;
};

export const matches = (matrix: Matrix, pattern: string): boolean =>
  matrix.every((dimension, index) => fits(dimension, pattern[index]?.toUpperCase()));
