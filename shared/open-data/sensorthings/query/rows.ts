import type { EntityRelation } from '../model/entity-model.ts';

/**
 * A path through a relation of many (`Datastreams/name` of a Thing) stands for each of them in turn. A row is one choice: the
 * entity itself, then for each such relation of the filter one of the many, or none where there are none.
 */
export type Row<Entity> = (Entity | undefined)[];

/** Related entities, those the caller has loaded. */
export type RelationAccess<Entity> = {
  readonly one: (entity: Entity, relation: EntityRelation) => Entity | undefined;
  readonly many: (entity: Entity, relation: EntityRelation) => readonly Entity[];
};

/** A place in the row that is chosen: from `relation` of what `from` finds. */
export type Slot<Entity> = {
  readonly index: number;
  readonly relation: EntityRelation;
  readonly from: (row: Row<Entity>) => Entity | undefined;
  /** Slots this one hangs on, itself included. */
  readonly chain: readonly number[];
};

export type RowLayout<Entity> = {
  /** Finds the entity at the end of relations, laying out a slot for each relation of many on the way. */
  readonly reader: (relations: readonly EntityRelation[]) => (row: Row<Entity>) => Entity | undefined;
  /** Slots laid out so far, each behind the one it hangs on. */
  readonly slots: readonly Slot<Entity>[];
  /** The slots that a path through these relations needs. */
  readonly slotsOf: (relations: readonly EntityRelation[]) => readonly number[];
};

export const openRowLayout = <Entity>({ one }: Pick<RelationAccess<Entity>, 'one'>): RowLayout<Entity> => {
  const slots: Slot<Entity>[] = [];
  const byPath = new Map<string, Slot<Entity>>();
  const walk = (relations: readonly EntityRelation[]) => {
    let read = (row: Row<Entity>): Entity | undefined => row[0];
    let chain: readonly number[] = [];
    let path = '';
    for (const relation of relations) {
      const from = read;
      path += `/${relation.name}`;
      if (!relation.many) {
        read = (row) => {
          const entity = from(row);
          return entity === undefined ? undefined : one(entity, relation);
        };
        continue;
      }
      const index = byPath.get(path)?.index ?? slots.length + 1;
      chain = [...chain, index];
      if (!byPath.has(path)) {
        const slot = { index, relation, from, chain };
        slots.push(slot);
        byPath.set(path, slot);
      }
      read = (row) => row[index];
    }
    return { read, chain };
  };
  return {
    reader: (relations) => walk(relations).read,
    slots,
    slotsOf: (relations) => walk(relations).chain,
  };
};
