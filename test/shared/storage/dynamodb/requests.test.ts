import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamodbReadingStore } from '../../../../shared/storage/dynamodb/reading-store.ts';
import { dynamodbRegistry } from '../../../../shared/storage/dynamodb/registry.ts';
import { dynamodbSensorStates } from '../../../../shared/storage/dynamodb/sensor-states.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient(testAwsConfiguration));
const mock = mockClient(client);

const noon = Date.parse('2026-10-05T05:00:00Z');
const DAY = 86_400_000;

const reading = (overrides: Partial<Reading> = {}): Reading => ({
  sensorId: 'air-1',
  quantity: 'pm25',
  value: 12.5,
  measuredAt: noon,
  receivedAt: noon + 2_000,
  quality: { flag: 1, test: 'none' },
  ...overrides,
});

const conditionFailed = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
const throttled = () => new ProvisionedThroughputExceededException({ message: 'Too fast', $metadata: {} });

const puts = (): readonly PutCommandInput[] => mock.commandCalls(PutCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  mock.reset();
  mock.on(PutCommand).resolves({});
  mock.on(UpdateCommand).resolves({});
});

describe('What is sent to DynamoDB when readings are appended', () => {
  const open = (retentionDays?: number, clock = () => noon + 60_000) =>
    dynamodbReadingStore({
      client,
      tableName: 'readings',
      clock,
      ...(retentionDays !== undefined && { retentionDays }),
    });
  const stored = { value: 12.5, receivedAt: noon + 2_000, quality: { flag: 1, test: 'none' } };
  const key = { pk: 'air-1|pm25|2026-10-05', sk: 'current#001791176400000' };

  it('is a put into the day’s partition, on condition that the identity is new, with its time to live', async () => {
    expect(await open(30).append([reading()])).toEqual([{ status: 'stored' }]);
    expect(puts()).toEqual([
      {
        TableName: 'readings',
        Item: { ...key, ...stored, expiresAt: (noon + 30 * DAY) / 1_000 },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    ]);
  });

  it('makes the day known before its first reading, and only once', async () => {
    const store = open();
    await store.append([reading(), reading({ measuredAt: noon + 1 })]);
    await store.append([reading({ measuredAt: noon + 2 })]);
    expect(mock.commandCalls(UpdateCommand).map(({ args }) => args[0].input)).toEqual([
      { TableName: 'readings', Key: { pk: 'air-1|pm25|days', sk: '2026-10-05' } },
    ]);
    expect(mock.call(0).args[0]).toBeInstanceOf(UpdateCommand);
  });

  it('announces late writes into a day that may be rolled up, and takes them back when they are done', async () => {
    await open(undefined, () => noon + 10 * DAY).append([reading()]);
    const [announced, done] = mock.commandCalls(UpdateCommand).map(({ args }) => args[0].input);
    expect(announced?.UpdateExpression).toBe('ADD pending :token');
    expect(done?.UpdateExpression).toBe('ADD lateWrites :one DELETE pending :tokens');
    expect(done?.ExpressionAttributeValues?.[':tokens']).toEqual(announced?.ExpressionAttributeValues?.[':token']);
    expect(mock.calls().map(({ args }) => args[0].constructor.name)).toEqual([
      'UpdateCommand',
      'PutCommand',
      'UpdateCommand',
    ]);
  });

  it('writes the old reading as history first, then the correction on condition that it is still the one', async () => {
    mock.on(PutCommand).rejectsOnce(conditionFailed()).resolves({});
    mock.on(GetCommand).resolves({ Item: { ...key, ...stored } });
    expect(await open().append([reading({ value: 20, receivedAt: noon + 9_000 })])).toEqual([{ status: 'corrected' }]);
    expect(mock.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    const [, history, current] = puts();
    expect(history?.Item).toEqual({
      pk: key.pk,
      sk: `superseded#001791176400000#${noon + 2_000}|12.5|1|none`,
      ...stored,
    });
    expect(current).toMatchObject({
      Item: { ...key, value: 20 },
      ConditionExpression: 'receivedAt = :seen',
      ExpressionAttributeValues: { ':seen': noon + 2_000 },
    });
  });

  it('rejects what is older than readings are kept, without a request', async () => {
    const outcomes = await open(30, () => noon + 31 * DAY).append([reading()]);
    expect(outcomes).toMatchObject([{ status: 'rejected', code: 'too-old' }]);
    expect(mock.calls()).toHaveLength(0);
  });

  it('says that the store is unavailable when DynamoDB throttles beyond the SDK’s retries', async () => {
    mock.on(PutCommand).rejects(throttled());
    await expect(open().append([reading()])).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('gives up, and says so, when others write the same identity all the time', async () => {
    mock.on(PutCommand).rejects(conditionFailed());
    mock.on(PutCommand, { ConditionExpression: undefined }).resolves({});
    mock.on(GetCommand).resolves({});
    await expect(open().append([reading()])).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});

describe('What is sent to DynamoDB when states are recorded', () => {
  const states = dynamodbSensorStates({ client, tableName: 'city' });
  const found = (state: object) => mock.on(BatchGetCommand).resolves({ Responses: { city: [{ ...state }] } });
  const known = { sensorId: 'air-1', lastReceivedAt: noon + 2_000, latest: { pm25: reading() } };

  it('is a first version on condition that there is none', async () => {
    mock.on(BatchGetCommand).resolves({});
    await states.record([reading(), reading({ measuredAt: noon - 5 })]);
    expect(puts()).toMatchObject([
      { Item: { sk: 'air-1', ...known, version: 1 }, ConditionExpression: 'attribute_not_exists(pk)' },
    ]);
  });

  it('is the next version on condition that nobody wrote in between, and again when somebody did', async () => {
    found({ ...known, version: 6 });
    mock.on(GetCommand).resolves({ Item: { ...known, version: 7 } });
    mock.on(PutCommand).rejectsOnce(conditionFailed()).resolves({});
    await states.record([reading({ measuredAt: noon + 1 })]);
    expect(puts()).toMatchObject([
      { Item: { version: 7 }, ExpressionAttributeValues: { ':version': 6 } },
      { Item: { version: 8 }, ExpressionAttributeValues: { ':version': 7 } },
    ]);
  });

  it('is nothing when the readings say nothing new', async () => {
    found({ ...known, version: 6 });
    await states.record([reading()]);
    expect(puts()).toEqual([]);
  });
});

describe('When DynamoDB hands parts of a batch back', () => {
  const depot = { id: 'depot-1', name: 'Bãi xe', position: { latitude: 10.98, longitude: 106.65 } };
  const registry = dynamodbRegistry({ client, tableName: 'city' });

  it('asks for the rest again', async () => {
    const rest = { pk: 'registry#depot', sk: 'depot-1' };
    mock
      .on(BatchGetCommand)
      .resolvesOnce({ UnprocessedKeys: { city: { Keys: [rest] } } })
      .resolves({ Responses: { city: [{ ...rest, entity: depot }] } });
    expect(await registry.getMany('depot', ['depot-1'])).toEqual([depot]);
    expect(mock.commandCalls(BatchGetCommand)[1]?.args[0].input.RequestItems?.city?.Keys).toEqual([rest]);
  });

  it('asks on for as long as it gets something, however often that is', async () => {
    const ids = Array.from({ length: 30 }, (_, i) => `depot-${String(i).padStart(2, '0')}`);
    mock.on(BatchGetCommand).callsFake(({ RequestItems }) => {
      const [first, ...rest]: { pk: string; sk: string }[] = RequestItems.city.Keys;
      return {
        Responses: { city: [{ ...first, entity: { ...depot, id: first?.sk } }] },
        UnprocessedKeys: { city: { Keys: rest } },
      };
    });
    expect((await registry.getMany('depot', ids)).map(({ id }) => id).toSorted()).toEqual(ids);
  });

  it('sends the rest again, in batches of 25', async () => {
    const sent: string[][] = [];
    mock.on(BatchWriteCommand).callsFake(({ RequestItems }) => {
      const requests: { PutRequest: { Item: { sk: string } } }[] = RequestItems.city;
      sent.push(requests.map(({ PutRequest }) => PutRequest.Item.sk));
      return sent.length === 1 ? { UnprocessedItems: { city: requests.slice(20) } } : {};
    });
    const depots = Array.from({ length: 30 }, (_, i) => ({ ...depot, id: `depot-${i}` }));
    await registry.putMany('depot', depots);
    expect(sent.map(({ length }) => length).toSorted()).toEqual([25, 5, 5]);
    const handedBack = sent[0]?.slice(20);
    expect(sent.slice(1)).toContainEqual(handedBack);
  });

  it('refuses to give out an entity that no longer fits its schema', async () => {
    mock.on(GetCommand).resolves({ Item: { entity: { ...depot, position: null } } });
    await expect(registry.get('depot', 'depot-1')).rejects.toThrow(/depot/);
  });
});
