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
const periodsCovered = (of: MeanPeriod, { startsAt, timeZone }: ReportPeriod, to: number): readonly Period[] => {
  const covered = { startsAt, endsAt: to };
  if (of === '1h') return hoursIn(covered, 1);
  if (of === '8h') return hoursIn(covered, 8);
  const grid = { firstEndsAt: startsAt + HOUR_MS, length: Math.round((to - startsAt) / HOUR_MS) };
  const { days, months, years } = calendarPeriods(grid, timeZone);
  return { '24h': days, month: months, year: years }[of];
};

/** A report's period as far as it is covered. What is asked for thousands of times is worked out once. */
export type Covered = {
  readonly period: ReportPeriod;
  /** UTC epoch milliseconds. */
  readonly to: number;
  /** The periods of a kind that end in it, oldest first. */
  readonly periods: (of: MeanPeriod) => readonly Period[];
  /** The calendar day of an instant, `YYYY-MM-DD`. */
  readonly dateOf: (at: number) => string;
};

export const covered = (period: ReportPeriod, asOf: number): Covered => {
  const to = coveredTo(period, asOf);
  const dates = new Map<number, string>();
  const periods = new Map<MeanPeriod, readonly Period[]>();
  return {
    period,
    to,
    periods: (of) => {
      const known = periods.get(of) ?? periodsCovered(of, period, to);
      periods.set(of, known);
      return known;
    },
    dateOf: (at) => {
      const date = dates.get(at) ?? localDate(period.timeZone, at);
      dates.set(at, date);
      return date;
    },
  };
};
