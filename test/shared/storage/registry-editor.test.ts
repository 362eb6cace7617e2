import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Hand, RegistryEditor } from '../../../shared/city/editing/registry-editor.ts';
import type { Registry } from '../../../shared/city/registry.ts';
import { dynamodbRegistry } from '../../../shared/storage/dynamodb/registry.ts';
import { dynamodbRegistryEditor } from '../../../shared/storage/dynamodb/registry-editor.ts';
import { openTestTable, type TestTable } from '../../support/dynamodb.ts';
import { memoryRegistryEditor } from '../../support/memory-registry-editor.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';
import { aTruck } from '../../support/small-city.ts';

const tables: TestTable[] = [];
afterAll(() => Promise.all(tables.map(({ close }) => close())));

const lan = (at: number): Hand => ({ at, by: 'lan', through: 'api' });

describe.each([
  [
    'in memory',
    async () => {
      const registry = memoryRegistry();
      return { registry, editor: memoryRegistryEditor(registry) };
    },
  ],
  [
    'in DynamoDB',
    async () => {
      const table = await openTestTable();
      tables.push(table);
      return { registry: dynamodbRegistry(table), editor: dynamodbRegistryEditor(table) };
    },
  ],
])('editing the registry %s', (_name, open) => {
  let registry: Registry;
  let editor: RegistryEditor;
  beforeEach(async () => {
    ({ registry, editor } = await open());
  });

  it('creates what nobody registered, once', async () => {
    expect(await editor.write('vehicle', aTruck('t1'), undefined, lan(1))).toBe(true);
    expect(await editor.write('vehicle', aTruck('t1', { name: 'Other' }), undefined, lan(2))).toBe(false);
    expect(await registry.get('vehicle', 't1')).toEqual(aTruck('t1'));
    expect(await editor.changes('vehicle', 't1', 9)).toEqual([{ ...lan(1), act: 'created', after: aTruck('t1') }]);
  });

  it('replaces only the version that was seen, whoever wrote since', async () => {
    await editor.write('vehicle', aTruck('t1'), undefined, lan(1));
    const seen = await editor.get('vehicle', 't1');
    await registry.put('vehicle', aTruck('t1', { name: 'By a command' }));
    expect(await editor.write('vehicle', aTruck('t1', { name: 'Late' }), seen, lan(2))).toBe(false);
    expect(await editor.remove('vehicle', seen ?? never(), lan(2))).toBe(false);
    expect((await registry.get('vehicle', 't1'))?.name).toBe('By a command');
    expect(await editor.changes('vehicle', 't1', 9)).toHaveLength(1);
    const now = await editor.get('vehicle', 't1');
    expect(await editor.write('vehicle', aTruck('t1', { name: 'Then' }), now, lan(3))).toBe(true);
  });

  it('keeps who changed what, newest first, of what was removed too', async () => {
    const [first, second] = [aTruck('t1'), aTruck('t1', { name: 'Second' })];
    await editor.write('vehicle', first, undefined, lan(1));
    await editor.write('vehicle', second, await editor.get('vehicle', 't1'), { ...lan(2), by: 'minh', through: 'csv' });
    await editor.remove('vehicle', (await editor.get('vehicle', 't1')) ?? never(), lan(3));
    expect(await editor.get('vehicle', 't1')).toBeUndefined();
    expect(await editor.changes('vehicle', 't1', 9)).toEqual([
      { ...lan(3), act: 'removed', before: second },
      { at: 2, by: 'minh', through: 'csv', act: 'changed', before: first, after: second },
      { ...lan(1), act: 'created', after: first },
    ]);
    expect(await editor.changes('vehicle', 't1', 1)).toHaveLength(1);
  });
});

const never = (): never => {
  throw new Error('nothing is registered');
};

describe('what was registered before there were digests', () => {
  it('is edited once by those who saw it', async () => {
    const table = await openTestTable();
    tables.push(table);
    const item = { pk: 'registry#vehicle', sk: 't1', entity: aTruck('t1') };
    await table.client.send(new PutCommand({ TableName: table.tableName, Item: item }));
    const editor = dynamodbRegistryEditor(table);
    const seen = await editor.get('vehicle', 't1');
    expect(seen).toEqual({ entity: aTruck('t1'), version: null });
    expect(await editor.write('vehicle', aTruck('t1', { name: 'A' }), seen, lan(1))).toBe(true);
    expect(await editor.write('vehicle', aTruck('t1', { name: 'B' }), seen, lan(2))).toBe(false);
  });
});
