import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteExpiredItems } from '../../../../local/sweep/expired-items.ts';
import { openTestTable, type TestTable } from '../../../support/dynamodb.ts';

const NOW = Date.UTC(2026, 10, 23);
const seconds = NOW / 1_000;

let table: TestTable;
beforeAll(async () => {
  table = await openTestTable();
});
afterAll(() => table.close());

it('deletes what has expired, over several pages, and nothing else', async () => {
  const { client, tableName } = table;
  const put = (sk: string, fields: object) =>
    client.send(new PutCommand({ TableName: tableName, Item: { pk: 'uplink#1', sk, ...fields } }));
  // A page of a scan ends at 1 MB.
  const bulk = 'x'.repeat(300_000);
  for (let index = 0; index < 8; index += 1) await put(`old-${index}`, { expiresAt: seconds - 1 - index, bulk });
  await put('just-now', { expiresAt: seconds });
  await put('later', { expiresAt: seconds + 86_400 });
  await put('for-ever', {});
  expect(await deleteExpiredItems(client, tableName, NOW)).toBe(8);
  const left = await client.send(new ScanCommand({ TableName: tableName }));
  expect(left.Items?.map(({ sk }) => sk)).toEqual(['for-ever', 'just-now', 'later']);
  expect(await deleteExpiredItems(client, tableName, NOW)).toBe(0);
});
