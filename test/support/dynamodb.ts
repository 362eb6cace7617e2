import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll } from 'vitest';
import { startDynamodbEndpoint } from '../../local/dynamodb/endpoint.ts';
import { ensureTables } from '../../shared/storage/dynamodb/tables.ts';

export type TestTable = {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly close: () => Promise<void>;
};

/** Credentials that mean nothing, and a region that must merely be there. */
export const testAwsConfiguration = {
  region: 'ap-southeast-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
} as const;

/** An empty table on an embedded DynamoDB of its own. */
export const openTestTable = async (): Promise<TestTable> => {
  const directory = await mkdtemp(join(tmpdir(), 'phosach-dynamodb-'));
  const endpoint = await startDynamodbEndpoint({ directory });
  const raw = new DynamoDBClient({ ...testAwsConfiguration, endpoint: endpoint.url });
  await ensureTables(raw, { tableName: 'test' });
  return {
    client: DynamoDBDocumentClient.from(raw, { marshallOptions: { removeUndefinedValues: true } }),
    tableName: 'test',
    close: async () => {
      raw.destroy();
      await endpoint.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** One table for all tests of a file or a `describe`, opened by the first that asks for it and closed behind the last. */
export const useTestTable = (): (() => Promise<TestTable>) => {
  let table: Promise<TestTable> | undefined;
  afterAll(async () => (await table)?.close());
  return () => {
    table ??= openTestTable();
    return table;
  };
};
