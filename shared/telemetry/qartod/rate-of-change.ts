import type { QualityFlag } from '../reading.ts';

/** In canonical units a second. */
export type RateOfChange = { readonly suspect: number; readonly fail?: number | undefined };

/**
 * Rate of change: faster than a threshold (not equal) since the value before 3 or 4. The first value, and one after a missing value, have
 * nothing to differ from and pass: 1.
 * Source: IOOS QARTOD, "Manual for Real-Time Quality Control of In-situ Temperature and Salinity Data", version 2.0 (2016), test 7, with
 * thresholds per second as in ioos_qc instead of standard deviations.
 */
export const rateOfChange = (
  before: number | null | undefined,
  value: number,
  seconds: number,
  { suspect, fail }: RateOfChange,
): QualityFlag => {
  if (typeof before !== 'number') return 1;
  const rate = Math.abs((value - before) / seconds);
  if (fail !== undefined && rate > fail) return 4;
  return rate > suspect ? 3 : 1;
};
