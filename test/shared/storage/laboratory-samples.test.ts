import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LaboratorySample, LaboratorySampleStore } from '../../../shared/environment/laboratory/sample.ts';
import { dynamodbLaboratorySamples } from '../../../shared/storage/dynamodb/laboratory-samples.ts';
import { InvalidCursorError } from '../../../shared/telemetry/reading-store.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryLaboratorySamples } from '../../support/memory-stores.ts';

const sample = (stationId: string, sampledAt: number, version = 1): LaboratorySample => ({
  stationId,
  sampledAt,
  version,
  laboratory: 'VILAS 123',
  results: [{ quantity: 'bod5', qualifier: '=', value: version, reported: `${version} mg/L` }],
  enteredBy: 'lan',
  enteredAt: 2_000,
  enteredThrough: 'api',
});

const close: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(close.map((one) => one())));

describe.each([
  ['in memory', async () => memoryLaboratorySamples()],
  [
    'in DynamoDB',
    async () => {
      const table = await openTestTable();
      close.push(table.close);
      return dynamodbLaboratorySamples(table);
    },
  ],
])('laboratory samples %s', (_name, openStore) => {
  let store: LaboratorySampleStore;
  beforeAll(async () => {
    store = await openStore();
    for (const at of [1_000, 2_000, 3_000]) await store.put(sample('s', at));
    await store.put(sample('s', 2_000, 2));
    await store.put(sample('t', 2_000));
  });

  it('keep a version once', async () => {
    expect(await store.put({ ...sample('s', 1_000), laboratory: 'another' })).toBe(false);
    expect(await store.versions('s', 1_000)).toEqual([sample('s', 1_000)]);
  });

  it('tell all versions of one sample, oldest first', async () => {
    expect((await store.versions('s', 2_000)).map(({ version }) => version)).toEqual([1, 2]);
    expect(await store.versions('s', 9)).toEqual([]);
  });

  it('list the newest version of each, newest sample first, within a span and page by page', async () => {
    const all = await store.list({ stationId: 's', from: 0, to: 9_000, limit: 10 });
    expect(all.samples.map(({ sampledAt, version }) => [sampledAt, version])).toEqual([
      [3_000, 1],
      [2_000, 2],
      [1_000, 1],
    ]);
    const within = await store.list({ stationId: 's', from: 1_000, to: 3_000, limit: 10 });
    expect(within.samples.map(({ sampledAt }) => sampledAt)).toEqual([2_000, 1_000]);
    const first = await store.list({ stationId: 's', from: 0, to: 9_000, limit: 2 });
    const rest = await store.list({ stationId: 's', from: 0, to: 9_000, limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toEqual({ samples: [sample('s', 1_000)] });
  });

  it('refuse a cursor of another list', async () => {
    const query = { stationId: 's', from: 0, to: 9, limit: 1, cursor: 'nonsense' };
    await expect(store.list(query)).rejects.toBeInstanceOf(InvalidCursorError);
  });
});
