import type { SpecialDay as RegisteredDay } from '../../city/fleet/special-day.ts';
import type { Registry } from '../../city/registry.ts';
import { type Calendar, type LocalHours, localHours, type SpecialDay } from '../forecast/hours.ts';

/** The city's special days, of the whole city or (by ward) of a ward as well. A port function over the registry. */
export type SpecialDays = (ward?: string) => Calendar;

const kindOf = ({ kind }: RegisteredDay): SpecialDay | undefined => (kind === 'event' ? undefined : kind);

/**
 * Holidays and market days by date. Of one day that is both, the holiday counts; a ward's own days count in that ward. Events say nothing of
 * how much is thrown away: no two are alike.
 */
const specialDaysOf = (days: readonly RegisteredDay[]): SpecialDays => {
  const known = new Map<string, Calendar>();
  return (ward = '') => {
    const remembered = known.get(ward);
    if (remembered !== undefined) return remembered;
    const calendar = new Map<string, SpecialDay>();
    for (const day of days) {
      const kind = kindOf(day);
      if (kind === undefined || (day.ward !== undefined && day.ward !== ward)) continue;
      if (calendar.get(day.date) !== 'holiday') calendar.set(day.date, kind);
    }
    known.set(ward, calendar);
    return calendar;
  };
};

export const specialDays = async (registry: Registry): Promise<SpecialDays> =>
  specialDaysOf(await registry.list('special-day'));

/** The city's clock for each ward: wards without days of their own share one. */
export const hoursByWard = (
  timeZone: string,
  days: SpecialDays,
  wards: readonly string[],
): ((ward?: string) => LocalHours) => {
  const whole = localHours(timeZone, days());
  const own = new Map<string, LocalHours>();
  for (const ward of wards) {
    const calendar = days(ward);
    if (calendar.size !== days().size || [...calendar].some(([date, kind]) => days().get(date) !== kind)) {
      own.set(ward, localHours(timeZone, calendar));
    }
  }
  return (ward) => (ward === undefined ? whole : (own.get(ward) ?? whole));
};
