import type { Quantity } from './quantity.ts';

/** What a device says it saw, in the canonical unit, before the quality tests: a reading without sensor and flag. */
export type Observation = {
  readonly quantity: Quantity;
  /** `null` when the device has no value to give. */
  readonly value: number | null;
  /** UTC epoch milliseconds, an integer. */
  readonly measuredAt: number;
  /** Why there is no value, e.g. `no-echo`; `missing` when absent. */
  readonly missing?: string;
};
