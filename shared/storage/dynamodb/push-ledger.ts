import * as z from 'zod';
import type { BrokerStanding, PushLedger, Told } from '../../open-data/context-push/ports.ts';
import { batchWrite, getItem, type Key, putItem, queryItems, type TableOptions } from './items.ts';

const toldPartition = (brokerId: string): string => `context-told#${brokerId}`;
const toldKey = (brokerId: string, entityId: string): Key => ({ pk: toldPartition(brokerId), sk: entityId });
const standingKey = (brokerId: string): Key => ({ pk: 'context-brokers', sk: brokerId });

const toldSchema = z.object({
  sk: z.string(),
  digest: z.string(),
  toldAt: z.int(),
  refused: z.boolean().optional(),
});
const standingSchema = z.object({
  failures: z.int(),
  notBefore: z.int(),
  lastTakenAt: z.int().optional(),
  reason: z.string().optional(),
  heldBy: z.string().optional(),
  heldUntil: z.int().optional(),
});

const toldOf = (item: unknown): Told => {
  const { sk: entityId, digest, toldAt, refused } = toldSchema.parse(item);
  return { entityId, digest, toldAt, ...(refused !== undefined && { refused }) };
};

/** What context brokers know, in DynamoDB: an item an entity, and one a broker with its standing and who speaks to it. */
export const dynamodbPushLedger = (options: TableOptions): PushLedger => {
  const read = async (brokerId: string) => {
    const item = await getItem(options, standingKey(brokerId));
    return item && standingSchema.parse(item);
  };
  /** Puts the standing on condition that nobody else holds the broker at `at`. */
  const put = (brokerId: string, owner: string, at: number, standing: z.infer<typeof standingSchema>) =>
    putItem(
      options,
      { ...standingKey(brokerId), ...standing },
      {
        ConditionExpression: 'attribute_not_exists(heldBy) OR heldBy = :owner OR heldUntil <= :at',
        ExpressionAttributeValues: { ':owner': owner, ':at': at },
      },
    );
  return {
    told: async (brokerId) => (await queryItems(options, toldPartition(brokerId))).map(toldOf),
    record: (brokerId, told) =>
      batchWrite(options, {
        put: told.map(({ entityId, ...rest }) => ({ ...toldKey(brokerId, entityId), ...rest })),
      }),
    forget: (brokerId, entityIds) =>
      batchWrite(options, { remove: entityIds.map((entityId) => toldKey(brokerId, entityId)) }),
    standing: async (brokerId) => {
      const found = await read(brokerId);
      if (found === undefined) return undefined;
      const { heldBy: _, heldUntil: __, ...standing } = found;
      return standing;
    },
    hold: async (brokerId, { owner, at, until }) => {
      const known: BrokerStanding = (await read(brokerId)) ?? { failures: 0, notBefore: 0 };
      return put(brokerId, owner, at, { ...known, heldBy: owner, heldUntil: until });
    },
    // Not even one whose time is over may write into another's: at 0 no hold is over.
    release: async (brokerId, owner, standing) => {
      await put(brokerId, owner, 0, standing);
    },
  };
};
