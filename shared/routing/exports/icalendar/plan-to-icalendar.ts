import { localTime } from '../../../city/calendar.ts';
import type { Plan, PlanRoute } from '../../plan.ts';
import { type Bilingual, type ExportLanguage, inLanguage, stopName } from '../plan-words.ts';
import { type RouteTrip, tripsOf } from '../trips.ts';
import { escapeText, foldLine } from './content-line.ts';
import { localText, timeZoneLines, utcText } from './time-zone.ts';

export type CalendarOptions = {
  readonly cityName: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly language: ExportLanguage;
  /** How often this plan was changed since it was first told: a calendar takes the higher one (RFC 5545, 3.8.7.4). */
  readonly sequence?: number;
};

const summaryOf = (route: PlanRoute, { number, stops }: RouteTrip): Bilingual => {
  const bins = stops.filter(({ kind }) => kind === 'bin').length;
  return {
    vi: `${route.vehicleName}: chuyến ${number}, ${bins} thùng`,
    en: `${route.vehicleName}: trip ${number}, ${bins} ${bins === 1 ? 'bin' : 'bins'}`,
  };
};

const eventLines = (plan: Plan, route: PlanRoute, trip: RouteTrip, options: CalendarOptions): readonly string[] => {
  const { timeZone, language, sequence = 0 } = options;
  const when = (name: string, at: number): string => `${name};TZID=${timeZone}:${localText(at, timeZone)}`;
  const description = trip.stops
    .map((stop) => `${localTime(timeZone, stop.arrivesAt)} ${inLanguage(stopName(stop), language)}`)
    .join('\n');
  const firstPlace = trip.stops.find(({ position }) => position !== undefined);
  return [
    'BEGIN:VEVENT',
    // The same trip of the same truck and plan keeps its identity when the plan changes.
    `UID:${encodeURIComponent(plan.planId)}-${encodeURIComponent(route.vehicleId)}-${trip.number}@phosach`,
    `DTSTAMP:${utcText(plan.finishedAt)}`,
    `SEQUENCE:${sequence}`,
    when('DTSTART', trip.startsAt),
    when('DTEND', trip.endsAt),
    `SUMMARY:${escapeText(inLanguage(summaryOf(route, trip), language))}`,
    `DESCRIPTION:${escapeText(description)}`,
    ...(firstPlace ? [`LOCATION:${escapeText(firstPlace.name)}`] : []),
    ...(firstPlace?.position ? [`GEO:${firstPlace.position.latitude};${firstPlace.position.longitude}`] : []),
    'TRANSP:OPAQUE',
    'END:VEVENT',
  ];
};

/**
 * Routes of a plan as an iCalendar object (RFC 5545): an event a trip, by the city's own clock, with its VTIMEZONE; whole seconds. A calendar
 * must hold a component (3.6), so routes without trips give one with the time zone alone.
 */
export const planToICalendar = (plan: Plan, routes: readonly PlanRoute[], options: CalendarOptions): string => {
  const trips = routes.flatMap((route) => tripsOf(route).map((trip) => ({ route, trip })));
  const from = Math.min(plan.finishedAt, ...trips.map(({ trip }) => trip.startsAt));
  const to = Math.max(plan.finishedAt, ...trips.map(({ trip }) => trip.endsAt));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Pho Sach//Collection plans//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(`${options.cityName} ${plan.serviceDate}`)}`,
    ...timeZoneLines(options.timeZone, from, to),
    ...trips.flatMap(({ route, trip }) => eventLines(plan, route, trip, options)),
    'END:VCALENDAR',
  ];
  return `${lines.map(foldLine).join('\r\n')}\r\n`;
};
