import type { EntityKind, EntityOf } from '../entities.ts';
import type { Registry } from '../registry.ts';
import type { EditableKind } from './registry-editor.ts';

/** Another entity that one names, and where it does. */
export type Reference = {
  readonly path: readonly (string | number)[];
  readonly kind: EditableKind;
  readonly id: string;
};

type ReferencesOf = { readonly [K in EntityKind]?: (entity: EntityOf<K>) => readonly Reference[] };

const known: ReferencesOf = {
  vehicle: ({ depotId, permits = [] }) => [
    { path: ['depotId'], kind: 'depot', id: depotId },
    ...permits.map((id, index): Reference => ({ path: ['permits', index], kind: 'zone', id })),
  ],
  crew: ({ vehicleId }) => [{ path: ['vehicleId'], kind: 'vehicle', id: vehicleId }],
  'special-event': ({ binIds = [] }) =>
    binIds.map((id, index): Reference => ({ path: ['binIds', index], kind: 'bin', id })),
  // Bins and stations share `siteId`; an id of a station is no bin's.
  sensor: ({ kind, siteId, status }) =>
    kind === 'bin' && siteId !== undefined && status === 'active'
      ? [{ path: ['siteId'], kind: 'bin', id: siteId }]
      : [],
};

const referencesOf = <K extends EntityKind>(kind: K, entity: EntityOf<K>): readonly Reference[] => {
  const find: ((entity: EntityOf<K>) => readonly Reference[]) | undefined = known[kind];
  return find?.(entity) ?? [];
};

/** Who names an entity of this kind. */
const namers = { depot: ['vehicle'], zone: ['vehicle'], vehicle: ['crew'], bin: ['sensor', 'special-event'] } as const;

export type Dependent = { readonly kind: EntityKind; readonly id: string };

/** Entities that name this one, and would name nothing without it. */
export const dependentsOf = async (
  registry: Pick<Registry, 'list'>,
  kind: EditableKind,
  id: string,
): Promise<readonly Dependent[]> => {
  const kinds: readonly EntityKind[] = kind in namers ? namers[kind as keyof typeof namers] : [];
  const found: Dependent[] = [];
  for (const other of kinds) {
    for (const entity of await registry.list(other)) {
      const names = referencesOf(other, entity).some((reference) => reference.kind === kind && reference.id === id);
      if (names) found.push({ kind: other, id: entity.id });
    }
  }
  return found;
};

/** The references of an entity that lead nowhere. */
export const danglingReferences = async <K extends EditableKind>(
  kind: K,
  entity: EntityOf<K>,
  exists: (kind: EditableKind, id: string) => Promise<boolean>,
): Promise<readonly Reference[]> => {
  const found = referencesOf(kind, entity);
  const there = await Promise.all(found.map((reference) => exists(reference.kind, reference.id)));
  return found.filter((_, index) => there[index] !== true);
};
