import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDynamodbEndpoint } from '../../../../local/dynamodb/endpoint.ts';
import { ensureTables } from '../../../../shared/storage/dynamodb/tables.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({ ...testAwsConfiguration, endpoint, maxAttempts: 1 });

const put = (client: DynamoDBClient, n: number) =>
  client.send(
    new PutItemCommand({
      TableName: 'city',
      Item: { pk: { S: 'p' }, sk: { S: `${n}` }, text: { S: 'x'.repeat(500) } },
    }),
  );

const isThere = async (client: DynamoDBClient, n: number): Promise<boolean> =>
  (await client.send(new GetItemCommand({ TableName: 'city', Key: { pk: { S: 'p' }, sk: { S: `${n}` } } }))).Item !==
  undefined;

describe('The embedded DynamoDB', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'phosach-endpoint-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('keeps its items when it is stopped and started', async () => {
    for (const round of [0, 1, 2]) {
      const endpoint = await startDynamodbEndpoint({ directory });
      const client = clientOf(endpoint.url);
      await ensureTables(client, { tableName: 'city', readingsTableName: 'readings' });
      for (let n = 0; n < round; n += 1) expect(await isThere(client, n)).toBe(true);
      await put(client, round);
      client.destroy();
      await endpoint.close();
    }
  });

  it('loses nothing that it acknowledged when its process is killed', async () => {
    const module = new URL('../../../../local/dynamodb/endpoint.ts', import.meta.url).href;
    const script = `const { startDynamodbEndpoint } = await import(${JSON.stringify(module)});
      console.log((await startDynamodbEndpoint({ directory: ${JSON.stringify(directory)} })).url);`;
    const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = child.stdout ? await once(child.stdout, 'data') : [''];
    const doomed = clientOf(String(url).trim());
    await ensureTables(doomed, { tableName: 'city' });
    const acknowledged: number[] = [];
    let next = 0;
    const writer = async (): Promise<void> => {
      for (;;) {
        const n = next;
        next += 1;
        try {
          await put(doomed, n);
          acknowledged.push(n);
        } catch {
          return;
        }
        if (acknowledged.length === 300) child.kill('SIGKILL');
      }
    };
    await Promise.all([writer(), writer(), writer(), writer()]);
    doomed.destroy();

    const endpoint = await startDynamodbEndpoint({ directory });
    const client = clientOf(endpoint.url);
    const lost: number[] = [];
    for (const n of acknowledged) if (!(await isThere(client, n))) lost.push(n);
    client.destroy();
    await endpoint.close();
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    expect(lost).toEqual([]);
  });

  it('refuses a folder that another one holds', async () => {
    const first = await startDynamodbEndpoint({ directory });
    await expect(startDynamodbEndpoint({ directory })).rejects.toThrow(/in use/);
    await first.close();
  });
});
