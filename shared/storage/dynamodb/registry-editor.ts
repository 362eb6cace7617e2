import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Registered, RegistryChange, RegistryEditor, WritableKind } from '../../city/editing/registry-editor.ts';
import { orUnavailable } from '../availability.ts';
import { sortableInstant } from '../cursor.ts';
import {
  batchWrite,
  getItem,
  type Item,
  ifFree,
  type Key,
  putItem,
  queryItems,
  queryPages,
  type TableOptions,
} from './items.ts';
import { entityItem, entityKey, entityOf, partition, validEntity } from './registry.ts';

const changeSchema = z.object({
  at: z.int(),
  by: z.string(),
  act: z.enum(['created', 'changed', 'removed']),
  through: z.enum(['api', 'csv']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

const changesOf = (kind: WritableKind, id: string): string => `registry-changes#${kind}#${id}`;

const registeredOf = <K extends WritableKind>(kind: K, item: Item): Registered<K> => ({
  entity: entityOf(kind, item),
  version: typeof item.digest === 'string' ? item.digest : null,
});

/** Items written before digests were have none; whoever writes one since leaves a digest. */
const isAsSeen = ({ version }: { readonly version: string | null }) =>
  version === null
    ? { ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(digest)' }
    : { ConditionExpression: 'digest = :seen', ExpressionAttributeValues: { ':seen': version } };

const deleteItem = async (
  { client, tableName }: TableOptions,
  key: Key,
  condition: ReturnType<typeof isAsSeen>,
): Promise<boolean> => {
  try {
    await orUnavailable(client.send(new DeleteCommand({ TableName: tableName, Key: { ...key }, ...condition })));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/**
 * The registry in the city's table, edited under conditions. A change is put on record before it is made, and taken off again when
 * somebody else was quicker: so no change lacks its record. What a crash between the two leaves is a record whose `after` never came to be.
 */
export const dynamodbRegistryEditor = (options: TableOptions): RegistryEditor => {
  const onRecord = async (
    kind: WritableKind,
    id: string,
    change: RegistryChange,
    make: () => Promise<boolean>,
  ): Promise<boolean> => {
    const key = { pk: changesOf(kind, id), sk: `${sortableInstant(change.at)}#${randomBytes(4).toString('hex')}` };
    await putItem(options, { ...key, change });
    const isMade = await make();
    if (!isMade) await batchWrite(options, { remove: [key] });
    return isMade;
  };
  return {
    get: async (kind, id) => {
      const item = await getItem(options, entityKey(kind, id));
      return item && registeredOf(kind, item);
    },
    list: async (kind) => (await queryItems(options, partition(kind))).map((item) => registeredOf(kind, item)),
    write: (kind, entity, seen, hand) => {
      const item = entityItem(kind, validEntity(kind, entity));
      const act = seen === undefined ? 'created' : 'changed';
      const change = { ...hand, act, ...(seen && { before: seen.entity }), after: entity } as const;
      return onRecord(kind, entity.id, change, () =>
        putItem(options, item, seen === undefined ? ifFree : isAsSeen(seen)),
      );
    },
    remove: (kind, seen, hand) =>
      onRecord(kind, seen.entity.id, { ...hand, act: 'removed', before: seen.entity }, () =>
        deleteItem(options, entityKey(kind, seen.entity.id), isAsSeen(seen)),
      ),
    changes: async (kind, id, limit) => {
      const found: RegistryChange[] = [];
      const pages = queryPages(options, {
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': changesOf(kind, id) },
        ScanIndexForward: false,
        Limit: limit,
      });
      for await (const items of pages) {
        found.push(...items.map(({ change }) => changeSchema.parse(change)));
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
  };
};
