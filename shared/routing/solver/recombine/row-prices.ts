import type { Columns } from './columns.ts';

const ROUNDS = 150;
/** Share of the last direction that a step keeps, so that it does not swing to and fro (Camerini, Fratta and Maffioli 1975). */
const MOMENTUM = 0.7;
/** Rounds without a better bound until steps are halved. */
const PATIENCE = 20;
const SHORTEST_PACE = 1e-4;

/** What a column costs beyond the prices of its rows. */
export const reducedCost = ({ rows, first, cost }: Columns, prices: Float64Array, column: number): number => {
  let sum = cost[column] as number;
  const end = first[column + 1] as number;
  for (let at = first[column] as number; at < end; at += 1) sum -= prices[rows[at] as number] as number;
  return sum;
};

/** Lagrange's bound on the cost of any cover at these prices; leaves in `demand` how many columns each row lacks. */
const boundAt = (columns: Columns, prices: Float64Array, demand: Float64Array): number => {
  const { count, rows, first } = columns;
  let bound = prices.reduce((sum, price) => sum + price, 0);
  demand.fill(1);
  for (let column = 0; column < count; column += 1) {
    const reduced = reducedCost(columns, prices, column);
    if (reduced >= 0) continue;
    bound += reduced;
    for (let at = first[column] as number; at < (first[column + 1] as number); at += 1) {
      const row = rows[at] as number;
      demand[row] = (demand[row] as number) - 1;
    }
  }
  return bound;
};

/** Lowers prices until no column costs less than its rows are worth: their sum is a lower bound then. */
const makeFeasible = (columns: Columns, prices: Float64Array): void => {
  const { count, rowCount, rows, first } = columns;
  const lowered = new Float64Array(rowCount).fill(Number.POSITIVE_INFINITY);
  for (let column = 0; column < count; column += 1) {
    const from = first[column] as number;
    const end = first[column + 1] as number;
    const share = reducedCost(columns, prices, column) / (end - from);
    for (let at = from; at < end; at += 1) {
      const row = rows[at] as number;
      lowered[row] = Math.min(lowered[row] as number, share);
    }
  }
  for (let row = 0; row < rowCount; row += 1) prices[row] = (prices[row] as number) + (lowered[row] as number);
};

/**
 * What covering each row is worth: Lagrange multipliers found by subgradient steps (Held, Wolfe and Crowder 1974) that raise the
 * prices of rows that no column wants and lower those that several do. No column costs less than its rows are worth, so that the
 * sum of prices is a lower bound. Every row is in some column.
 */
export const findPrices = (columns: Columns, upperBound: number): Float64Array => {
  const { rowCount } = columns;
  const prices = new Float64Array(rowCount).fill(upperBound / rowCount);
  const best = prices.slice();
  const demand = new Float64Array(rowCount);
  const direction = new Float64Array(rowCount);
  let highest = Number.NEGATIVE_INFINITY;
  let pace = 1;
  let stale = 0;
  for (let round = 0; round < ROUNDS && pace >= SHORTEST_PACE; round += 1) {
    const bound = boundAt(columns, prices, demand);
    stale = bound > highest ? 0 : stale + 1;
    if (bound > highest) {
      highest = bound;
      best.set(prices);
    }
    if (stale >= PATIENCE) {
      pace /= 2;
      stale = 0;
      prices.set(best);
      direction.fill(0);
      continue;
    }
    let norm = 0;
    for (let row = 0; row < rowCount; row += 1) {
      direction[row] = MOMENTUM * (direction[row] as number) + (1 - MOMENTUM) * (demand[row] as number);
      norm += (direction[row] as number) ** 2;
    }
    if (norm < 1e-12) break;
    const length = (pace * Math.max(upperBound - bound, 0)) / norm;
    for (let row = 0; row < rowCount; row += 1) {
      prices[row] = (prices[row] as number) + length * (direction[row] as number);
    }
  }
  makeFeasible(columns, best);
  return best;
};
