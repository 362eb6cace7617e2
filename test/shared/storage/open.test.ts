import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStores } from '../../../shared/storage/open.ts';
import { openTestTable, type TestTable } from '../../support/dynamodb.ts';

describe('Opening the stores from the environment', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await openTestTable();
    const endpoint = await table.client.config.endpoint?.();
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${endpoint?.port}`);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await table.close();
  });

  it('finds a redirected DynamoDB by the SDK’s own variables', async () => {
    const stores = openStores({
      CITY_ID: 'city',
      TABLE_NAME: table.tableName,
      READING_STORE: 'dynamodb',
      READINGS_TABLE_NAME: table.tableName,
    });
    const depot = { id: 'depot-1', name: 'Bãi xe', position: { latitude: 10.98, longitude: 106.65 } };
    await stores.registry.put('depot', depot);
    expect(await stores.registry.list('depot')).toEqual([depot]);
    expect(await stores.sensorStates.list()).toEqual([]);
    expect(await stores.plans.list({ limit: 5 })).toEqual({ plans: [] });
  });

  it('names the variable that the chosen reading store lacks', () => {
    const environment = { CITY_ID: 'city', TABLE_NAME: 'city' };
    expect(() => openStores({ ...environment, READING_STORE: 'dynamodb' })).toThrow('READINGS_TABLE_NAME');
    expect(() => openStores({ ...environment, READING_STORE: 'timestream' })).toThrow('TIMESTREAM_DATABASE');
  });
});
