/**
 * A row of a travel matrix; `null` = no way. Rows of whole figures are views of one block that threads share, half as large as
 * plain arrays: `Float32Array` holds whole metres and seconds exactly up to 16,777,216. JSON has no such rows: who writes a problem down
 * takes `Array.from`.
 */
export type MatrixRow = (number | null)[] | Float32Array;

/** A square matrix that is filled in place; `Infinity` = no way. */
export type MatrixDraft = {
  readonly size: number;
  /** Row-major. */
  readonly values: Float32Array;
};

/** All zero. */
export const draftMatrix = (size: number): MatrixDraft => ({
  size,
  values: new Float32Array(new SharedArrayBuffer(size * size * Float32Array.BYTES_PER_ELEMENT)),
});

const hasGaps = (values: Float32Array): boolean => {
  for (const value of values) if (value === Number.POSITIVE_INFINITY) return true;
  return false;
};

const withNulls = (row: Float32Array): (number | null)[] =>
  Array.from(row, (value) => (value === Number.POSITIVE_INFINITY ? null : value));

/** The rows of a filled draft. A matrix with gaps becomes plain arrays, since typed ones have no `null`. */
export const matrixRows = ({ size, values }: MatrixDraft): MatrixRow[] => {
  const rows = Array.from({ length: size }, (_, row) => values.subarray(row * size, (row + 1) * size));
  return hasGaps(values) ? rows.map(withNulls) : rows;
};
