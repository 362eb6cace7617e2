import { instantOf, utcOffsetMinutes } from '../../city/calendar.ts';

/** 2000-01-01T00:00Z and 2100-01-01T00:00Z: a logger that writes anything else has lost its clock. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 4_102_444_800_000;

const MINUTE_MS = 60_000;

const pattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})([0-5]\d)$/;

const isOfThisCentury = (at: number): boolean => at >= EARLIEST_MS && at < LATEST_MS;

/**
 * UTC epoch milliseconds of a logger's `yyyyMMddHHmmss` in the zone's wall-clock time; `undefined` when it is not one, or not of this
 * century. `24` as an hour ends the day; times at a change of the clock as in `instantOf`.
 * @throws RangeError for a zone that the runtime does not know.
 */
export const instantOfStamp = (stamp: string, timeZone: string): number | undefined => {
  const match = pattern.exec(stamp);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  if (hour === '24' && second !== '00') return undefined;
  try {
    const at = instantOf(`${year}-${month}-${day}`, `${hour}:${minute}`, timeZone) + Number(second) * 1_000;
    return isOfThisCentury(at) ? at : undefined;
  } catch (error) {
    // An unknown zone is our own mistake, not the logger's.
    utcOffsetMinutes(timeZone, EARLIEST_MS);
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** What the zone's wall clock shows at an instant, `yyyyMMddHHmmss`, cut to the second; `undefined` outside this century. */
export const stampOf = (at: number, timeZone: string): string | undefined => {
  if (!isOfThisCentury(at)) return undefined;
  const wall = new Date(at + utcOffsetMinutes(timeZone, at) * MINUTE_MS);
  return wall.toISOString().replace(/\D/g, '').slice(0, 14);
};

/** `instantOfStamp` that remembers its last answer: the lines of one file share one time, and asking the zone is dear. */
export const stampReader = (timeZone: string): ((stamp: string) => number | undefined) => {
  let lastStamp: string | undefined;
  let lastInstant: number | undefined;
  return (stamp) => {
    if (stamp !== lastStamp) {
      lastInstant = instantOfStamp(stamp, timeZone);
      lastStamp = stamp;
    }
    return lastInstant;
  };
};
