import { instantOf, localDate } from '../city/calendar.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Periods that end in `from` < t ≤ `to`, UTC epoch milliseconds. */
export type Window = { readonly from: number; readonly to: number };

/** A city-local calendar day, 00:00 to 24:00, in UTC epoch milliseconds. */
export type Day = { readonly startsAt: number; readonly endsAt: number };

/** The last full hour of the city's clock at or before an instant; the offset in minutes ahead of UTC. */
export const wholeHour = (at: number, utcOffset: number): number => {
  const offset = utcOffset * MINUTE_MS;
  return Math.floor((at + offset) / HOUR_MS) * HOUR_MS - offset;
};

/** Worked on at once, so that a year on demand fits in memory. */
const MAX_WINDOW_MS = 31 * 24 * HOUR_MS;

/** A range cut into windows of at most 31 days, oldest first. */
export const inWindows = ({ from, to }: Window): readonly Window[] => {
  const windows: Window[] = [];
  for (let start = from; start < to; start += MAX_WINDOW_MS) {
    windows.push({ from: start, to: Math.min(to, start + MAX_WINDOW_MS) });
  }
  return windows;
};

/** The calendar days of the zone that end in the window, oldest first. */
export const daysEndingIn = ({ from, to }: Window, timeZone: string): readonly Day[] => {
  const days: Day[] = [];
  for (let at = from; ; ) {
    const date = localDate(timeZone, at);
    const day = { startsAt: instantOf(date, '00:00', timeZone), endsAt: instantOf(date, '24:00', timeZone) };
    if (day.endsAt > to) return days;
    days.push(day);
    at = day.endsAt;
  }
};
