import { utcOffsetMinutes } from '../../city/calendar.ts';

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

const HOURS_A_DAY = 24;

/** Minutes ahead of UTC by UTC hour: asked for once a day where the day's ends agree, as asking the platform is slow. */
const offsets = (timeZone: string): ((utcHour: number) => number) => {
  const ofDay = new Map<number, number | null>();
  const ask = (utcHour: number): number => utcOffsetMinutes(timeZone, (utcHour + 0.5) * HOUR_MS);
  return (utcHour) => {
    const day = Math.floor(utcHour / HOURS_A_DAY);
    let offset = ofDay.get(day);
    if (offset === undefined) {
      const [first, last] = [ask(day * HOURS_A_DAY), ask(day * HOURS_A_DAY + HOURS_A_DAY - 1)];
      offset = first === last ? first : null;
      ofDay.set(day, offset);
    }
    return offset ?? ask(utcHour);
  };
};

/** The city's clock and calendar; remembers what it worked out. */
export const localHours = (timeZone: string, calendar: Calendar = new Map()): LocalHours => {
  const known = new Map<number, { readonly hour: number; readonly day: number }>();
  const offsetAt = offsets(timeZone);
  return (utcHour) => {
    const remembered = known.get(utcHour);
    if (remembered !== undefined) return remembered;
    const local = new Date((utcHour + 0.5) * HOUR_MS + offsetAt(utcHour) * 60_000);
    const special = calendar.size === 0 ? undefined : calendar.get(local.toISOString().slice(0, 10));
    const found = {
      hour: local.getUTCHours(),
      day: special === undefined ? local.getUTCDay() : dayKindOf[special],
    };
    known.set(utcHour, found);
    return found;
  };
};
