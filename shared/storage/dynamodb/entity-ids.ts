import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import {
  type EntityIds,
  GREATEST_ID,
  type KnownId,
  type NumberedType,
} from '../../open-data/sensorthings/city/entity-ids.ts';
import { orUnavailable } from '../availability.ts';
import { mapInParallel } from '../parallel.ts';
import { getItem, type Key, putItem, queryItems, type TableOptions } from './items.ts';
import { ENTITY_IDS_PREFIX } from './tables.ts';

const PUTS_IN_FLIGHT = 16;

const partition = (type: NumberedType): string => `${ENTITY_IDS_PREFIX}#${type}`;
const counterKey = (type: NumberedType): Key => ({ pk: `${ENTITY_IDS_PREFIX}s`, sk: type });

const knownSchema = z.object({ sk: z.string(), id: z.int().min(1).max(GREATEST_ID), since: z.int() });
const counterSchema = z.object({ last: z.int().positive() });

/**
 * Numbers of SensorThings' entities in the city table. A counter a type hands out numbers; a number belongs to the key whose item
 * is there first, and one that came too late is lost, so that no number ever has two keys.
 */
export const dynamodbEntityIds = (options: TableOptions): EntityIds => ({
  identify: async (type, keys, at) => {
    const items = (await queryItems(options, partition(type))).map((item) => knownSchema.parse(item));
    const known = new Map(items.map(({ sk, id, since }): [string, KnownId] => [sk, { id, since }]));
    const missing = [...new Set(keys)].filter((key) => !known.has(key));
    if (missing.length === 0) return known;
    const last = await raiseCounter(options, type, missing.length);
    const given = missing.map((key, index) => ({ key, id: last - missing.length + 1 + index }));
    const settled = await mapInParallel(given, PUTS_IN_FLIGHT, (each) => settle(options, type, each, at));
    for (const [index, { key }] of given.entries()) {
      const found = settled[index];
      if (found !== undefined) known.set(key, found);
    }
    return known;
  },
});

/** The last of the numbers that were taken. */
const raiseCounter = async (
  { client, tableName }: TableOptions,
  type: NumberedType,
  count: number,
): Promise<number> => {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: counterKey(type),
    UpdateExpression: 'ADD #last :count',
    ExpressionAttributeNames: { '#last': 'last' },
    ExpressionAttributeValues: { ':count': count },
    ReturnValues: 'UPDATED_NEW',
  });
  const { last } = counterSchema.parse((await orUnavailable(client.send(command))).Attributes);
  if (last > GREATEST_ID) throw new Error(`There are no numbers left for SensorThings' ${type}`);
  return last;
};

const settle = async (
  options: TableOptions,
  type: NumberedType,
  { key, id }: { readonly key: string; readonly id: number },
  since: number,
): Promise<KnownId> => {
  const itemKey = { pk: partition(type), sk: key };
  const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
  if (await putItem(options, { ...itemKey, id, since }, condition)) return { id, since };
  const winner = knownSchema.parse(await getItem(options, itemKey));
  return { id: winner.id, since: winner.since };
};
