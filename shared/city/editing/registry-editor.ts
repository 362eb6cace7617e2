import type { EntityOf } from '../entities.ts';

/** What people edit through the registry's API; sensors and stations are provisioned, the city's profile is set up with it. */
export const editableKinds = [
  'bin',
  'vehicle',
  'crew',
  'depot',
  'disposal-site',
  'zone',
  'special-day',
  'special-event',
] as const;
export type EditableKind = (typeof editableKinds)[number];

/** What the editor writes: of the city only some rules. */
export type WritableKind = EditableKind | 'city';

/** An entity, and a mark of the version that is stored: opaque, for `write` and `remove`. */
export type Registered<K extends WritableKind> = { readonly entity: EntityOf<K>; readonly version: string | null };

/** Who changed what and when. */
export type RegistryChange = {
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly by: string;
  readonly act: 'created' | 'changed' | 'removed';
  readonly through: 'api' | 'csv';
  readonly before?: unknown;
  readonly after?: unknown;
};

/** Whose hand it is. */
export type Hand = Pick<RegistryChange, 'at' | 'by' | 'through'>;

/** The registry as people edit it: nobody overwrites what they have not seen, and every change is on record. A port. */
export type RegistryEditor = {
  readonly get: <K extends WritableKind>(kind: K, id: string) => Promise<Registered<K> | undefined>;
  /** All of a kind, by id. */
  readonly list: <K extends WritableKind>(kind: K) => Promise<readonly Registered<K>[]>;
  /** Creates where nothing was seen, or replaces what was. False, changing nothing, where something else is there by now. */
  readonly write: <K extends WritableKind>(
    kind: K,
    entity: EntityOf<K>,
    seen: Registered<K> | undefined,
    hand: Hand,
  ) => Promise<boolean>;
  readonly remove: <K extends WritableKind>(kind: K, seen: Registered<K>, hand: Hand) => Promise<boolean>;
  /** Newest first. */
  readonly changes: (kind: WritableKind, id: string, limit: number) => Promise<readonly RegistryChange[]>;
};
