import type { Quantity } from './quantity.ts';

/**
 * QARTOD's primary flags (IOOS, "Manual for Real-Time Oceanographic Data Quality Control Flags"):
 * 1 good, 2 not evaluated, 3 suspect, 4 fail, 9 missing.
 */
export type QualityFlag = 1 | 2 | 3 | 4 | 9;

export type Quality = {
  readonly flag: QualityFlag;
  /** The test that decided, e.g. `gross-range`, `timing`; `none` where nothing was tested. */
  readonly test: string;
};

/**
 * One value of one quantity at one instant from one sensor, in the quantity's canonical unit.
 * Identity is (sensorId, quantity, measuredAt): a replay changes nothing, a correction keeps its history.
 */
export type Reading = {
  readonly sensorId: string;
  readonly quantity: Quantity;
  /** `null` exactly when the quality flag is 9: a missing value is never zero. */
  readonly value: number | null;
  /** UTC epoch milliseconds, an integer. */
  readonly measuredAt: number;
  /** UTC epoch milliseconds at the broker. */
  readonly receivedAt: number;
  readonly quality: Quality;
};

export type ReadingIdentity = Pick<Reading, 'sensorId' | 'quantity' | 'measuredAt'>;

/** One string per identity, for maps and sets. Sensor ids never hold a `|` (see the registry's schema). */
export const readingKey = ({ sensorId, quantity, measuredAt }: ReadingIdentity): string =>
  `${sensorId}|${quantity}|${measuredAt}`;

/** Whether two readings of one identity say the same: a replay does, a correction does not. */
export const saysTheSame = (a: Reading, b: Reading): boolean =>
  a.value === b.value && a.quality.flag === b.quality.flag && a.quality.test === b.quality.test;
