import { instantOf, localDate } from '../city/calendar.ts';
import type { HourGrid } from './means.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** `startsAt` < t ≤ `endsAt`, UTC epoch milliseconds. */
export type Period = { readonly startsAt: number; readonly endsAt: number };

/** A calendar month or year of the city, and of how many days it is. */
export type LongPeriod = Period & { readonly days: number };

/** Calendar days, months and years of a city's clock, each from midnight to midnight, oldest first. */
export type CalendarPeriods = {
  readonly days: readonly Period[];
  readonly months: readonly LongPeriod[];
  readonly years: readonly LongPeriod[];
};

/** The first day of the month or year that holds a date or, a step on, of the one after: dates are `YYYY-MM-DD`. */
const firstOf = (unit: 'month' | 'year', date: string, step: 0 | 1): string => {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const first = unit === 'month' ? Date.UTC(year, month - 1 + step, 1) : Date.UTC(year + step, 0, 1);
  return new Date(first).toISOString().slice(0, 10);
};

/** The calendar month or year of the zone that holds an instant; midnight still belongs to what it ends. */
export const longPeriodOf = (unit: 'month' | 'year', at: number, timeZone: string): LongPeriod => {
  const date = localDate(timeZone, at - 1);
  const [first, next] = [firstOf(unit, date, 0), firstOf(unit, date, 1)];
  return {
    startsAt: instantOf(first, '00:00', timeZone),
    endsAt: instantOf(next, '00:00', timeZone),
    days: Math.round((Date.parse(next) - Date.parse(first)) / DAY_MS),
  };
};

/** The calendar day of the zone that holds an instant; midnight still belongs to the day that it ends. */
export const dayOf = (at: number, timeZone: string): Period => {
  const date = localDate(timeZone, at - 1);
  return { startsAt: instantOf(date, '00:00', timeZone), endsAt: instantOf(date, '24:00', timeZone) };
};

const endingIn = <P extends Period>(from: number, to: number, holding: (at: number) => P): readonly P[] => {
  const periods: P[] = [];
  for (let at = from + 1; ; ) {
    const period = holding(at);
    if (period.endsAt > to) return periods;
    periods.push(period);
    at = period.endsAt + 1;
  }
};

/** The calendar days, months and years of a zone that end in `from` < t ≤ `to`, UTC epoch milliseconds. */
export const periodsEndingIn = (from: number, to: number, timeZone: string): CalendarPeriods => ({
  days: endingIn(from, to, (at) => dayOf(at, timeZone)),
  months: endingIn(from, to, (at) => longPeriodOf('month', at, timeZone)),
  years: endingIn(from, to, (at) => longPeriodOf('year', at, timeZone)),
});

/** Those that end within the hours of a grid; what still runs at its end is left out. */
export const calendarPeriods = ({ firstEndsAt, length }: HourGrid, timeZone: string): CalendarPeriods =>
  periodsEndingIn(firstEndsAt - HOUR_MS, firstEndsAt + (length - 1) * HOUR_MS, timeZone);
