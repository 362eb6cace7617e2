import type { QualityFlag } from '../reading.ts';

/** In the quantity's canonical unit; a threshold that is absent never decides. */
export type Spike = {
  readonly suspect?: number | undefined;
  readonly fail?: number | undefined;
  /**
   * `average`: how far a value lies from the middle between its neighbours; a spike's neighbours are found with it.
   * `differential`: the smaller of the steps up to it and down from it, and nothing where both go the same way.
   */
  readonly method: 'average' | 'differential';
};

const height = (before: number, value: number, after: number, method: Spike['method']): number => {
  if (method === 'average') return Math.abs(value - (before + after) / 2);
  const up = value - before;
  const down = after - value;
  return up * down >= 0 ? 0 : Math.min(Math.abs(up), Math.abs(down));
};

/**
 * Spike: a value against its two neighbours in the series, whatever the time between; higher than a threshold (not equal) 3 or 4.
 * Without a neighbour on either side (`undefined` at the ends, `null` where one is missing) it is not evaluated: 2.
 * Source: IOOS QARTOD, "Manual for Real-Time Quality Control of In-situ Temperature and Salinity Data", version 2.0 (2016), test 6;
 * `differential` as in ioos_qc.
 */
export const spike = (
  before: number | null | undefined,
  value: number,
  after: number | null | undefined,
  { suspect, fail, method }: Spike,
): QualityFlag => {
  if (typeof before !== 'number' || typeof after !== 'number') return 2;
  const difference = height(before, value, after, method);
  if (fail !== undefined && difference > fail) return 4;
  return suspect !== undefined && difference > suspect ? 3 : 1;
};
