import * as z from 'zod';
import { type KpiDayStore, kpiDaySchema } from '../../waste/kpis/kpi-day.ts';
import { putItem, queryItems, type TableOptions } from './items.ts';

const PARTITION = 'kpi-days';
const itemSchema = z.object({ day: kpiDaySchema });

/** Days in sums in the city's table, one item a day: some 15 kB with thirty wards and twenty-five trucks. */
export const dynamodbKpiDays = (options: TableOptions): KpiDayStore => ({
  range: async (from, to) =>
    (await queryItems(options, PARTITION, [from, to])).map((item) => itemSchema.parse(item).day),
  put: async (day) => {
    const valid = kpiDaySchema.parse(day);
    await putItem(options, { pk: PARTITION, sk: valid.date, day: valid });
  },
});
