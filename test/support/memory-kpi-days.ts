import { type KpiDay, type KpiDayStore, kpiDaySchema } from '../../shared/waste/kpis/kpi-day.ts';

/** Days in memory, validated like the real ones. */
export const memoryKpiDays = (): KpiDayStore => {
  const days = new Map<string, KpiDay>();
  return {
    range: async (from, to) =>
      [...days.values()].filter(({ date }) => date >= from && date <= to).sort((a, b) => (a.date < b.date ? -1 : 1)),
    put: async (day) => {
      days.set(day.date, structuredClone(kpiDaySchema.parse(day)));
    },
  };
};
