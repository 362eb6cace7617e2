import type { BrokerStanding, PushLedger, Told } from '../../shared/open-data/context-push/ports.ts';

/** A ledger in memory, by the rules of its port. */
export const memoryPushLedger = (): PushLedger => {
  const told = new Map<string, Map<string, Told>>();
  const standings = new Map<string, BrokerStanding>();
  const holds = new Map<string, { readonly owner: string; readonly until: number }>();
  const toldTo = (brokerId: string): Map<string, Told> => {
    const known = told.get(brokerId) ?? new Map<string, Told>();
    told.set(brokerId, known);
    return known;
  };
  return {
    told: async (brokerId) => [...toldTo(brokerId).values()],
    record: async (brokerId, more) => {
      for (const each of more) toldTo(brokerId).set(each.entityId, each);
    },
    forget: async (brokerId, entityIds) => {
      for (const entityId of entityIds) toldTo(brokerId).delete(entityId);
    },
    standing: async (brokerId) => standings.get(brokerId),
    hold: async (brokerId, { owner, at, until }) => {
      const held = holds.get(brokerId);
      if (held !== undefined && held.owner !== owner && held.until > at) return false;
      holds.set(brokerId, { owner, until });
      return true;
    },
    release: async (brokerId, owner, standing) => {
      const held = holds.get(brokerId);
      if (held !== undefined && held.owner !== owner) return;
      holds.delete(brokerId);
      standings.set(brokerId, standing);
    },
  };
};
