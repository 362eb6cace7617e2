import { instantOf } from '../../city/calendar.ts';
import { type CalendarPeriods, calendarPeriods, type Period, periodsEndingIn } from '../calendar-periods.ts';
import type { Limit } from '../limit.ts';
import { type HourGrid, hourGrid } from '../means.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The hours, days, months and years over which one station's rows are judged. */
export type TimeLine = {
  readonly grid: HourGrid;
  /** Those that end within the hours: what still runs when the data ends is not judged. */
  readonly periods: CalendarPeriods;
  /** Every calendar day that the hours touch, for counting days. */
  readonly allDays: readonly Period[];
};

/** Time lines of the stations of one file; stations over the same hours share one. */
export const timeLines = (timeZone: string, utcOffsetMinutes: number) => {
  const known = new Map<string, TimeLine>();
  return (from: number, to: number): TimeLine => {
    const grid = hourGrid(from, to, utcOffsetMinutes);
    const key = `${grid.firstEndsAt}+${grid.length}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const starts = grid.firstEndsAt - HOUR_MS;
    const ends = grid.firstEndsAt + (grid.length - 1) * HOUR_MS;
    const timeLine = {
      grid,
      periods: calendarPeriods(grid, timeZone),
      allDays: periodsEndingIn(starts, ends + DAY_MS + HOUR_MS, timeZone).days.filter(
        ({ startsAt }) => startsAt < ends,
      ),
    };
    known.set(key, timeLine);
    return timeLine;
  };
};

/** The instants from and until which a limit holds on a city's clock, UTC epoch milliseconds; cached, for a file asks often. */
export const forceOf = (timeZone: string) => {
  const known = new Map<string, readonly [from: number, to: number]>();
  return ({ inForce: { from, to } }: Pick<Limit, 'inForce'>): readonly [from: number, to: number] => {
    const key = `${from}/${to ?? ''}`;
    const force = known.get(key) ?? [
      instantOf(from, '00:00', timeZone),
      to === undefined ? Number.POSITIVE_INFINITY : instantOf(to, '24:00', timeZone),
    ];
    known.set(key, force);
    return force;
  };
};
