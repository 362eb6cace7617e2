import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type {
  ObservationRange,
  WrittenObservation,
  WrittenObservationStore,
} from '../../open-data/sensorthings/writing/written-entity.ts';
import { orUnavailable } from '../availability.ts';
import {
  batchWrite,
  countItems,
  getItem,
  type Item,
  type Key,
  putItem,
  queryPages,
  type TableOptions,
} from './items.ts';
import { SENSORTHINGS_PREFIX } from './tables.ts';

const AT_DIGITS = 15;
const ID_DIGITS = 16;
const REMOVED_AT_ONCE = 500;

const rowsOf = (datastream: number): string => `${SENSORTHINGS_PREFIX}observations#${datastream}`;
const placeKey = (id: number): Key => ({ pk: `${SENSORTHINGS_PREFIX}observation#${id}`, sk: 'place' });

const atText = (at: number): string => String(at).padStart(AT_DIGITS, '0');
const position = (at: number, id: number): string => `${atText(at)}#${String(id).padStart(ID_DIGITS, '0')}`;
const rowKey = ({ datastream, at, id }: Pick<WrittenObservation, 'datastream' | 'at' | 'id'>): Key => ({
  pk: rowsOf(datastream),
  sk: position(at, id),
});

const rowSchema = z.object({
  pk: z.string().transform((text) => Number(text.split('#')[1])),
  sk: z.string().transform((text) => text.split('#').map(Number)),
  feature: z.int(),
  body: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.unknown())),
});
const rowRefSchema = z.object({ datastream: z.int(), at: z.int() });
/** Where an observation is; `before` where it was, should it not have arrived yet. */
const placeSchema = rowRefSchema.extend({ before: rowRefSchema.optional() });
type Place = z.infer<typeof placeSchema>;

const observationOf = (item: Item): WrittenObservation => {
  const { pk, sk, feature, body } = rowSchema.parse(item);
  const [at = Number.NaN, id = Number.NaN] = sk;
  return { id, datastream: pk, feature, at, values: body };
};

const itemOf = (observation: WrittenObservation): Key & Item => ({
  ...rowKey(observation),
  feature: observation.feature,
  body: JSON.stringify(observation.values),
});

/** Sort keys between two positions. Nothing lies between an instant and its first id. */
const between = ({ from, to }: ObservationRange): readonly [string, string] => [atText(from), atText(to)];

/** @returns false when there was none */
const removeItem = async ({ client, tableName }: TableOptions, key: Key): Promise<boolean> => {
  const command = new DeleteCommand({
    TableName: tableName,
    Key: { ...key },
    ConditionExpression: 'attribute_exists(pk)',
  });
  try {
    await orUnavailable(client.send(command));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

const placeOf = async (options: TableOptions, id: number): Promise<Place | undefined> => {
  const item = await getItem(options, placeKey(id));
  return item && placeSchema.parse(item);
};

const removeRow = (options: TableOptions, key: Key): Promise<void> => batchWrite(options, { remove: [key] });

/** By its id, also where it was before it was moved. */
const find = async (options: TableOptions, id: number): Promise<WrittenObservation | undefined> => {
  const place = await placeOf(options, id);
  if (place === undefined) return undefined;
  const row =
    (await getItem(options, rowKey({ ...place, id }))) ??
    (place.before && (await getItem(options, rowKey({ ...place.before, id }))));
  return row && observationOf(row);
};

const put = async (
  options: TableOptions,
  observation: WrittenObservation,
  replaced: WrittenObservation | undefined,
): Promise<boolean> => {
  const { id, datastream, at } = observation;
  const before = replaced && { datastream: replaced.datastream, at: replaced.at };
  const moves = before !== undefined && (before.datastream !== datastream || before.at !== at);
  const item = { ...placeKey(id), datastream, at, ...(moves && { before }) };
  const there = await putItem(options, item, {
    ConditionExpression: replaced === undefined ? 'attribute_not_exists(pk)' : 'attribute_exists(pk)',
  });
  if (!there) return false;
  await putItem(options, itemOf(observation));
  if (moves) await removeRow(options, rowKey({ ...before, id }));
  return true;
};

const remove = async (options: TableOptions, id: number): Promise<boolean> => {
  const place = await placeOf(options, id);
  if (place === undefined) return false;
  await removeRow(options, rowKey({ ...place, id }));
  if (place.before !== undefined) await removeRow(options, rowKey({ ...place.before, id }));
  return removeItem(options, placeKey(id));
};

type PageQuery = Parameters<WrittenObservationStore['page']>[1];

const pageOf = async (
  options: TableOptions,
  datastream: number,
  { from, to, descending, limit, after }: PageQuery,
): Promise<readonly WrittenObservation[]> => {
  const [first, last] = between({ from, to });
  const behind = after && position(after.at, after.id);
  const lowest = behind !== undefined && !descending && behind > first ? `${behind}~` : first;
  const highest = behind !== undefined && descending && behind < last ? behind : last;
  if (lowest >= highest) return [];
  const found: WrittenObservation[] = [];
  const query = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': rowsOf(datastream), ':first': lowest, ':last': highest },
    ScanIndexForward: !descending,
    // One more, for the position itself, which is left out.
    Limit: limit + 1,
  };
  for await (const page of queryPages(options, query)) {
    found.push(...page.filter(({ sk }) => sk !== behind).map(observationOf));
    if (found.length >= limit) break;
  }
  return found.slice(0, limit);
};

const count = async (options: TableOptions, datastream: number, range: ObservationRange): Promise<number> => {
  const [first, last] = between(range);
  if (first >= last) return 0;
  return countItems(options, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':pk': rowsOf(datastream), ':first': first, ':last': last },
  });
};

const clear = async (options: TableOptions, datastream: number, feature: number | undefined): Promise<void> => {
  const query = {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': rowsOf(datastream) },
    Limit: REMOVED_AT_ONCE,
  };
  for await (const page of queryPages(options, query)) {
    const going = page.map(observationOf).filter((each) => feature === undefined || each.feature === feature);
    await batchWrite(options, { remove: going.map(rowKey) });
    await batchWrite(options, { remove: going.map(({ id }) => placeKey(id)) });
  }
};

/**
 * Observations of third parties: one row each under its datastream, in the order of time, and a place by id. The place is
 * written first and removed last, so that whatever is listed can be found, changed and removed by its id.
 */
export const dynamodbWrittenObservations = (options: TableOptions): WrittenObservationStore => ({
  get: (id) => find(options, id),
  put: (observation, replaced) => put(options, observation, replaced),
  remove: (id) => remove(options, id),
  page: (datastream, query) => pageOf(options, datastream, query),
  count: (datastream, range) => count(options, datastream, range),
  clear: (datastream, feature) => clear(options, datastream, feature),
});
