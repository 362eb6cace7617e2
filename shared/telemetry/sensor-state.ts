import type { QualityState } from './qartod/assess-observations.ts';
import type { Quantity } from './quantity.ts';
import type { Reading } from './reading.ts';

/** The newest reading of each quantity of one sensor. */
export type SensorState = {
  readonly sensorId: string;
  /** When anything was last heard from it, UTC epoch milliseconds at the broker. */
  readonly lastReceivedAt: number;
  readonly latest: Readonly<Partial<Record<Quantity, Reading>>>;
  /** What the quality tests remember of it; absent before they first ran. */
  readonly quality?: QualityState;
};

/** A state as it was read: `version` says whether somebody has written it since. 0 and no state for a sensor that was never heard. */
export type VersionedState = { readonly sensorId: string; readonly version: number; readonly state?: SensorState };

/** Latest states. A port; adapters write with a condition so that of two writers the newer reading stays. */
export type SensorStateStore = {
  /** Folds readings of any sensors into their states (see `advance`); out-of-order and repeated readings change nothing. */
  readonly record: (readings: readonly Reading[]) => Promise<void>;
  /** One for each sensor, in their order; for a writer that works out the next state itself. */
  readonly read: (sensorIds: readonly string[]) => Promise<readonly VersionedState[]>;
  /** Writes each state on condition that its version is still the one given. Answers those that another writer was faster with. */
  readonly write: (states: readonly Required<VersionedState>[]) => Promise<readonly string[]>;
  readonly get: (sensorIds: readonly string[]) => Promise<readonly SensorState[]>;
  /** Every sensor that was ever heard, sorted by id. */
  readonly list: () => Promise<readonly SensorState[]>;
};

const isNewer = (candidate: Reading, current: Reading | undefined): boolean =>
  current === undefined ||
  candidate.measuredAt > current.measuredAt ||
  (candidate.measuredAt === current.measuredAt && candidate.receivedAt > current.receivedAt);

/**
 * The state after a sensor's readings, whatever order they come in: per quantity the greatest `measuredAt`, and of two for
 * one instant the one received later. Returns the same object when nothing changes.
 */
export const advance = (state: SensorState | undefined, readings: readonly Reading[]): SensorState | undefined => {
  let next = state;
  for (const reading of readings) {
    const fresh = isNewer(reading, next?.latest[reading.quantity]);
    const lastReceivedAt = Math.max(next?.lastReceivedAt ?? 0, reading.receivedAt);
    if (!fresh && lastReceivedAt === next?.lastReceivedAt) continue;
    next = {
      ...next,
      sensorId: reading.sensorId,
      lastReceivedAt,
      latest: fresh ? { ...next?.latest, [reading.quantity]: reading } : (next?.latest ?? {}),
    };
  }
  return next;
};
