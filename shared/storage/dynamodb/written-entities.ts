import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { GREATEST_ID } from '../../open-data/sensorthings/city/entity-ids.ts';
import { type EntityTypeName, entityTypes } from '../../open-data/sensorthings/model/entity-model.ts';
import {
  FIRST_WRITTEN_ID,
  GREATEST_OBSERVATION_ID,
  type Hidden,
  type Written,
  type WrittenEntity,
  type WrittenStore,
} from '../../open-data/sensorthings/writing/written-entity.ts';
import { orUnavailable } from '../availability.ts';
import { batchWrite, getItem, type Item, type Key, putItem, queryItems, type TableOptions } from './items.ts';
import { SENSORTHINGS_PREFIX } from './tables.ts';
import { dynamodbWrittenObservations } from './written-observations.ts';

const PARTITION = `${SENSORTHINGS_PREFIX}written`;
const revisionKey: Key = { pk: `${SENSORTHINGS_PREFIX}revision`, sk: 'all' };

const key = (...parts: readonly (string | number)[]): Key => ({ pk: PARTITION, sk: parts.join('#') });

const typeSchema = z.enum(Object.keys(entityTypes) as [EntityTypeName, ...EntityTypeName[]]).exclude(['Observation']);
const idSchema = z.coerce.number().int().positive();
/** One string: JSON of strangers, as it came, whatever DynamoDB would make of its empty and nested parts. */
const bodySchema = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ values: z.record(z.string(), z.unknown()), links: z.record(z.string(), z.array(z.int())) }));
const entitySchema = z.object({ version: z.int().positive(), insert: z.string().optional(), body: bodySchema });
const takenSchema = z.object({ taken: z.int().positive() });
const revisionSchema = z.object({ revision: z.int() });

const itemOf = ({ type, id, version, values, links }: WrittenEntity, insert?: string): Key & Item => ({
  ...key(type, id),
  version,
  body: JSON.stringify({ values, links }),
  ...(insert !== undefined && { insert }),
});

const partsOf = (item: Item): readonly [first: string, ...rest: string[]] => {
  const [first = '', ...rest] = z.string().parse(item.sk).split('#');
  return [first, ...rest];
};

const kinds = new Set(['insert', 'hidden', 'hides', 'feature-of', 'observed']);

const entitiesOf = (items: readonly Item[], ended: ReadonlySet<string>): readonly WrittenEntity[] =>
  items.flatMap((item): readonly WrittenEntity[] => {
    const [type, id] = partsOf(item);
    if (kinds.has(type)) return [];
    const { version, insert, body } = entitySchema.parse(item);
    // An insert that did not come to its end was never made.
    if (insert !== undefined && !ended.has(insert)) return [];
    return [{ type: typeSchema.parse(type), id: idSchema.parse(id), version, ...body }];
  });

/** One partition holds everything but observations: it is read whole, and only when the revision says that it changed. */
const writtenOf = (items: readonly Item[]): Written => {
  const rest = (kind: string): readonly (readonly string[])[] =>
    items.flatMap((item) => {
      const [first, ...others] = partsOf(item);
      return first === kind ? [others] : [];
    });
  const ended = new Set(rest('insert').map(([insert]) => z.string().parse(insert)));
  const observed = Map.groupBy(rest('observed'), ([feature]) => idSchema.parse(feature));
  const featureSchema = z.object({ feature: z.int() });
  return {
    entities: entitiesOf(items, ended),
    hidden: rest('hidden').map(([type, id]) => ({ type: typeSchema.parse(type), id: idSchema.parse(id) })),
    readingsHidden: rest('hides').length > 0,
    featuresOfLocations: new Map(
      items.flatMap((item) => {
        const [kind, location] = partsOf(item);
        return kind === 'feature-of' ? [[idSchema.parse(location), featureSchema.parse(item).feature] as const] : [];
      }),
    ),
    datastreamsOfFeatures: new Map(
      [...observed].map(([feature, pairs]) => [feature, new Set(pairs.map(([, id]) => idSchema.parse(id)))]),
    ),
  };
};

