import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exceedance, ExceedanceQuery, ExceedanceStore } from '../../../shared/environment/exceedance.ts';
import { dynamodbExceedances } from '../../../shared/storage/dynamodb/exceedances.ts';
import { InvalidCursorError } from '../../../shared/telemetry/reading-store.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryExceedances } from '../../support/memory-stores.ts';

const HOUR = 3_600_000;
const monthEnd = Date.UTC(2026, 10, 1);

const exceedance = (periodEndsAt: number, stationId = 'air-1', quantity = 'pm25'): Exceedance => ({
  exceedanceId: `${stationId}~s1~${quantity}~qcvn~${periodEndsAt}`,
  stationId,
  stationName: 'Trạm 1',
  sensorId: 's1',
  quantity,
  limitId: 'qcvn',
  standard: 'QCVN 05:2023/BTNMT, Bảng 1',
  averagingPeriod: '1h',
  periodStartsAt: periodEndsAt - HOUR,
  periodEndsAt,
  value: 61.25,
  limit: 50,
  bound: 'max',
  unit: 'µg/m³',
  observed: 4,
  expected: 4,
  completeness: 1,
  evaluatedAt: periodEndsAt + 60_000,
});

const always = { from: 0, to: Number.MAX_SAFE_INTEGER };

const pagesOf = async (store: ExceedanceStore, query: ExceedanceQuery): Promise<readonly Exceedance[]> => {
  const all: Exceedance[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list({ ...query, ...(cursor !== undefined && { cursor }) });
    expect(page.exceedances.length).toBeLessThanOrEqual(query.limit);
    all.push(...page.exceedances);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
};

const exceedancesContract = (
  name: string,
  open: () => Promise<{ readonly store: ExceedanceStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name} keep exceedances`, () => {
    let store: ExceedanceStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ store, close } = await open());
    });
    afterAll(() => close());

    const stored = [
      exceedance(monthEnd - 40 * 24 * HOUR),
      exceedance(monthEnd - HOUR),
      exceedance(monthEnd - HOUR, 'air-2', 'o3'),
      exceedance(monthEnd),
      exceedance(monthEnd + HOUR, 'air-2'),
      exceedance(monthEnd + 2 * HOUR),
    ];

    it('has none before any was put', async () => {
      expect(await store.list({ ...always, limit: 10 })).toEqual({ exceedances: [] });
      await store.put([]);
      await store.withdraw([{ exceedanceId: 'unknown', periodEndsAt: monthEnd }]);
    });

    it('gives them newest period first, over the ends of months', async () => {
      await store.put(stored.toReversed());
      const { exceedances } = await store.list({ ...always, limit: 10 });
      expect(exceedances.map(({ periodEndsAt }) => periodEndsAt)).toEqual(
        stored.map(({ periodEndsAt }) => periodEndsAt).toReversed(),
      );
      expect(exceedances[0]).toEqual(stored[5]);
    });

    it('takes its range as closed at the start and open at the end', async () => {
      const query = { from: monthEnd - HOUR, to: monthEnd + HOUR, limit: 10 };
      expect((await store.list(query)).exceedances).toHaveLength(3);
      expect((await store.list({ ...query, from: query.to })).exceedances).toEqual([]);
    });

    it('gives the same in pages of any size, filtered or not', () =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 7 }),
          fc.constantFrom(undefined, 'air-1', 'air-2'),
          fc.constantFrom(undefined, 'pm25', 'o3'),
          async (limit, stationId, quantity) => {
            const found = await pagesOf(store, {
              ...always,
              limit,
              ...(stationId !== undefined && { stationId }),
              ...(quantity !== undefined && { quantity }),
            });
            const expected = stored.filter(
              (one) =>
                (stationId === undefined || one.stationId === stationId) &&
                (quantity === undefined || one.quantity === quantity),
            );
            expect(new Set(found)).toEqual(new Set(expected));
            expect(found).toHaveLength(expected.length);
          },
        ),
        { numRuns: 20 },
      ));

    it('replaces one that is evaluated again', async () => {
      await store.put([{ ...exceedance(monthEnd), value: 70 }]);
      const { exceedances } = await store.list({ from: monthEnd, to: monthEnd + 1, limit: 10 });
      expect(exceedances.map(({ value }) => value)).toEqual([70]);
    });

    it('withdraws what late data proved wrong', async () => {
      await store.withdraw([exceedance(monthEnd)]);
      expect((await store.list({ from: monthEnd, to: monthEnd + 1, limit: 10 })).exceedances).toEqual([]);
    });

    it('refuses a cursor that it did not issue', async () => {
      const listing = store.list({ ...always, limit: 2, cursor: 'nonsense' });
      await expect(listing).rejects.toBeInstanceOf(InvalidCursorError);
    });
  });
};

exceedancesContract('The in-memory store', async () => ({ store: memoryExceedances(), close: async () => {} }));

exceedancesContract('The DynamoDB store', async () => {
  const { client, tableName, close } = await openTestTable();
  return { store: dynamodbExceedances({ client, tableName }), close };
});
