import type { EntityKind, EntityOf, Sensor } from './entities.ts';

/** What the city owns: its profile, bins, stations, sensors, depots, disposal sites, vehicles and own codecs. A port. */
export type Registry = {
  readonly get: <K extends EntityKind>(kind: K, id: string) => Promise<EntityOf<K> | undefined>;
  /** Only those that exist, in no order. */
  readonly getMany: <K extends EntityKind>(kind: K, ids: readonly string[]) => Promise<readonly EntityOf<K>[]>;
  /** All of a kind, sorted by id. */
  readonly list: <K extends EntityKind>(kind: K) => Promise<readonly EntityOf<K>[]>;
  /** Creates or replaces. A sensor with a `devEui` is found by it afterwards. */
  readonly put: <K extends EntityKind>(kind: K, entity: EntityOf<K>) => Promise<void>;
  readonly putMany: <K extends EntityKind>(kind: K, entities: readonly EntityOf<K>[]) => Promise<void>;
  readonly remove: (kind: EntityKind, id: string) => Promise<void>;
  readonly sensorByDevEui: (devEui: string) => Promise<Sensor | undefined>;
};
