import type { EntityIds, KnownId } from '../../shared/open-data/sensorthings/city/entity-ids.ts';

/** The reference of the `EntityIds` port. */
export const memoryEntityIds = (): EntityIds => {
  const byType = new Map<string, Map<string, KnownId>>();
  return {
    identify: async (type, keys, at) => {
      const known = byType.get(type) ?? new Map<string, KnownId>();
      byType.set(type, known);
      for (const key of keys) if (!known.has(key)) known.set(key, { id: known.size + 1, since: at });
      return new Map(known);
    },
  };
};
