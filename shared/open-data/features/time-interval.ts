import * as z from 'zod';

/** UTC epoch milliseconds, both inclusive; an open side is absent. */
export type TimeInterval = { readonly from?: number | undefined; readonly to?: number | undefined };

const instantSchema = z.iso.datetime({ offset: true });

/** A plus sign that was not written as %2B arrives as a space; in front of an offset it can mean nothing else. */
const readInstant = (text: string): number | undefined => {
  const instant = text.replace(/ (\d{2}:\d{2})$/, '+$1');
  return instantSchema.safeParse(instant).success ? Date.parse(instant) : undefined;
};

const isOpen = (text: string): boolean => text === '' || text === '..';

/** Reads `datetime=` (17-069r4, 7.15.4): an instant, or two with a slash of which either may be open. Answers what is wrong as text. */
export const readTimeInterval = (text: string): TimeInterval | string => {
  const parts = text.split('/');
  if (parts.length > 2 || text === '') return 'must be an instant or an interval, e.g. 2026-11-22T10:00:00Z/..';
  const [start = '', end = start] = parts;
  const [from, to] = [start, end].map(readInstant);
  if (parts.length === 1 && from === undefined) return 'must be an ISO 8601 instant with its offset, or an interval';
  for (const [part, instant] of [
    [start, from],
    [end, to],
  ] as const) {
    if (instant === undefined && !isOpen(part)) return `${part.slice(0, 40)} is no ISO 8601 instant with its offset`;
  }
  if (from !== undefined && to !== undefined && from > to) return 'must start before it ends';
  return { from, to };
};

/** Whether two intervals share an instant. */
export const intersects = (wanted: TimeInterval, { from, to }: TimeInterval): boolean =>
  (wanted.to === undefined || from === undefined || from <= wanted.to) &&
  (wanted.from === undefined || to === undefined || to >= wanted.from);
