import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../support/api-gateway.ts';
import { city } from '../../support/small-city.ts';

const registered = { pk: 'registry#city', sk: city.id, entity: city };

describe('the update-outlooks function', () => {
  const dynamodb = mockClient(DynamoDBClient);
  const documents = mockClient(DynamoDBDocumentClient);
  let handler: (event: unknown, context: Context) => Promise<unknown>;

  beforeAll(async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('CITY_ID', city.id);
    vi.stubEnv('TABLE_NAME', 'city');
    vi.stubEnv('READING_STORE', 'dynamodb');
    vi.stubEnv('READINGS_TABLE_NAME', 'readings');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    for (const level of ['info', 'warn', 'error', 'log'] as const) vi.spyOn(console, level).mockReturnValue();
    for (const mock of [dynamodb, documents]) mock.onAnyCommand().resolves({});
    ({ handler } = await import('../../../functions/update-outlooks/handler.ts'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('makes a book for a city without bins at the time it was meant for', async () => {
    documents.on(GetCommand).callsFake(({ Key }) => (Key.pk === 'registry#city' ? { Item: registered } : {}));
    expect(await handler({ time: '2026-11-22T01:25:00Z' }, lambdaContext())).toEqual({
      ...{ bins: 0, begun: 0, waiting: 0, conflicts: 0, lessons: 0, written: true },
    });
    const put = documents.commandCalls(PutCommand).map(({ args: [{ input }] }) => input.Item);
    expect(put).toMatchObject([{ pk: 'outlook-book', sk: 'head', at: Date.UTC(2026, 10, 22, 1, 25), parts: 0 }]);
  });

  it('refuses a time that is none', async () => {
    await expect(handler({ time: 'soon' }, lambdaContext())).rejects.toThrow();
  });
});
