import * as z from 'zod';
import { averagingPeriods } from './limit.ts';

/** A mean over an averaging period that broke a limit, with the data it rests on. */
export const exceedanceSchema = z.object({
  /** `<stationId>~<sensorId>~<quantity>~<limitId>~<periodEndsAt>`: evaluating again finds the same record. */
  exceedanceId: z.string(),
  stationId: z.string(),
  stationName: z.string(),
  sensorId: z.string(),
  quantity: z.string(),
  limitId: z.string(),
  /** Decision and table, e.g. `QCVN 05:2023/BTNMT, Bảng 1`. */
  standard: z.string(),
  averagingPeriod: z.enum(averagingPeriods),
  /** UTC epoch milliseconds; the period is `periodStartsAt` < t ≤ `periodEndsAt`. */
  periodStartsAt: z.int(),
  periodEndsAt: z.int(),
  value: z.number(),
  limit: z.number(),
  /** Whether the limit is the greatest or the least value allowed. */
  bound: z.enum(['max', 'min']).default('max'),
  unit: z.string(),
  /** Readings found and expected in the period. */
  observed: z.int(),
  expected: z.int(),
  /** observed / expected, at most 1. */
  completeness: z.number(),
  evaluatedAt: z.int(),
});
export type Exceedance = z.infer<typeof exceedanceSchema>;

export type ExceedanceQuery = {
  /** UTC epoch milliseconds on `periodEndsAt`, inclusive and exclusive. */
  readonly from: number;
  readonly to: number;
  readonly stationId?: string;
  readonly quantity?: string;
  readonly limit: number;
  readonly cursor?: string;
};

/** Where exceedances live. A port. */
export type ExceedanceStore = {
  /** Creates or replaces by id. */
  readonly put: (exceedances: readonly Exceedance[]) => Promise<void>;
  /** Withdraws records that late data proved wrong. Unknown ids are fine. */
  readonly withdraw: (exceedances: readonly Pick<Exceedance, 'exceedanceId' | 'periodEndsAt'>[]) => Promise<void>;
  /** Newest period first. */
  readonly list: (query: ExceedanceQuery) => Promise<{
    readonly exceedances: readonly Exceedance[];
    readonly nextCursor?: string;
  }>;
};
