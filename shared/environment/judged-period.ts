import type { Mean } from './averaging.ts';
import type { Limit } from './limit.ts';

/**
 * What an evaluation says of one period of one series under one limit: it was compared (`mean.isValid`), or it could not be for lack
 * of data. Evaluated again after late data came, the same period may say something else.
 */
export type JudgedPeriod = {
  readonly stationId: string;
  readonly sensorId: string;
  readonly limit: Limit;
  /** UTC epoch milliseconds; the period is `startsAt` < t ≤ `endsAt`. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Absent where no reading of the period counts. */
  readonly mean?: Mean;
};
