import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbReadingStore } from '../../../../shared/storage/dynamodb/reading-store.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import type { BucketQuery } from '../../../../shared/telemetry/reading-store.ts';
import { openTestTable, type TestTable } from '../../../support/dynamodb.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const monday = Date.parse('2026-10-05T00:00:00Z');

const reading = (measuredAt: number, value: number): Reading => ({
  sensorId: 'air-1',
  quantity: 'pm25',
  value,
  measuredAt,
  receivedAt: measuredAt + 1_000,
  quality: { flag: 1, test: 'none' },
});

const october: BucketQuery = {
  sensorIds: ['air-1'],
  quantity: 'pm25',
  from: monday - 4 * DAY,
  to: monday + 20 * DAY,
  size: 'day',
  utcOffsetMinutes: 420,
  flags: [1],
};

describe('Rollups of closed days', () => {
  let table: TestTable;
  let now: number;
  /** Partitions that were queried, and what is to happen while the first answer is on its way. */
  let queried: string[];
  let meanwhile: (() => Promise<unknown>) | undefined;
  const open = () => dynamodbReadingStore({ client: table.client, tableName: table.tableName, clock: () => now });
  const dayPartitions = (): readonly string[] => queried.filter((pk) => pk !== 'air-1|pm25|days');
  const means = async (): Promise<readonly number[]> => (await open().buckets(october)).map(({ mean }) => mean);

  beforeEach(async () => {
    table = await openTestTable();
    queried = [];
    meanwhile = undefined;
    table.client.middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName !== QueryCommand.name) return result;
        const pk = JSON.stringify(args.input).match(/air-1\|pm25\|[\w-]+/)?.[0] ?? '';
        queried.push(pk);
        const interruption = pk.endsWith('days') ? undefined : meanwhile;
        if (interruption) {
          meanwhile = undefined;
          await interruption();
        }
        return result;
      },
      { step: 'initialize' },
    );
    now = monday + 12 * HOUR;
    await open().append([reading(monday + HOUR, 10), reading(monday + 2 * HOUR, 20)]);
  });
  afterEach(() => table.close());

  it('spare reading the readings, once somebody has asked', async () => {
    now = monday + 10 * DAY;
    expect(await means()).toEqual([15]);
    expect(dayPartitions()).toEqual(['air-1|pm25|2026-10-05']);
    queried = [];
    expect(await means()).toEqual([15]);
    expect(dayPartitions()).toEqual([]);
  });

  it('are not made of days that are still open', async () => {
    now = monday + 2 * DAY;
    await means();
    queried = [];
    await means();
    expect(dayPartitions()).toHaveLength(1);
  });

  it('are void after a late reading, and made anew', async () => {
    now = monday + 10 * DAY;
    await means();
    await open().append([reading(monday + 3 * HOUR, 60)]);
    expect(await means()).toEqual([30]);
    queried = [];
    expect(await means()).toEqual([30]);
    expect(dayPartitions()).toEqual([]);
  });

  it('miss nothing that was written while they were being made', async () => {
    now = monday + 10 * DAY;
    meanwhile = () => open().append([reading(monday + 3 * HOUR, 60)]);
    await means();
    expect(await means()).toEqual([30]);
  });

  it('are not believed while a late writer is at work, nor when it died, and come back when it must be dead', async () => {
    now = monday + 10 * DAY;
    await means();
    await table.client.send(
      new UpdateCommand({
        TableName: table.tableName,
        Key: { pk: 'air-1|pm25|days', sk: '2026-10-05' },
        UpdateExpression: 'ADD pending :token',
        ExpressionAttributeValues: { ':token': new Set([`${now}#dead`]) },
      }),
    );
    queried = [];
    await means();
    await means();
    expect(dayPartitions()).toHaveLength(2);
    now += DAY;
    await means();
    await means();
    queried = [];
    expect(await means()).toEqual([15]);
    expect(dayPartitions()).toEqual([]);
  });
});
