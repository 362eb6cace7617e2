import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusedMessageSchema } from '../../../events/refused-message.ts';
import { deviceUplink } from '../../shared/telemetry/uplinks.ts';

const DEAD_LETTERS = 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/dead-letters';
const NOW = Date.parse('2026-11-22T01:00:00Z');

const eventOf = (...uplinks: readonly { readonly messageId: string; readonly body: string }[]): SQSEvent =>
  // Only what the handler reads of a record.
  ({ Records: uplinks }) as SQSEvent;

const context = { awsRequestId: 'request-1', functionName: 'ingest-uplinks' } as Context;

describe('the ingest-uplinks function', () => {
  const sqs = mockClient(SQSClient);
  const dynamodb = mockClient(DynamoDBClient);
  const documents = mockClient(DynamoDBDocumentClient);
  let handler: (event: SQSEvent, context: Context) => Promise<unknown>;

  beforeAll(async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('CITY_ID', 'thu-dau-mot');
    vi.stubEnv('TABLE_NAME', 'city');
    vi.stubEnv('READING_STORE', 'dynamodb');
    vi.stubEnv('READINGS_TABLE_NAME', 'readings');
    vi.stubEnv('REFUSED_QUEUE_URL', DEAD_LETTERS);
    vi.stubEnv('EPISODE_QUEUE_URL', 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/episodes');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.spyOn(console, 'info').mockReturnValue();
    vi.spyOn(console, 'log').mockReturnValue();
    vi.spyOn(console, 'error').mockReturnValue();
    ({ handler } = await import('../../../functions/ingest-uplinks/handler.ts'));
  });
  beforeEach(() => {
    for (const mock of [sqs, dynamodb, documents]) mock.reset();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => ({ Successful: Entries }));
    for (const mock of [dynamodb, documents]) mock.onAnyCommand().rejects(new Error('the table is gone'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('sends what it refuses to the dead-letter queue and acknowledges it', async () => {
    const uplink = deviceUplink('air-1', 'rubbish', NOW);
    expect(await handler(eventOf(uplink), context)).toEqual({ batchItemFailures: [] });
    const [call] = sqs.commandCalls(SendMessageBatchCommand);
    expect(call?.args[0].input.QueueUrl).toBe(DEAD_LETTERS);
    const letter: unknown = JSON.parse(call?.args[0].input.Entries?.[0]?.MessageBody ?? '');
    expect(refusedMessageSchema.parse(letter)).toMatchObject({ code: 'not-json', body: uplink.body });
  });

  it('gives back to the queue exactly the messages that it could not work on', async () => {
    const rubbish = deviceUplink('air-1', 'rubbish', NOW);
    const good = deviceUplink('air-1', { measuredAt: NOW, values: { pm25: 31 } }, NOW);
    expect(await handler(eventOf(rubbish, good), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: good.messageId }],
    });
  });
});
