import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  type BatchWriteCommandInput,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { StoreUnavailableError } from '../../telemetry/reading-store.ts';
import { orUnavailable } from '../availability.ts';
import { backOff } from '../back-off.ts';
import { chunk, mapInParallel } from '../parallel.ts';

/** The few things that the stores do with items. Every read is consistent: what was acknowledged is seen. */
export type Key = { readonly pk: string; readonly sk: string };
export type Item = Readonly<Record<string, unknown>>;

type WriteRequest = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** What every adapter is opened with. */
export type TableOptions = { readonly client: DynamoDBDocumentClient; readonly tableName: string };

const KEYS_PER_BATCH_GET = 100;
const REQUESTS_PER_BATCH_WRITE = 25;
const BATCHES_IN_FLIGHT = 8;
const BATCH_ATTEMPTS = 8;

export const getItem = async ({ client, tableName }: TableOptions, key: Key): Promise<Item | undefined> => {
  const command = new GetCommand({ TableName: tableName, Key: { ...key }, ConsistentRead: true });
  return (await orUnavailable(client.send(command))).Item;
};

export type PutCondition = Pick<
  PutCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** Nothing is there yet. */
export const ifFree: PutCondition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Nobody wrote it since it was read at this version; 0 where nothing was there. */
export const ifAtVersion = (version: number): PutCondition =>
  version === 0
    ? ifFree
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      };

/** Puts an item; answers false, changing nothing, when the condition does not hold. */
export const putItem = async (
  { client, tableName }: TableOptions,
  item: Key & Item,
  condition: PutCondition = {},
): Promise<boolean> => {
  try {
    await orUnavailable(client.send(new PutCommand({ TableName: tableName, Item: item, ...condition })));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
};

/** Pages of one partition, in the order of `sk`, as far as they are asked for. */
export const queryPages = async function* (
  { client, tableName }: TableOptions,
  query: Pick<
    QueryCommandInput,
    | 'KeyConditionExpression'
    | 'ExpressionAttributeValues'
    | 'ExpressionAttributeNames'
    | 'ScanIndexForward'
    | 'Limit'
    | 'ProjectionExpression'
  >,
): AsyncGenerator<readonly Item[]> {
  let start: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: tableName,
      ConsistentRead: true,
      ...query,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Items = [], LastEvaluatedKey } = await orUnavailable(client.send(command));
    yield Items;
    start = LastEvaluatedKey;
  } while (start !== undefined);
};

/** How many items of one partition a condition on its sort key finds. */
export const countItems = async (
  { client, tableName }: TableOptions,
  query: Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<number> => {
  let count = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const command = new QueryCommand({
      TableName: tableName,
      ConsistentRead: true,
      Select: 'COUNT',
      ...query,
      ...(start && { ExclusiveStartKey: start }),
    });
    const { Count = 0, LastEvaluatedKey } = await orUnavailable(client.send(command));
    count += Count;
    start = LastEvaluatedKey;
  } while (start !== undefined);
  return count;
};

/** Everything in one partition, or what lies between two sort keys (inclusive), in order. */
export const queryItems = async (
  options: TableOptions,
  pk: string,
  between?: readonly [first: string, last: string],
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const query = between
    ? {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': pk, ':first': between[0], ':last': between[1] },
      }
    : { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } };
  for await (const page of queryPages(options, query)) items.push(...page);
  return items;
};

/** The items that exist among these keys, in no order. */
export const batchGet = async (options: TableOptions, keys: readonly Key[]): Promise<readonly Item[]> => {
  const distinct = [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
  const batches = await mapInParallel(chunk(distinct, KEYS_PER_BATCH_GET), BATCHES_IN_FLIGHT, (batch) =>
    batchGetOnce(options, batch),
  );
  return batches.flat();
};

const batchGetOnce = async ({ client, tableName }: TableOptions, keys: readonly Key[]): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let open: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  await untilDone(async () => {
    const command = new BatchGetCommand({ RequestItems: { [tableName]: { Keys: open, ConsistentRead: true } } });
    const { Responses, UnprocessedKeys } = await orUnavailable(client.send(command));
    items.push(...(Responses?.[tableName] ?? []));
    open = UnprocessedKeys?.[tableName]?.Keys ?? [];
    return open.length;
  }, keys.length);
  return items;
};

/** Puts and deletes without conditions. Not all at once: a failure may leave some of them done. */
export const batchWrite = async (
  { client, tableName }: TableOptions,
  { put = [], remove = [] }: { readonly put?: readonly (Key & Item)[]; readonly remove?: readonly Key[] },
): Promise<void> => {
  // A batch may not name an item twice; of several, the last counts.
  const requests = new Map<string, WriteRequest>();
  for (const { pk, sk } of remove) requests.set(`${pk}\n${sk}`, { DeleteRequest: { Key: { pk, sk } } });
  for (const item of put) requests.set(`${item.pk}\n${item.sk}`, { PutRequest: { Item: item } });
  await mapInParallel(chunk([...requests.values()], REQUESTS_PER_BATCH_WRITE), BATCHES_IN_FLIGHT, async (batch) => {
    let open: WriteRequest[] = [...batch];
    await untilDone(async () => {
      const command = new BatchWriteCommand({ RequestItems: { [tableName]: open } });
      const { UnprocessedItems } = await orUnavailable(client.send(command));
      open = UnprocessedItems?.[tableName] ?? [];
      return open.length;
    }, batch.length);
  });
};

/**
 * DynamoDB hands back what it was too busy for, or what an answer has no room for (16 MB, the local one 1 MB): the rest is asked for
 * again, at once while it gets less, else more slowly each time.
 * @param attempt Answers how many are still open.
 */
const untilDone = async (attempt: () => Promise<number>, asked: number): Promise<void> => {
  let open = asked;
  let inVain = 0;
  while (open > 0) {
    const left = await attempt();
    inVain = left < open ? 0 : inVain + 1;
    if (inVain > BATCH_ATTEMPTS) throw new StoreUnavailableError('DynamoDB leaves parts of a batch unprocessed');
    if (inVain > 0) await backOff(inVain - 1);
    open = left;
  }
};
