import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbBinRecords } from '../../../shared/storage/dynamodb/bin-records.ts';
import { dynamodbOutlookBook } from '../../../shared/storage/dynamodb/outlook-book.ts';
import { newRecord } from '../../../shared/waste/outlook/bin-record.ts';
import type { BinRecordStore, OutlookBook, OutlookBookStore } from '../../../shared/waste/outlook/outlook-book.ts';
import { openTestTable, type TestTable } from '../../support/dynamodb.ts';
import { memoryBinRecords, memoryOutlookBook } from '../../support/memory-outlooks.ts';
import { aBin } from '../../support/small-city.ts';

let table: TestTable;
beforeAll(async () => {
  table = await openTestTable();
});
afterAll(() => table.close());

const record = (id: string, readTo = 1) => newRecord(aBin(id), readTo);

describe.each<[string, () => BinRecordStore]>([
  ['in memory', memoryBinRecords],
  ['in DynamoDB', () => dynamodbBinRecords(table)],
])('Bins’ records %s', (_, open) => {
  it('come back as they were written, those that exist', async () => {
    const records = open();
    expect(await records.put([{ record: record('a'), version: 0 }])).toEqual([]);
    expect(await records.get(['a', 'nowhere'])).toEqual([{ record: record('a'), version: 1 }]);
  });

  it('are written by the first of two writers, and the other is told', async () => {
    const records = open();
    const both = ['b', 'c'].map((id) => ({ record: record(id), version: 0 }));
    expect(await records.put(both)).toEqual([]);
    expect(await records.put([{ record: record('b', 2), version: 1 }])).toEqual([]);
    const late = ['b', 'c'].map((id) => ({ record: record(id, 3), version: 1 }));
    expect(await records.put(late)).toEqual(['b']);
    expect(await records.put([{ record: record('c', 4), version: 0 }])).toEqual(['c']);
    expect((await records.get(['b']))[0]?.record.readTo).toBe(2);
  });
});

const book = (at: number, bins = 1): OutlookBook => ({
  at,
  groups: {
    '|': { profile: { hour: [1], day: [1] }, group: { rate: 0.1, betweenBins: 0.1, perFill: 1, perSquare: 1 } },
  },
  calibrations: { food: { counts: [1, 2] } },
  bins: Array.from({ length: bins }, (_, index) => ({
    binId: `bin-${String(index).padStart(5, '0')}`,
    group: '|',
    model: { rate: 0.01, variance: 0.001, perFill: 0.05, perSquare: 0.1, pieces: index },
    level: index % 2 === 0 ? null : { at: at - 1, fraction: 0.5, doubt: null },
    lastEmptiedAt: null,
    hoursSeen: 24,
  })),
});

describe.each<[string, () => OutlookBookStore]>([
  ['in memory', memoryOutlookBook],
  ['in DynamoDB', () => dynamodbOutlookBook(table)],
])('The book of outlooks %s', (_, open) => {
  it('is the newest that was written, of whatever size', async () => {
    const store = open();
    expect(await store.read()).toBeUndefined();
    expect(await store.write(book(1_000))).toBe(true);
    expect(await store.read()).toEqual(book(1_000));
    expect(await store.write(book(2_000, 4_500))).toBe(true);
    expect(await store.write(book(1_500))).toBe(false);
    expect(await store.write(book(2_000))).toBe(false);
    expect(await store.read()).toEqual(book(2_000, 4_500));
    expect(await store.write(book(3_000))).toBe(true);
    expect(await store.read()).toEqual(book(3_000));
  });
});
