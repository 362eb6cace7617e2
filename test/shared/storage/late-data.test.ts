import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbLateData } from '../../../shared/storage/dynamodb/late-data.ts';
import { LATE_AFTER_MS, type LateDataStore, noteLateReadings } from '../../../shared/telemetry/late-data.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryLateData } from '../../support/memory-stores.ts';

const DAY = 86_400_000;
const DAY_1 = Date.parse('2026-01-05T00:00:00Z');

const suite = (name: string, open: () => Promise<{ store: LateDataStore; close: () => Promise<void> }>): void => {
  describe(`notes of late data, ${name}`, () => {
    let store: LateDataStore;
    let close: () => Promise<void>;

    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    const days = async (limit = 100) => (await store.list(limit)).map(({ sensorId, day }) => [sensorId, day]);

    it('are one a sensor and day, oldest days first, however often a day is noted', async () => {
      await store.note([
        { sensorId: 'air-2', day: DAY_1 + DAY },
        { sensorId: 'air-2', day: DAY_1 },
      ]);
      await store.note([
        { sensorId: 'air-1', day: DAY_1 + DAY },
        { sensorId: 'air-2', day: DAY_1 },
      ]);
      const all = [
        ['air-2', DAY_1],
        ['air-1', DAY_1 + DAY],
        ['air-2', DAY_1 + DAY],
      ];
      expect(await days()).toEqual(all);
      expect(await days(2)).toEqual(all.slice(0, 2));
    });

    it('go when they are as they were read, and stay when the day was noted again meanwhile', async () => {
      const read = await store.list(100);
      await store.note([{ sensorId: 'air-1', day: DAY_1 + DAY }]);
      await store.remove(read);
      expect(await days()).toEqual([['air-1', DAY_1 + DAY]]);
      await store.remove(read);
      expect(await days()).toHaveLength(1);
      await store.remove(await store.list(100));
      expect(await days()).toEqual([]);
    });

    it('know how far the hourly run has come', async () => {
      expect(await store.evaluatedTo()).toBeUndefined();
      await store.setEvaluatedTo(DAY_1);
      expect(await store.evaluatedTo()).toBe(DAY_1);
    });

    it('are made of late readings only', async () => {
      const now = DAY_1 + DAY / 2;
      const reading = (measuredAt: number) => ({ sensorId: 'air-9', measuredAt });
      await noteLateReadings(store, [reading(now), reading(now - LATE_AFTER_MS)], now);
      expect(await days()).toEqual([]);
      await noteLateReadings(store, [reading(now - LATE_AFTER_MS - 1), reading(DAY_1), reading(DAY_1 - 1)], now);
      expect(await days()).toEqual([
        ['air-9', DAY_1 - DAY],
        ['air-9', DAY_1],
      ]);
    });
  });
};

suite('in memory', async () => ({ store: memoryLateData(), close: async () => undefined }));
suite('in DynamoDB', async () => {
  const table = await openTestTable();
  return { store: dynamodbLateData(table), close: table.close };
});
