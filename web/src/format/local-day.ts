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
