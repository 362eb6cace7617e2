import fc from 'fast-check';
import type { Columns } from '../../../../../shared/routing/solver/recombine/columns.ts';

type Column = { readonly mask: number; readonly cost: number };

const columnsFrom = (rowCount: number, drawn: readonly Column[]): Columns => {
  const first = [0];
  const rows: number[] = [];
  for (const { mask } of drawn) {
    for (let row = 0; row < rowCount; row += 1) if ((mask >> row) & 1) rows.push(row);
    first.push(rows.length);
  }
  return {
    count: drawn.length,
    rowCount,
    rows: Int32Array.from(rows),
    first: Int32Array.from(first),
    cost: Float64Array.from(drawn, ({ cost }) => cost),
  };
};

/** Set partitioning problems of a few rows, each of which at least a column of its own covers. */
export const columnProblems: fc.Arbitrary<Columns> = fc.integer({ min: 1, max: 7 }).chain((rowCount) => {
  const cost = fc.integer({ min: 1, max: 60 });
  const singles = fc
    .array(cost, { minLength: rowCount, maxLength: rowCount })
    .map((costs) => costs.map((each, row) => ({ mask: 1 << row, cost: each + 20 })));
  const others = fc.array(fc.record({ mask: fc.integer({ min: 1, max: 2 ** rowCount - 1 }), cost }), { maxLength: 25 });
  return fc.tuple(singles, others).map(([own, more]) => columnsFrom(rowCount, [...own, ...more]));
});

const maskOf = ({ rows, first }: Columns, column: number): number =>
  rows.subarray(first[column], first[column + 1]).reduce((mask, row) => mask | (1 << row), 0);

/** Cost of the cheapest partition with at most so many columns, by trying everything; infinite when there is none. */
export const cheapestPartition = (columns: Columns, most: number, covered = 0): number => {
  const all = 2 ** columns.rowCount - 1;
  if (covered === all) return 0;
  if (most === 0) return Number.POSITIVE_INFINITY;
  const open = Math.log2(~covered & (covered + 1));
  let least = Number.POSITIVE_INFINITY;
  for (let column = 0; column < columns.count; column += 1) {
    const mask = maskOf(columns, column);
    if ((mask & covered) !== 0 || ((mask >> open) & 1) === 0) continue;
    least = Math.min(least, (columns.cost[column] as number) + cheapestPartition(columns, most - 1, covered | mask));
  }
  return least;
};

export const costOf = ({ cost }: Columns, chosen: readonly number[]): number =>
  chosen.reduce((sum, column) => sum + (cost[column] as number), 0);

/** The rows of some columns, each as often as it is covered. */
export const coveredRows = ({ rows, first }: Columns, chosen: readonly number[]): number[] =>
  chosen.flatMap((column) => [...rows.subarray(first[column], first[column + 1])]).sort((a, b) => a - b);
