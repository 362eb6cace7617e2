import type { Registry } from '../../shared/city/registry.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import type { SensorStateStore } from '../../shared/telemetry/sensor-state.ts';

/** What the open-data API stands on. */
export type OpenDataParts = {
  readonly cityId: string;
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly readings: ReadingStore;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export const BASE_PATH = '/open/v1';
