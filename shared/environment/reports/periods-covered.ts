import { localDate } from '../../city/calendar.ts';
import { calendarPeriods, type Period } from '../calendar-periods.ts';
import type { MeanPeriod } from '../means.ts';
import type { ReportPeriod } from './report-period.ts';

const HOUR_MS = 3_600_000;

/** The end of what a report can cover: its period's, or the last full hour at or before `asOf` while the period still runs. */
export const coveredTo = ({ startsAt, endsAt }: Period, asOf: number): number =>
  asOf >= endsAt ? endsAt : Math.max(startsAt, startsAt + Math.floor((asOf - startsAt) / HOUR_MS) * HOUR_MS);

const hoursIn = ({ startsAt, endsAt }: Period, length: number): readonly Period[] =>
  Array.from({ length: Math.round((endsAt - startsAt) / HOUR_MS) }, (_, index) => {
    const end = startsAt + (index + 1) * HOUR_MS;
    return { startsAt: end - length * HOUR_MS, endsAt: end };
  });

/** The periods of a kind that end in a report's period up to an instant, oldest first: each hour, each 8 hours, days, months, years. */
export const periodsCovered = (of: MeanPeriod, { startsAt, timeZone }: ReportPeriod, to: number): readonly Period[] => {
  const covered = { startsAt, endsAt: to };
  if (of === '1h') return hoursIn(covered, 1);
  if (of === '8h') return hoursIn(covered, 8);
  const grid = { firstEndsAt: startsAt + HOUR_MS, length: Math.round((to - startsAt) / HOUR_MS) };
  const { days, months, years } = calendarPeriods(grid, timeZone);
  return { '24h': days, month: months, year: years }[of];
};

/** A report's period as far as it is covered, and the calendar day (`YYYY-MM-DD`) of an instant: asked thousands of times for few days. */
export type Covered = { readonly period: ReportPeriod; readonly to: number; readonly dateOf: (at: number) => string };

export const covered = (period: ReportPeriod, asOf: number): Covered => {
  const known = new Map<number, string>();
  return {
    period,
    to: coveredTo(period, asOf),
    dateOf: (at) => {
      const date = known.get(at) ?? localDate(period.timeZone, at);
      known.set(at, date);
      return date;
    },
  };
};
