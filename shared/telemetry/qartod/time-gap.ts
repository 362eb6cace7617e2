import type { QualityFlag } from '../reading.ts';

/**
 * Time gap: more than `failSeconds` since the observation before fails the later one: 4. The first one passes.
 * Source: IOOS QARTOD, "Manual for Real-Time Quality Control of In-situ Temperature and Salinity Data", version 2.0 (2016), test 1, between
 * observations as in ioos_qc's `time_gap_test` instead of against the clock: a silent sensor sends nothing that could be flagged.
 */
export const timeGap = (seconds: number | undefined, failSeconds: number): QualityFlag =>
  seconds !== undefined && seconds > failSeconds ? 4 : 1;
