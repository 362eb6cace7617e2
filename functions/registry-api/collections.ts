import type * as z from 'zod';
import type { EditableKind } from '../../shared/city/editing/registry-editor.ts';
import { type EntityOf, entitySchemas } from '../../shared/city/entities.ts';

/** One kind of entity as the API shows it. */
export type Collection<K extends EditableKind = EditableKind> = {
  readonly kind: K;
  /** Below the base path. */
  readonly path: string;
  /** In operation ids: `listVehicles`, `putVehicle`. */
  readonly plural: string;
  readonly singular: string;
  /** In sentences. */
  readonly words: string;
  readonly schema: z.ZodType<EntityOf<K>>;
};

const collection = <K extends EditableKind>(
  kind: K,
  path: string,
  plural: string,
  singular: string,
  words: string,
): Collection<K> => ({ kind, path, plural, singular, words, schema: schemaOf(kind) });

/** The compiler cannot see that the schema of a kind makes the entity of that kind. */
const schemaOf = <K extends EditableKind>(kind: K): z.ZodType<EntityOf<K>> =>
  entitySchemas[kind] as unknown as z.ZodType<EntityOf<K>>;

export const collections = {
  bin: collection('bin', 'bins', 'Bins', 'Bin', 'bin'),
  vehicle: collection('vehicle', 'vehicles', 'Vehicles', 'Vehicle', 'truck'),
  crew: collection('crew', 'crews', 'Crews', 'Crew', 'crew'),
  depot: collection('depot', 'depots', 'Depots', 'Depot', 'depot'),
  'disposal-site': collection('disposal-site', 'disposal-sites', 'DisposalSites', 'DisposalSite', 'disposal site'),
  zone: collection('zone', 'zones', 'Zones', 'Zone', 'zone'),
  'special-day': collection('special-day', 'special-days', 'SpecialDays', 'SpecialDay', 'special day'),
  'special-event': collection('special-event', 'special-events', 'SpecialEvents', 'SpecialEvent', 'special event'),
} as const satisfies { readonly [K in EditableKind]: Collection<K> };
