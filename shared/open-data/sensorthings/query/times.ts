/** ISO 8601 as SensorThings writes it, without `Date`'s leniency: the 31st of February is refused, not moved. */

const instantPattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:(Z)|([+ -])(\d\d)(?::?(\d\d))?)?$/i;
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timeOfDayPattern = /^(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?$/;
// OData's dayTimeDuration: months and years have no fixed length.
const durationPattern = /^([+-]?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/i;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const milliseconds = (fraction: string | undefined): number => Number((fraction ?? '').padEnd(3, '0').slice(0, 3));

const dayOf = (year: string | undefined, month: string | undefined, day: string | undefined): number | undefined => {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isSame = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isSame ? date.getTime() : undefined;
};

const withinDay = (hour: number, minute: number, second: number, ms: number): number | undefined =>
  hour > 23 || minute > 59 || second > 59 ? undefined : hour * HOUR + minute * MINUTE + second * SECOND + ms;

/**
 * UTC epoch milliseconds; digits below a millisecond are dropped. Without an offset it is UTC. A space for the offset's sign is
 * the plus that a client forgot to encode.
 */
export const parseInstant = (text: string): number | undefined => {
  const match = instantPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = match;
  const date = dayOf(year, month, day);
  const time = withinDay(Number(hour), Number(minute), Number(second ?? 0), milliseconds(fraction));
  const offset = withinDay(Number(offsetHours ?? 0), Number(offsetMinutes ?? 0), 0, 0);
  if (date === undefined || time === undefined || offset === undefined) {
    return undefined;
  }
  return date + time + (sign === '-' ? offset : -offset);
};

/** UTC epoch milliseconds of the day's midnight. */
export const parseDate = (text: string): number | undefined => {
  const match = datePattern.exec(text);
  return match === null ? undefined : dayOf(match[1], match[2], match[3]);
};

/** Milliseconds since midnight. */
export const parseTimeOfDay = (text: string): number | undefined => {
  const match = timeOfDayPattern.exec(text);
  return match === null
    ? undefined
    : withinDay(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), milliseconds(match[4]));
};

/** Milliseconds. */
export const parseDuration = (text: string): number | undefined => {
  const match = durationPattern.exec(text);
  if (match === null || !/\d/.test(text) || /T$/i.test(text)) {
    return undefined;
  }
  const [, sign, days, hours, minutes, seconds, fraction] = match;
  const size =
    Number(days ?? 0) * DAY +
    Number(hours ?? 0) * HOUR +
    Number(minutes ?? 0) * MINUTE +
    Number(seconds ?? 0) * SECOND +
    milliseconds(fraction);
  // Plus zero: there is no negative no time.
  return Number.isSafeInteger(size) ? (sign === '-' ? 0 - size : size) : undefined;
};

export type TimeSpan = { readonly start: number; readonly end: number };

/** An instant, `start/end` or `start/duration`, as UTC epoch milliseconds; an instant starts and ends at once. */
export const parseTime = (text: string): TimeSpan | undefined => {
  const slash = text.indexOf('/');
  if (slash === -1) {
    const instant = parseInstant(text);
    return instant === undefined ? undefined : { start: instant, end: instant };
  }
  const start = parseInstant(text.slice(0, slash));
  const rest = text.slice(slash + 1);
  const size = parseDuration(rest);
  const end = size === undefined || start === undefined ? parseInstant(rest) : start + size;
  return start === undefined || end === undefined || start > end ? undefined : { start, end };
};

export const printInstant = (value: number): string => new Date(value).toISOString();
export const printDate = (value: number): string => printInstant(value).slice(0, 10);
export const printTimeOfDay = (value: number): string => printInstant(value).slice(11, 23);

/** `-PT90.500S`: seconds only, the one spelling. */
export const printDuration = (value: number): string => {
  const size = Math.abs(value);
  const fraction = size % SECOND === 0 ? '' : `.${String(size % SECOND).padStart(3, '0')}`;
  return `${value < 0 ? '-' : ''}PT${Math.floor(size / SECOND)}${fraction}S`;
};
