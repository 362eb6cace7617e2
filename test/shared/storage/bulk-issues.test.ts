import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkIssue, BulkIssues } from '../../../shared/open-data/bulk/bulk-issue.ts';
import type { ChangedDays } from '../../../shared/open-data/bulk/changed-days.ts';
import { dynamodbBulkIssues } from '../../../shared/storage/dynamodb/bulk-issues.ts';
import { dynamodbChangedDays } from '../../../shared/storage/dynamodb/changed-days.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryBulkIssues, memoryChangedDays } from '../../support/memory-bulk.ts';

const DAY = 86_400_000;
const DAY_1 = Date.parse('2026-01-05T00:00:00Z');

const anIssue = (day: string, quantity: BulkIssue['quantity'], version: number): BulkIssue => ({
  ...{ day, quantity, version },
  from: Date.parse(day),
  to: Date.parse(day) + DAY,
  issuedAt: Date.parse(day) + 2 * DAY,
  reason: version === 1 ? 'first' : 'late-or-corrected',
  ...{ rows: 3, series: 2 },
  contentSha256: 'a'.repeat(64),
  files: [{ format: 'parquet', key: 'bulk/v1/x', bytes: 9, sha256: 'b'.repeat(64) }],
});

type Stores = { issues: BulkIssues; changes: ChangedDays; close: () => Promise<void> };

const suite = (name: string, open: () => Promise<Stores>): void => {
  describe(`what was issued, ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
      for (const issue of [
        anIssue('2026-02-01', 'pm25', 1),
        anIssue('2026-01-31', 'pm25', 2),
        anIssue('2026-01-31', 'pm25', 1),
        anIssue('2026-01-31', 'pm10', 1),
        anIssue('2026-03-02', 'pm25', 1),
      ]) {
        expect(await stores.issues.add(issue)).toBe(true);
      }
    });
    afterAll(() => stores.close());

    const listed = async (query: Partial<Parameters<BulkIssues['list']>[0]> = {}) =>
      (await stores.issues.list({ from: '2026-01-01', to: '2026-12-31', limit: 99, ...query })).map(
        ({ day, quantity, version }) => `${day} ${quantity} ${version}`,
      );
    const all = [
      '2026-01-31 pm10 1',
      '2026-01-31 pm25 1',
      '2026-01-31 pm25 2',
      '2026-02-01 pm25 1',
      '2026-03-02 pm25 1',
    ];

    it('is listed by day, quantity and version, over months', async () => {
      expect(await listed()).toEqual(all);
      expect(await listed({ from: '2026-01-31', to: '2026-01-31' })).toEqual(all.slice(0, 3));
      expect(await listed({ from: '2026-02-01', to: '2026-03-01' })).toEqual(['2026-02-01 pm25 1']);
    });

    it('is listed page by page', async () => {
      expect(await listed({ limit: 2 })).toEqual(all.slice(0, 2));
      const after = { day: '2026-01-31', quantity: 'pm25', version: 1 } as const;
      expect(await listed({ limit: 2, after })).toEqual(all.slice(2, 4));
      expect(await listed({ after: { day: '2026-03-02', quantity: 'pm25', version: 1 } })).toEqual([]);
    });

    it('is never written twice', async () => {
      expect(await stores.issues.add({ ...anIssue('2026-01-31', 'pm25', 2), rows: 99 })).toBe(false);
      expect(await stores.issues.newest('2026-01-31', 'pm25')).toEqual(anIssue('2026-01-31', 'pm25', 2));
    });

    it('is absent where nothing was', async () => {
      expect(await stores.issues.newest('2026-01-30', 'pm25')).toBeUndefined();
      expect(await stores.issues.newest('2026-01-31', 'pm25Mean1h')).toBeUndefined();
    });
  });

  describe(`what may have to be issued again, ${name}`, () => {
    let stores: Stores;
    beforeAll(async () => {
      stores = await open();
    });
    afterAll(() => stores.close());
    const noted = async (limit = 99) => (await stores.changes.list(limit)).map(({ quantity, day }) => [quantity, day]);

    it('is one note a quantity and day, oldest first, and goes only as it was read', async () => {
      await stores.changes.note([
        { quantity: 'pm25', day: DAY_1 + DAY },
        { quantity: 'pm25', day: DAY_1 },
      ]);
      await stores.changes.note([{ quantity: 'pm25', day: DAY_1 }]);
      expect(await noted()).toEqual([
        ['pm25', DAY_1],
        ['pm25', DAY_1 + DAY],
      ]);
      expect(await noted(1)).toEqual([['pm25', DAY_1]]);
      const read = await stores.changes.list(99);
      await stores.changes.note([{ quantity: 'pm25', day: DAY_1 }]);
      await stores.changes.remove(read);
      expect(await noted()).toEqual([['pm25', DAY_1]]);
    });

    it('begins behind the last day that everything was issued of', async () => {
      expect(await stores.changes.issuedTo()).toBeUndefined();
      await stores.changes.setIssuedTo('2026-01-05');
      expect(await stores.changes.issuedTo()).toBe('2026-01-05');
    });
  });
};

suite('in memory', async () => ({
  issues: memoryBulkIssues(),
  changes: memoryChangedDays(),
  close: async () => {},
}));

suite('in DynamoDB', async () => {
  const table = await openTestTable();
  return { issues: dynamodbBulkIssues(table), changes: dynamodbChangedDays(table), close: table.close };
});
