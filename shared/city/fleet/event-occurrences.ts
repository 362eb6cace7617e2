import { daysAfter } from '../../routing/service-date.ts';
import { instantOf, localDate } from '../calendar.ts';
import { weekdayOf } from './calendar-rules.ts';
import type { SpecialEventEntity } from './special-event.ts';

/** One time that an event takes place. UTC epoch milliseconds. */
export type Occurrence = { readonly from: number; readonly to: number };

const DAY_MS = 86_400_000;

const partsOf = (moment: string): readonly [date: string, time: string] => [moment.slice(0, 10), moment.slice(11)];

/** Days between two calendar days. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

const onDay = ({ from, to }: SpecialEventEntity, date: string, timeZone: string): Occurrence => {
  const [[firstDay, begins], [lastDay, ends]] = [partsOf(from), partsOf(to)];
  return {
    from: instantOf(date, begins, timeZone),
    to: instantOf(daysAfter(date, daysBetween(firstDay, lastDay)), ends, timeZone),
  };
};

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

/**
 * The times an event takes place that touch the time between two instants (UTC epoch milliseconds, both included), oldest first. One with
 * weekdays begins on those alone, from the day of its `from` to that of its `until`.
 */
export const occurrencesBetween = (
  event: SpecialEventEntity,
  timeZone: string,
  from: number,
  to: number,
): readonly Occurrence[] => {
  const touches = (occurrence: Occurrence): boolean => occurrence.from <= to && occurrence.to >= from;
  const [firstDay] = partsOf(event.from);
  if (event.weekdays === undefined) return [onDay(event, firstDay, timeZone)].filter(touches);
  const found: Occurrence[] = [];
  // What began the day before may still last.
  let day = later(firstDay, daysAfter(localDate(timeZone, from), -1));
  const lastDay = earlier(event.until ?? '9999-12-31', localDate(timeZone, to));
  for (; day <= lastDay; day = daysAfter(day, 1)) {
    if (event.weekdays.includes(weekdayOf(day))) found.push(onDay(event, day, timeZone));
  }
  return found.filter(touches);
};
