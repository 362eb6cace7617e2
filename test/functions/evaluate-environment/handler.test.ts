import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../support/api-gateway.ts';

describe('the evaluate-environment function', () => {
  const dynamodb = mockClient(DynamoDBClient);
  const documents = mockClient(DynamoDBDocumentClient);
  let handler: (event: unknown, context: Context) => Promise<unknown>;

  beforeAll(async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('CITY_ID', 'thu-dau-mot');
    vi.stubEnv('TABLE_NAME', 'city');
    vi.stubEnv('READING_STORE', 'dynamodb');
    vi.stubEnv('READINGS_TABLE_NAME', 'readings');
    vi.stubEnv('EPISODE_QUEUE_URL', 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/episodes');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.spyOn(console, 'error').mockReturnValue();
    ({ handler } = await import('../../../functions/evaluate-environment/handler.ts'));
  });
  beforeEach(() => {
    for (const mock of [dynamodb, documents]) {
      mock.reset();
      mock.onAnyCommand().resolves({});
    }
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const askedTable = (): boolean => dynamodb.calls().length + documents.calls().length > 0;

  it("evaluates the environment's city, and fails for the scheduler to see when it is not there", async () => {
    const event = { time: '2026-11-22T01:05:00Z' };
    await expect(handler(event, lambdaContext())).rejects.toThrow('City thu-dau-mot is not in the registry');
    expect(askedTable()).toBe(true);
  });

  it.each([
    { to: '2026-11-22T00:00:00+07:00' },
    { from: '2026-11-22T00:00:00+07:00', to: '2026-11-21T00:00:00+07:00' },
    { from: 'last week' },
    { lookbackHours: 0 },
  ])('refuses %j before it asks for anything', async (event) => {
    await expect(handler(event, lambdaContext())).rejects.toThrow();
    expect(askedTable()).toBe(false);
  });
});
