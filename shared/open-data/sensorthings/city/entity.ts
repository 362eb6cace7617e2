import type { EntityTypeName } from '../model/entity-model.ts';
import type { EntityAccess } from '../query/filter.ts';

/** An entity in memory. What it is related to is loaded with it, but for `Observations`, which only the store knows. */
export type Entity = {
  readonly type: EntityTypeName;
  readonly id: number | string;
  /** By model name, without `id`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By relation name; one entity stands in a list of one. */
  readonly related: ReadonlyMap<string, readonly Entity[]>;
  /** Third parties wrote it; what they may change, and where its observations are, depends on it. */
  readonly written?: true;
};

/** Values that are worked out for a request only, such as from when to when a datastream has observations. */
export type Overlay = Map<Entity, Readonly<Record<string, unknown>>>;

/** A property by its model name; `undefined` where the entity has none. */
export const readProperty = (entity: Entity, name: string, overlay?: Overlay): unknown =>
  name === 'id' ? entity.id : (overlay?.get(entity)?.[name] ?? entity.values[name]);

export const relatedTo = (entity: Entity, relation: string): readonly Entity[] => entity.related.get(relation) ?? [];

/** How filters and orders read entities. */
export const accessOf = (overlay?: Overlay): EntityAccess<Entity> => ({
  property: (entity, name) => readProperty(entity, name, overlay),
  one: (entity, { name }) => relatedTo(entity, name)[0],
  many: (entity, { name }) => relatedTo(entity, name),
});
