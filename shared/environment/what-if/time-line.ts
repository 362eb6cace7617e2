import { instantOf } from '../../city/calendar.ts';
import { type CalendarPeriods, type Period, periodsEndingIn } from '../calendar-periods.ts';
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

type Span = { readonly from: number; readonly to: number };

const endingIn = <P extends Period>(periods: readonly P[], starts: number, ends: number): readonly P[] =>
  periods.filter(({ endsAt }) => endsAt > starts && endsAt <= ends);

/** Time lines of the stations of one file. The calendar is worked out once, over the span of the whole file (UTC epoch milliseconds). */
export const timeLines = (timeZone: string, utcOffsetMinutes: number, whole: Span) => {
  const { days, months, years } = periodsEndingIn(whole.from - 2 * DAY_MS, whole.to + 2 * DAY_MS, timeZone);
  return ({ from, to }: Span): TimeLine => {
    const grid = hourGrid(from, to, utcOffsetMinutes);
    const starts = grid.firstEndsAt - HOUR_MS;
    const ends = starts + grid.length * HOUR_MS;
    return {
      grid,
      periods: {
        days: endingIn(days, starts, ends),
        months: endingIn(months, starts, ends),
        years: endingIn(years, starts, ends),
      },
      allDays: days.filter((day) => day.endsAt > starts && day.startsAt < ends),
    };
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
