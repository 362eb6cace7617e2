import { type Columns, pickColumns } from './columns.ts';
import { findCover } from './exact-cover.ts';
import { findPrices, reducedCost } from './row-prices.ts';

/** Less of an improvement counts as none. */
const LEAST_GAIN = 1e-7;

/**
 * At most `most` columns that cover each row exactly once for less than `upperBound`, the cheapest found within `work`; empty
 * when none is found. A heuristic for set partitioning: prices of rows, columns fixed to zero that cost too much beyond them
 * (reduced cost fixing), and a bounded depth-first search over the others.
 */
export const findPartition = (columns: Columns, most: number, upperBound: number, work: number): readonly number[] => {
  const prices = findPrices(columns, upperBound);
  const slack = prices.reduce((rest, price) => rest - price, upperBound - LEAST_GAIN);
  const excess = Float64Array.from({ length: columns.count }, (_, column) =>
    Math.max(0, reducedCost(columns, prices, column)),
  );
  const order = [...excess.keys()]
    .filter((column) => (excess[column] as number) < slack)
    .sort((a, b) => (excess[a] as number) - (excess[b] as number) || a - b);
  const promising = pickColumns(columns, order, (row) => row, columns.rowCount);
  const ascending = Float64Array.from(order, (column) => excess[column] as number);
  return findCover(promising, ascending, most, slack, work).map((at) => order[at] as number);
};
