import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbKpiDays } from '../../../shared/storage/dynamodb/kpi-days.ts';
import type { KpiDay, KpiDayStore } from '../../../shared/waste/kpis/kpi-day.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryKpiDays } from '../../support/memory-kpi-days.ts';

const day = (date: string, computedAt = 1): KpiDay => ({ date, computedAt, wards: [], trucks: null, routesAhead: 0 });

let table: Awaited<ReturnType<typeof openTestTable>>;
beforeAll(async () => {
  table = await openTestTable();
});
afterAll(() => table.close());

const stores: readonly [string, () => KpiDayStore][] = [
  ['memory', memoryKpiDays],
  ['DynamoDB', () => dynamodbKpiDays(table)],
];

describe.each(stores)('days in sums in %s', (_, open) => {
  it('are found by date, oldest first, the last word on each', async () => {
    const store = open();
    for (const date of ['2026-11-03', '2026-10-31', '2026-11-01', '2026-12-01']) await store.put(day(date));
    await store.put(day('2026-11-01', 2));
    expect(await store.range('2026-10-31', '2026-11-03')).toEqual([
      day('2026-10-31'),
      day('2026-11-01', 2),
      day('2026-11-03'),
    ]);
    expect(await store.range('2025-01-01', '2025-12-31')).toEqual([]);
  });
});
