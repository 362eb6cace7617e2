import { instantOf, localDate } from '../../../shared/city/calendar.ts';
import { daysAfter } from '../../../shared/routing/service-date.ts';

/** The city's midnights inside a span of epoch milliseconds, `from` ≤ midnight ≤ `to`. */
export const midnightsBetween = (from: number, to: number, timeZone: string): readonly number[] => {
  const midnights: number[] = [];
  for (let date = localDate(timeZone, from); ; date = daysAfter(date, 1)) {
    const midnight = instantOf(date, '00:00', timeZone);
    if (midnight > to) return midnights;
    if (midnight >= from) midnights.push(midnight);
  }
};

/** The last so many city-local days, today's included. */
export const lastDays = (
  timeZone: string,
  now: number,
  days: number,
): { readonly from: string; readonly to: string } => {
  const to = localDate(timeZone, now);
  return { from: daysAfter(to, 1 - days), to };
};
