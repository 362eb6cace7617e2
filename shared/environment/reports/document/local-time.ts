import { localDate, localTime } from '../../../city/calendar.ts';
import type { AveragingPeriod } from '../../limit.ts';

/** `2026-11-22 08:00` on the city's clock; a midnight that ends something is 24:00 of the day before. */
export const localInstant = (instant: string, timeZone: string, ends = false): string => {
  const at = Date.parse(instant);
  const time = localTime(timeZone, at);
  return ends && time === '00:00' ? `${localDate(timeZone, at - 1)} 24:00` : `${localDate(timeZone, at)} ${time}`;
};

/** The name of an averaging period on the city's clock: `2026-11-22`, `2026-11`, `2026`, or from when to when. */
export const localPeriod = (
  { startsAt, endsAt }: { readonly startsAt: string; readonly endsAt: string },
  of: AveragingPeriod,
  timeZone: string,
): string => {
  const date = localDate(timeZone, Date.parse(endsAt) - 1);
  if (of === '24h') return date;
  if (of === 'month') return date.slice(0, 7);
  if (of === 'year') return date.slice(0, 4);
  if (startsAt === endsAt) return localInstant(endsAt, timeZone);
  const end = localInstant(endsAt, timeZone, true);
  const start = localInstant(startsAt, timeZone);
  return start.slice(0, 10) === end.slice(0, 10) ? `${start}–${end.slice(11)}` : `${start} – ${end}`;
};
