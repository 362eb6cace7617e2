import { localDate } from '../../../shared/city/calendar.ts';

/** The calendar month that holds an instant and those before it, `YYYY-MM`, newest first. */
export const monthsBefore = (at: number, timeZone: string, count: number): readonly string[] => {
  const [year = 1970, month = 1] = localDate(timeZone, at).split('-').map(Number);
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 7),
  );
};
