import { instantOf } from '../../shared/city/calendar.ts';

/** Epoch milliseconds of a cell, or `undefined` when it is no instant. */
export type ReadTime = (text: string) => number | undefined;

const fields = { YYYY: '(?<year>\\d{4})', MM: '(?<month>\\d{1,2})', DD: '(?<day>\\d{1,2})' } as const;
const clock = { HH: '(?<hour>\\d{1,2})', mm: '(?<minute>\\d{2})', ss: '(?<second>\\d{2})' } as const;
const patterns: Readonly<Record<string, string>> = { ...fields, ...clock };

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `DD-MM-YYYY HH:mm` as a pattern; every other sign stands for itself. */
const patternOf = (format: string): RegExp => {
  const tokens = format.split(/(YYYY|MM|DD|HH|mm|ss)/);
  const source = tokens.map((token) => patterns[token] ?? escapeForPattern(token)).join('');
  if (!source.includes('?<year>') || !source.includes('?<month>') || !source.includes('?<day>')) {
    throw new Error(`A time format needs YYYY, MM and DD: "${format}"`);
  }
  return new RegExp(`^${source}$`);
};

const twoDigits = (text: string | undefined): string => (text ?? '').padStart(2, '0');

const DAY_MS = 86_400_000;
const DAYS_REMEMBERED = 4_096;
const clockPattern = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/**
 * Reads times of days that are 24 hours long by the day's midnight, a hundred times quicker than asking the zone about each.
 * `undefined` on a day on which the clock is changed, and for what is no time: `instantOf` knows then.
 * @throws RangeError for a date that is none.
 */
const plainDays = (timeZone: string) => {
  const midnights = new Map<string, number | undefined>();
  const midnightOf = (date: string): number | undefined => {
    if (midnights.has(date)) return midnights.get(date);
    if (midnights.size >= DAYS_REMEMBERED) midnights.clear();
    const start = instantOf(date, '00:00', timeZone);
    const midnight = instantOf(date, '24:00', timeZone) - start === DAY_MS ? start : undefined;
    midnights.set(date, midnight);
    return midnight;
  };
  return (date: string, clock: string): number | undefined => {
    const found = clockPattern.exec(clock);
    const midnight = found === null ? undefined : midnightOf(date);
    if (midnight === undefined) return undefined;
    return clock === '24:00' ? midnight + DAY_MS : midnight + (Number(found?.[1]) * 60 + Number(found?.[2])) * 60_000;
  };
};

const readWallClock = (pattern: RegExp, timeZone: string): ReadTime => {
  const inPlainDay = plainDays(timeZone);
  const read = (text: string): number | undefined => {
    const found = pattern.exec(text)?.groups;
    if (found === undefined) return undefined;
    const { year, month, day, hour, minute, second } = found;
    if (Number(second ?? 0) > 59) return undefined;
    try {
      const date = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
      const clock = `${twoDigits(hour)}:${twoDigits(minute)}`;
      return (inPlainDay(date, clock) ?? instantOf(date, clock, timeZone)) + Number(second ?? 0) * 1_000;
    } catch (error) {
      // No such date or time; an unknown zone is found out before the first row.
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  };
  return read;
};

const wholeNumber = (text: string, factor: number): number | undefined => {
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? undefined : Math.round(number * factor);
};

const isoWithOffset = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * How to read a column of times: `iso` (with Z or an offset), `epoch-ms`, `epoch-s`, or a pattern of YYYY MM DD HH mm ss on the
 * wall clock of a time zone.
 * @throws Error for a pattern without a date, RangeError for an unknown zone.
 */
export const timeReader = (format: string, timeZone: string): ReadTime => {
  if (format === 'iso') return (text) => (isoWithOffset.test(text) ? Date.parse(text) : undefined);
  if (format === 'epoch-ms') return (text) => wholeNumber(text, 1);
  if (format === 'epoch-s') return (text) => wholeNumber(text, 1_000);
  instantOf('2000-01-01', '00:00', timeZone);
  return readWallClock(patternOf(format), timeZone);
};
