import type { StoredRoads } from '../../../../events/road-files.ts';

/** Where prepared road networks are kept. A port. */
export type RoadFiles = {
  /** What the city drives on; `undefined` when no roads are stored. */
  readonly current: () => Promise<StoredRoads | undefined>;
  /** The bytes of a network, checked against its hash. */
  readonly read: (stored: StoredRoads) => Promise<Uint8Array>;
  /** Keeps the bytes under their hash, then names them as the ones in use: a reader sees the old network or the new one, whole. */
  readonly put: (file: Uint8Array, about: Omit<StoredRoads, 'key' | 'sha256' | 'bytes'>) => Promise<StoredRoads>;
};
