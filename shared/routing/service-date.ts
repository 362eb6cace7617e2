import { instantOf, localDate } from '../city/calendar.ts';
import type { TimeWindow, Vehicle } from '../city/entities.ts';

const DAY_MS = 86_400_000;

/** The calendar day (`YYYY-MM-DD`) so many days after another. */
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** A city-local time window of a day as instants (UTC epoch milliseconds); one that ends before it starts ends the day after. */
export const windowInstants = (date: string, { from, to }: TimeWindow, timeZone: string): readonly [number, number] => [
  instantOf(date, from, timeZone),
  instantOf(to > from ? date : daysAfter(date, 1), to, timeZone),
];

/** The city-local day of the next shift: today while any available truck's shift is still to begin, else tomorrow. */
export const nextServiceDate = (
  vehicles: readonly Pick<Vehicle, 'status' | 'shift'>[],
  timeZone: string,
  at: number,
): string => {
  const today = localDate(timeZone, at);
  const stillToBegin = vehicles.some(
    ({ status, shift }) => status === 'available' && instantOf(today, shift.from, timeZone) > at,
  );
  return stillToBegin ? today : daysAfter(today, 1);
};
