import type { Registry } from '../../shared/city/registry.ts';
import type { EpisodeStore } from '../../shared/environment/episodes/episode-store.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import type { SensorStateStore } from '../../shared/telemetry/sensor-state.ts';

/** What the reports stand on. */
export type ReportsParts = {
  readonly cityId: string;
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly sensorStates: Pick<SensorStateStore, 'get'>;
  readonly readings: Pick<ReadingStore, 'series' | 'versions'>;
  readonly episodes: Pick<EpisodeStore, 'around' | 'events'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};
