import type { CollectionProblem } from '../../shared/routing/problem.ts';
import type { Solution } from '../../shared/routing/solution.ts';

/** A benchmark instance as our problem, with what its literature counts. */
export type Instance = {
  /** The family whose published results it is compared with: `CVRP`, `Solomon`, `Kim` … */
  readonly kind: string;
  readonly problem: CollectionProblem;
  /** The objective and the distance in the unit in which results on this instance are published. */
  readonly report: (solution: Solution) => { readonly cost: number; readonly distance: number };
};

export type Point = { readonly x: number; readonly y: number };

/** Distances driven, in the problem's unit. */
export const totalDistance = (solution: Solution): number =>
  solution.routes.reduce((sum, route) => sum + route.distanceMetres, 0);

export const matrixOf = (points: readonly Point[], distance: (a: Point, b: Point) => number): number[][] =>
  points.map((from) => points.map((to) => distance(from, to)));

export const euclidean = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
