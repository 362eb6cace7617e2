import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntityIds } from '../../../shared/open-data/sensorthings/city/entity-ids.ts';
import { dynamodbEntityIds } from '../../../shared/storage/dynamodb/entity-ids.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryEntityIds } from '../../support/memory-entity-ids.ts';

const noon = Date.UTC(2026, 9, 5, 5);

const entityIdsContract = (
  name: string,
  open: () => Promise<{ readonly ids: EntityIds; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name}`, () => {
    let ids: EntityIds;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ ids, close } = await open());
    });
    afterAll(() => close());

    it('knows nothing before anybody asked', async () => {
      expect(await ids.identify('Location', [], noon)).toEqual(new Map());
    });

    it('gives a key a positive number and the instant once, and tells both for ever', async () => {
      const first = await ids.identify('Thing', ['bin:a', 'bin:b'], noon);
      const again = await ids.identify('Thing', ['bin:b', 'bin:c'], noon + 1);
      expect(again.get('bin:a')).toEqual(first.get('bin:a'));
      expect(again.get('bin:b')).toEqual(first.get('bin:b'));
      expect(again.get('bin:c')?.since).toBe(noon + 1);
      expect((await ids.identify('Thing', [], noon + 2)).size).toBe(3);
    });

    it('numbers every type by itself, also keys with signs of all kinds', async () => {
      const keys = ['~station', 'a|pm25', "đ'ường", 'bin:x@10.5,106.5'];
      const sensors = await ids.identify('Sensor', keys, noon);
      expect([...sensors.keys()].toSorted()).toEqual(keys.toSorted());
      expect((await ids.identify('FeatureOfInterest', [], noon)).size).toBe(0);
    });

    it('gives no number twice, whoever asks at the same time', async () => {
      const key = fc.integer({ min: 0, max: 40 }).map((number) => `ds-${number}`);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(key, { maxLength: 12 }), { maxLength: 4 }), async (askers) => {
          const answers = await Promise.all(askers.map((keys) => ids.identify('Datastream', keys, noon)));
          const final = await ids.identify('Datastream', [], noon);
          for (const [index, answer] of answers.entries()) {
            for (const asked of askers[index] ?? []) expect(answer.get(asked)).toEqual(final.get(asked));
          }
          const numbers = [...final.values()].map(({ id }) => id);
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(numbers.every((id) => Number.isInteger(id) && id >= 1 && id < 2 ** 31)).toBe(true);
        }),
        { numRuns: 15 },
      );
    });
  });
};

entityIdsContract('The reference of entity ids', async () => ({ ids: memoryEntityIds(), close: async () => {} }));

entityIdsContract('Entity ids in DynamoDB', async () => {
  const { client, tableName, close } = await openTestTable();
  return { ids: dynamodbEntityIds({ client, tableName }), close };
});

describe('Entity ids of before there were blocks', () => {
  it('stay what they are, and new ones go on behind them', async () => {
    const { client, tableName, close } = await openTestTable();
    for (const [sk, id] of [
      ['bin:a', 1],
      ['bin:b', 7],
    ] as const) {
      await client.send(
        new PutCommand({ TableName: tableName, Item: { pk: 'sensorthings-id#Thing', sk, id, since: 5 } }),
      );
    }
    const known = await dynamodbEntityIds({ client, tableName }).identify('Thing', ['bin:b', 'bin:c'], noon);
    expect(Object.fromEntries(known)).toEqual({
      'bin:a': { id: 1, since: 5 },
      'bin:b': { id: 7, since: 5 },
      'bin:c': { id: 8, since: noon },
    });
    await close();
  });

  it('takes a city at once, in numbers without gaps, and another process reads the same', async () => {
    const { client, tableName, close } = await openTestTable();
    const keys = Array.from({ length: 1_203 }, (_, index) => `sensor-${index}|pm25`);
    const first = await dynamodbEntityIds({ client, tableName }).identify('Datastream', keys, noon);
    expect([...first.values()].map(({ id }) => id)).toEqual(keys.map((_, index) => index + 1));
    expect(await dynamodbEntityIds({ client, tableName }).identify('Datastream', [], noon + 1)).toEqual(first);
    const { Count } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': 'sensorthings-id-blocks#Datastream' },
        Select: 'COUNT',
      }),
    );
    expect(Count).toBe(3);
    await close();
  });
});
