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

/**
 * Windows cut off where service must begin by, so that it is done before something begins there. Left as they are where every truck is back
 * by then anyway, and where nothing would be left: late is better than never. Seconds since the service day's midnight; `shifts`: from the
 * first truck's setting out to the last one's return.
 */
export const windowsBefore = (
  windows: Span[] | undefined,
  by: number | undefined,
  [setOut, back]: readonly [number, number],
): Span[] | undefined => {
  if (by === undefined || by >= back) return windows;
  const cut = (windows ?? [[setOut, back] as Span])
    .filter(([from]) => from < by)
    .map(([from, to]): Span => [from, Math.min(to, by)]);
  return cut.some(([, to]) => to > setOut) ? cut : windows;
};
