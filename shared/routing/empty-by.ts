import { instantOf } from '../city/calendar.ts';
import type { City, TimeWindow } from '../city/entities.ts';
import { daysAfter } from './service-date.ts';

type Span = [number, number];

/**
 * When a truck may come to a bin that must be emptied by a time of day (city-local, `HH:MM`): its own windows, cut off at the
 * first such time after the trucks set out. All in seconds since the service day's midnight; `clock` turns instants into them.
 * What begins later is left out: a bin whose windows all lie behind the hour can be emptied by nobody, and the plan will say so.
 */
export const windowsUntil = (
  windows: readonly Span[] | undefined,
  emptyBy: TimeWindow['to'],
  { timeZone }: Pick<City, 'timeZone'>,
  serviceDate: string,
  clock: (epochMs: number) => number,
  setOut: number,
): Span[] => {
  const hours = [-1, 0, 1, 2].map((days) => clock(instantOf(daysAfter(serviceDate, days), emptyBy, timeZone)));
  const until = hours.find((hour) => hour > setOut) ?? Number.POSITIVE_INFINITY;
  return (windows ?? [[setOut, until]])
    .filter(([from]) => from < until)
    .map(([from, to]): Span => [from, Math.min(to, until)]);
};
