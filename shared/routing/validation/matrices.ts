import type { CollectionProblem } from '../problem.ts';
import type { ReportAt } from './faults.ts';

type Matrix = CollectionProblem['distanceMetres'];

/** The first column whose entry is no figure; -1 when all are. One pass over numbers, for there are millions. */
const firstWrongColumn = (row: Matrix[number]): number => {
  for (let to = 0; to < row.length; to += 1) {
    const value = row[to];
    // False for NaN, which compares with nothing, and for a hole in the array.
    if (value !== null && !((value as number) >= 0 && (value as number) < Number.POSITIVE_INFINITY)) return to;
  }
  return -1;
};

const checkMatrix = (matrix: Matrix, name: 'distanceMetres' | 'durationSeconds', size: number, report: ReportAt) => {
  if (matrix.length !== size) report([name], `has ${matrix.length} rows for ${size} locations`);
  matrix.forEach((row, from) => {
    if (row.length !== size) report([name, from], `has ${row.length} columns for ${size} locations`);
    const to = firstWrongColumn(row);
    if (to >= 0) report([name, from, to], 'must be a finite number of at least 0, or null');
  });
};

/** Square, a row and a column for each location, and every entry a figure or `null`. */
export const checkMatrices = (problem: CollectionProblem, report: ReportAt): void => {
  const size = problem.locations.length;
  checkMatrix(problem.distanceMetres, 'distanceMetres', size, report);
  if (problem.durationSeconds !== problem.distanceMetres)
    checkMatrix(problem.durationSeconds, 'durationSeconds', size, report);
};
