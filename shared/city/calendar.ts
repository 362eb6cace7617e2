/**
 * The city's wall clock. Instants are UTC epoch milliseconds; a zone is an IANA name such as `Asia/Ho_Chi_Minh`, whose rules come
 * from the runtime's own tz database (Intl), so that cities with daylight saving time work as Vietnam's do without it.
 *
 * Every function throws RangeError for a zone that the runtime does not know.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Building a format costs far more than using it, and a city has one zone. */
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
};

/** What the wall clock shows at an instant, written as if it were UTC; whole seconds. */
const wallClockAsUtc = (timeZone: string, at: number): number => {
  const fields: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) fields[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = fields;
  return Date.UTC(year, month - 1, day, hour, minute, second);
};

/** Minutes the zone is ahead of UTC at an instant: 420 in Vietnam, 330 in India. */
export const utcOffsetMinutes = (timeZone: string, at: number): number => {
  const wholeSecond = Math.floor(at / 1_000) * 1_000;
  return Math.round((wallClockAsUtc(timeZone, wholeSecond) - wholeSecond) / MINUTE_MS);
};

const localIso = (timeZone: string, at: number): string =>
  new Date(at + utcOffsetMinutes(timeZone, at) * MINUTE_MS).toISOString();

/** The calendar day in the zone, `YYYY-MM-DD`. */
export const localDate = (timeZone: string, at: number): string => localIso(timeZone, at).slice(0, 10);

/** The time of day in the zone, `HH:MM`, the seconds cut off. */
export const localTime = (timeZone: string, at: number): string => localIso(timeZone, at).slice(11, 16);

/**
 * The instant at which the zone's wall clock shows a date (`YYYY-MM-DD`) and time (`HH:MM`; `24:00` ends the day).
 * A time that daylight saving skips lies as far after the change as it says; of a time that happens twice, the first is meant
 * (what RFC 5545 prescribes for calendars).
 * @throws RangeError for a date or time that is not one.
 */
export const instantOf = (date: string, time: string, timeZone: string): number => {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const clock = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minutes = clock === null ? Number.NaN : Number(clock[1]) * 60 + Number(clock[2]);
  const wall = midnight + minutes * MINUTE_MS;
  // Date.parse rolls 30 February over into March; such a day does not exist.
  const exists = Number.isFinite(wall) && minutes <= 24 * 60 && new Date(midnight).toISOString().startsWith(date);
  if (!exists) throw new RangeError(`Not a date and a time of day: ${date} ${time}`);
  // Offsets a day before and after bracket any change near the wanted time.
  const before = wall - utcOffsetMinutes(timeZone, wall - DAY_MS) * MINUTE_MS;
  const after = wall - utcOffsetMinutes(timeZone, wall + DAY_MS) * MINUTE_MS;
  const shows = (at: number): boolean => at + utcOffsetMinutes(timeZone, at) * MINUTE_MS === wall;
  const matching = [before, after].filter(shows);
  return matching.length > 0 ? Math.min(...matching) : before;
};
