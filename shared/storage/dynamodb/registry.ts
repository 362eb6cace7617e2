import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { entityDigest } from '../../city/editing/entity-digest.ts';
import { type EntityKind, type EntityOf, entitySchemas } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { orUnavailable } from '../availability.ts';
import { batchGet, batchWrite, getItem, type Item, type Key, queryItems, type TableOptions } from './items.ts';

/** The city's registry in DynamoDB. Entities are validated on the way in and on the way out. */
export const dynamodbRegistry = (options: TableOptions): Registry => {
  const get: Registry['get'] = async (kind, id) => {
    const item = await getItem(options, entityKey(kind, id));
    return item && entityOf(kind, item);
  };

  const putMany: Registry['putMany'] = async (kind, entities) => {
    const valid = entities.map((entity) => validEntity(kind, entity));
    // The way to a sensor is laid before the sensor: one that leads nowhere is ignored, one that is missing would lose uplinks.
    await batchWrite(options, { put: valid.flatMap(devEuiItems) });
    await batchWrite(options, { put: valid.map((entity) => entityItem(kind, entity)) });
  };

  return {
    get,
    getMany: async (kind, ids) => {
      const items = await batchGet(
        options,
        ids.map((id) => entityKey(kind, id)),
      );
      return items.map((item) => entityOf(kind, item));
    },
    list: async (kind) => (await queryItems(options, partition(kind))).map((item) => entityOf(kind, item)),
    put: (kind, entity) => putMany(kind, [entity]),
    putMany,
    remove: async (kind, id) => {
      const sensor = kind === 'sensor' ? await get('sensor', id) : undefined;
      await batchWrite(options, { remove: [entityKey(kind, id)] });
      if (sensor?.devEui !== undefined) await removeDevEui(options, sensor.devEui, id);
    },
    sensorByDevEui: async (devEui) => {
      const pointer = await getItem(options, devEuiKey(devEui));
      if (pointer === undefined) return undefined;
      const sensor = await get('sensor', pointerSchema.parse(pointer).sensorId);
      return sensor?.devEui === devEui ? sensor : undefined;
    },
  };
};

const pointerSchema = z.object({ sensorId: z.string() });

/** The digest tells writers who edit by conditions that this one was there. */
export const entityItem = (kind: EntityKind, entity: { readonly id: string }): Key & Item => ({
  ...entityKey(kind, entity.id),
  entity,
  digest: entityDigest(entity),
});

export const partition = (kind: EntityKind): string => `registry#${kind}`;
export const entityKey = (kind: EntityKind, id: string): Key => ({ pk: partition(kind), sk: id });
const devEuiKey = (devEui: string): Key => ({ pk: `dev-eui#${devEui}`, sk: 'sensor' });

const devEuiItems = (entity: { readonly id: string }): readonly (Key & Item)[] =>
  'devEui' in entity && typeof entity.devEui === 'string' ? [{ ...devEuiKey(entity.devEui), sensorId: entity.id }] : [];

/** @throws Error that names the entity and every field at fault. */
export const validEntity = <K extends EntityKind>(kind: K, entity: unknown): EntityOf<K> => {
  const parsed = entitySchemas[kind].safeParse(entity);
  if (parsed.success) return parsed.data as EntityOf<K>;
  throw new Error(`Not a valid ${kind}: ${z.prettifyError(parsed.error)}`);
};

export const entityOf = <K extends EntityKind>(kind: K, item: Item): EntityOf<K> => validEntity(kind, item.entity);

/** Only while it still leads to this sensor: another may have taken the device over. */
const removeDevEui = async ({ client, tableName }: TableOptions, devEui: string, sensorId: string): Promise<void> => {
  const command = new DeleteCommand({
    TableName: tableName,
    Key: devEuiKey(devEui),
    ConditionExpression: 'sensorId = :sensorId',
    ExpressionAttributeValues: { ':sensorId': sensorId },
  });
  try {
    await orUnavailable(client.send(command));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};
