import { localDate, utcOffsetMinutes } from '../../city/calendar.ts';

/** What a city's calendar knows of a day: it stands in for the weekday. */
export type SpecialDay = 'holiday' | 'market-day';

/** Special days by local date, `YYYY-MM-DD`. */
export type Calendar = ReadonlyMap<string, SpecialDay>;

export const HOUR_MS = 3_600_000;
export const HOURS = 24;
/** Sunday is 0 … Saturday 6, then holiday and market day. */
export const DAY_KINDS = 9;
const dayKindOf: Readonly<Record<SpecialDay, number>> = { holiday: 7, 'market-day': 8 };

/** Local hour of the day (0 … 23) and kind of day (0 … 8) that hold the middle of a UTC hour, counted from the epoch. */
export type LocalHours = (utcHour: number) => { readonly hour: number; readonly day: number };

/** The city's clock and calendar; remembers what it worked out, as asking the platform for a time zone is slow. */
export const localHours = (timeZone: string, calendar: Calendar = new Map()): LocalHours => {
  const known = new Map<number, { readonly hour: number; readonly day: number }>();
  return (utcHour) => {
    const remembered = known.get(utcHour);
    if (remembered !== undefined) return remembered;
    const middle = (utcHour + 0.5) * HOUR_MS;
    const local = new Date(middle + utcOffsetMinutes(timeZone, middle) * 60_000);
    const special = calendar.get(localDate(timeZone, middle));
    const found = {
      hour: local.getUTCHours(),
      day: special === undefined ? local.getUTCDay() : dayKindOf[special],
    };
    known.set(utcHour, found);
    return found;
  };
};
