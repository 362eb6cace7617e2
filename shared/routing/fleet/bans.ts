import type { Vehicle, Zone } from '../../city/entities.ts';
import { weekdayOf } from '../../city/fleet/calendar-rules.ts';
import { fitsWithin } from '../../city/fleet/size.ts';
import type { Ban } from '../../city/fleet/zone.ts';
import { daysAfter } from '../service-date.ts';
import { daysAround, type ServiceDay, windowOn } from './service-day.ts';
import { joinSpans, type Span } from './spans.ts';

/** The digit that a plate ends with: 5 of `61C-123.45`. */
const endingOf = (plate: string | undefined): number | undefined => {
  const digit = plate?.match(/(\d)\D*$/)?.[1];
  return digit === undefined ? undefined : Number(digit);
};

/** Whether a ban means this truck. Size or plate that nobody entered keeps no truck out of a ban. */
const meansTruck = ({ over, plateEndings }: Ban, { size, plate }: Vehicle): boolean => {
  if (over !== undefined && fitsWithin(over, size)) return false;
  const ending = endingOf(plate);
  return plateEndings === undefined || ending === undefined || plateEndings.includes(ending);
};

const isOn = ({ weekdays, dates, liftedOnHolidays }: Ban, date: string, day: ServiceDay): boolean => {
  if (liftedOnHolidays === true && day.isHoliday(date)) return false;
  if (weekdays !== undefined && !weekdays.includes(weekdayOf(date))) return false;
  return dates === undefined || (Number(date.slice(-2)) % 2 === 1) === (dates === 'odd');
};

const wholeDay = [{ from: '00:00', to: '24:00' }];

const hoursOf = (ban: Ban, day: ServiceDay): Span[] =>
  daysAround
    .filter((days) => isOn(ban, daysAfter(day.date, days), day))
    .flatMap((days) => (ban.windows ?? wholeDay).map((window) => windowOn(day, days, window)));

/** When a truck may not be in a zone around the service day. */
export const closedHours = (zone: Zone, vehicle: Vehicle, day: ServiceDay): Span[] => {
  if (vehicle.permits?.includes(zone.id) === true) return [];
  return joinSpans(zone.bans.filter((ban) => meansTruck(ban, vehicle)).flatMap((ban) => hoursOf(ban, day)));
};
