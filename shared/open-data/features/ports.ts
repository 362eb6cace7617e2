import type { Registry } from '../../city/registry.ts';
import type { EpisodeStore } from '../../environment/episodes/episode-store.ts';
import type { SensorStateStore } from '../../telemetry/sensor-state.ts';

/** What the collections are read from. */
export type FeaturePorts = {
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly episodes: Pick<EpisodeStore, 'get' | 'list'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export const isoOrNull = (epochMs: number | null | undefined): string | null =>
  typeof epochMs === 'number' ? new Date(epochMs).toISOString() : null;
