import { entityDigest } from '../../shared/city/editing/entity-digest.ts';
import type { RegistryChange, RegistryEditor } from '../../shared/city/editing/registry-editor.ts';
import type { Registry } from '../../shared/city/registry.ts';

/** The registry of a test, edited under the same conditions as the stored one. */
export const memoryRegistryEditor = (registry: Registry): RegistryEditor => {
  /** One write at a time, as conditions make them. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (make: () => Promise<boolean>): Promise<boolean> => {
    const made = last.then(make, make);
    last = made;
    return made;
  };
  const changes = new Map<string, RegistryChange[]>();
  const record = (kind: string, id: string, change: RegistryChange): void => {
    changes.set(`${kind}#${id}`, [change, ...(changes.get(`${kind}#${id}`) ?? [])]);
  };
  return {
    get: async (kind, id) => {
      const entity = await registry.get(kind, id);
      return entity && { entity, version: entityDigest(entity) };
    },
    list: async (kind) => (await registry.list(kind)).map((entity) => ({ entity, version: entityDigest(entity) })),
    write: (kind, entity, seen, hand) =>
      inTurn(async () => {
        const now = await registry.get(kind, entity.id);
        if ((now && entityDigest(now)) !== (seen?.version ?? undefined)) return false;
        await registry.put(kind, entity);
        const act = seen === undefined ? 'created' : 'changed';
        record(kind, entity.id, { ...hand, act, ...(seen && { before: seen.entity }), after: entity });
        return true;
      }),
    remove: (kind, { entity: before, version }, hand) =>
      inTurn(async () => {
        const now = await registry.get(kind, before.id);
        if (now === undefined || entityDigest(now) !== version) return false;
        await registry.remove(kind, before.id);
        record(kind, before.id, { ...hand, act: 'removed', before });
        return true;
      }),
    changes: async (kind, id, limit) => (changes.get(`${kind}#${id}`) ?? []).slice(0, limit),
  };
};
