import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lambdaContext } from '../../support/api-gateway.ts';

describe('the watch-sensors function', () => {
  const dynamodb = mockClient(DynamoDBClient);
  const documents = mockClient(DynamoDBDocumentClient);
  let handler: (event: unknown, context: Context) => Promise<unknown>;

  beforeAll(async () => {
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('CITY_ID', 'thu-dau-mot');
    vi.stubEnv('TABLE_NAME', 'city');
    vi.stubEnv('READING_STORE', 'dynamodb');
    vi.stubEnv('READINGS_TABLE_NAME', 'readings');
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    for (const level of ['info', 'warn', 'error', 'log'] as const) vi.spyOn(console, level).mockReturnValue();
    for (const mock of [dynamodb, documents]) mock.onAnyCommand().resolves({});
    ({ handler } = await import('../../../functions/watch-sensors/handler.ts'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('checks a city without sensors at the time it was meant for', async () => {
    expect(await handler({ time: '2026-11-22T01:25:00Z' }, lambdaContext())).toEqual({
      sensors: 0,
      open: { silent: 0, battery: 0, clock: 0 },
      opened: 0,
      closed: 0,
    });
  });

  it('refuses a time that is none', async () => {
    await expect(handler({ time: 'soon' }, lambdaContext())).rejects.toThrow();
  });
});