const raiseRevision = async ({ client, tableName }: TableOptions): Promise<void> => {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: { ...revisionKey },
    UpdateExpression: 'ADD #revision :one',
    ExpressionAttributeNames: { '#revision': 'revision' },
    ExpressionAttributeValues: { ':one': 1 },
  });
  await orUnavailable(client.send(command));
};

const note = async (options: TableOptions, item: Key & Item): Promise<void> => {
  await putItem(options, item);
  await raiseRevision(options);
};

/** The first of so many numbers that are nobody else's. */
const take = async ({ client, tableName }: TableOptions, type: EntityTypeName, count: number): Promise<number> => {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: { pk: `${SENSORTHINGS_PREFIX}numbers`, sk: type },
    UpdateExpression: 'ADD #taken :count',
    ExpressionAttributeNames: { '#taken': 'taken' },
    ExpressionAttributeValues: { ':count': count },
    ReturnValues: 'UPDATED_NEW',
  });
  const { taken } = takenSchema.parse((await orUnavailable(client.send(command))).Attributes);
  const [before, most] = type === 'Observation' ? [0, GREATEST_OBSERVATION_ID] : [FIRST_WRITTEN_ID - 1, GREATEST_ID];
  if (before + taken > most) throw new Error(`There are no numbers left for SensorThings' ${type}`);
  return before + taken - count + 1;
};

const replace = async (options: TableOptions, entity: WrittenEntity): Promise<boolean> => {
  const before = await getItem(options, key(entity.type, entity.id));
  if (before === undefined) return false;
  const { insert } = entitySchema.parse(before);
  const replaced = await putItem(options, itemOf(entity, insert), {
    ConditionExpression: '#version = :before',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':before': entity.version - 1 },
  });
  if (replaced) await raiseRevision(options);
  return replaced;
};

const remove = async (options: TableOptions, entities: readonly Hidden[]): Promise<void> => {
  if (entities.length === 0) return;
  const [first, ...rest] = entities.map(({ type, id }) => key(type, id));
  // The first goes alone: the others need it, so from then on none of them is shown.
  if (first !== undefined) await batchWrite(options, { remove: [first] });
  await batchWrite(options, { remove: rest });
  await raiseRevision(options);
};

const showCity = async (options: TableOptions): Promise<void> => {
  const hidden = (await queryItems(options, PARTITION)).filter((item) =>
    ['hidden', 'hides'].includes(partsOf(item)[0]),
  );
  if (hidden.length === 0) return;
  await batchWrite(options, { remove: hidden.map((item) => ({ pk: PARTITION, sk: z.string().parse(item.sk) })) });
  await raiseRevision(options);
};

/**
 * What third parties wrote, in the city table. Several entities of one request are put under the insert's name, and count
 * from when its end is noted: there are no transactions, and none is needed.
 */
export const dynamodbWrittenStore = (options: TableOptions): WrittenStore => {
  const observations = dynamodbWrittenObservations(options);
  return {
    observations,
    take: (type, count) => take(options, type, count),
    revision: async () => {
      const item = await getItem(options, revisionKey);
      return item === undefined ? 0 : revisionSchema.parse(item).revision;
    },
    load: async () => writtenOf(await queryItems(options, PARTITION)),
    insert: async (entities, written) => {
      const isOne = entities.length === 1 && written.length === 0;
      const insert = isOne ? undefined : randomUUID();
      await batchWrite(options, { put: entities.map((entity) => itemOf(entity, insert)) });
      for (const observation of written) await observations.put(observation);
      if (entities.length === 0) return;
      if (insert !== undefined) await putItem(options, key('insert', insert));
      await raiseRevision(options);
    },
    replace: (entity) => replace(options, entity),
    remove: (entities) => remove(options, entities),
    hide: async (entities) => {
      await batchWrite(options, { put: entities.map(({ type, id }) => key('hidden', type, id)) });
      await raiseRevision(options);
    },
    noteFeatureOfLocation: (location, feature) => note(options, { ...key('feature-of', location), feature }),
    noteDatastreamOfFeature: (feature, datastream) => note(options, key('observed', feature, datastream)),
    hideReadings: () => note(options, key('hides', 'readings')),
    showCity: () => showCity(options),
  };
};
