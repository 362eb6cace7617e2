import type { Registry } from '../../shared/city/registry.ts';
import type { EpisodeStore } from '../../shared/environment/episodes/episode-store.ts';
import type { BulkIssues } from '../../shared/open-data/bulk/bulk-issue.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import type { SensorStateStore } from '../../shared/telemetry/sensor-state.ts';

/** What the open-data API stands on. */
export type OpenDataParts = {
  readonly cityId: string;
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly readings: ReadingStore;
  readonly episodes: EpisodeStore;
  /** Absent where no files are issued. */
  readonly bulkIssues?: BulkIssues;
  /** Where the public finds the city; absent: where the request says it was sent. */
  readonly publicUrl?: string | undefined;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export const BASE_PATH = '/open/v1';
