import { instantOf } from '../../city/calendar.ts';
import type { City, SpecialDay, TimeWindow } from '../../city/entities.ts';
import { daysAfter, windowInstants } from '../service-date.ts';
import type { Span } from './spans.ts';

/** One day of planning: its calendar, and its clock in seconds since its midnight. */
export type ServiceDay = {
  readonly city: City;
  readonly date: string;
  /** Days on which bans may be lifted. */
  readonly isHoliday: (date: string) => boolean;
  /** Seconds since the service day's midnight of an instant (UTC epoch milliseconds). */
  readonly clock: (epochMs: number) => number;
};

export const serviceDay = (city: City, date: string, specialDays: readonly SpecialDay[] = []): ServiceDay => {
  const midnight = instantOf(date, '00:00', city.timeZone);
  // A holiday of one ward lifts no ban of the city.
  const holidays = new Set(
    specialDays.filter(({ kind, ward }) => kind === 'holiday' && ward === undefined).map((day) => day.date),
  );
  return {
    city,
    date,
    isHoliday: (other) => holidays.has(other),
    clock: (epochMs) => Math.round((epochMs - midnight) / 1_000),
  };
};

/** A window as it falls on the day that lies so many days after the service day. */
export const windowOn = ({ city, date, clock }: ServiceDay, days: number, window: TimeWindow): Span => {
  const [from, to] = windowInstants(daysAfter(date, days), window, city.timeZone);
  return [clock(from), clock(to)];
};

/** The service day, the day before and the day after: night shifts see two days' windows. */
export const daysAround = [-1, 0, 1] as const;

/** Daily windows as they fall on the days around the service day. */
export const windowsAround = (day: ServiceDay, windows: readonly TimeWindow[] | undefined): Span[] | undefined =>
  windows && daysAround.flatMap((days) => windows.map((window) => windowOn(day, days, window)));
