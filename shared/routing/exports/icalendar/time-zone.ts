import { utcOffsetMinutes } from '../../../city/calendar.ts';

const DAY_MS = 86_400_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** RFC 5545, 3.3.14: `+0700`. */
const offsetText = (minutes: number): string =>
  `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;

/** RFC 5545, 3.3.5: `20261122T203000`, an instant on a clock so many minutes ahead of UTC. */
const clockText = (at: number, offsetMinutes: number): string =>
  new Date(at + offsetMinutes * 60_000).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');

/** An instant by the zone's own clock, for a property with `TZID`. */
export const localText = (at: number, timeZone: string): string => clockText(at, utcOffsetMinutes(timeZone, at));

/** An instant in UTC: `20261122T133000Z`. */
export const utcText = (at: number): string => `${clockText(at, 0)}Z`;

/** The first whole second after a change of the offset that lies between two instants. */
const changeBetween = (before: number, after: number, timeZone: string): number => {
  const offset = utcOffsetMinutes(timeZone, before);
  let [low, high] = [before, after];
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2_000) * 1_000;
    if (utcOffsetMinutes(timeZone, middle) === offset) low = middle;
    else high = middle;
  }
  return high;
};

const observance = (kind: 'STANDARD' | 'DAYLIGHT', at: number, from: number, to: number): readonly string[] => [
  `BEGIN:${kind}`,
  // The onset by the clock as it was before (3.6.5).
  `DTSTART:${clockText(at, from)}`,
  `TZOFFSETFROM:${offsetText(from)}`,
  `TZOFFSETTO:${offsetText(to)}`,
  `END:${kind}`,
];

/**
 * VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone, good for a span of instants: the offset at its beginning, and each change within it. Rules for
 * other times are left out, for nothing in the calendar needs them.
 */
export const timeZoneLines = (timeZone: string, from: number, to: number): readonly string[] => {
  const start = Math.floor(from / DAY_MS) * DAY_MS - DAY_MS;
  let before = utcOffsetMinutes(timeZone, start);
  const lines = ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observance('STANDARD', start, before, before)];
  for (let at = start; at < to + DAY_MS; at += DAY_MS) {
    const after = utcOffsetMinutes(timeZone, at + DAY_MS);
    if (after === before) continue;
    const change = changeBetween(at, at + DAY_MS, timeZone);
    lines.push(...observance(after > before ? 'DAYLIGHT' : 'STANDARD', change, before, after));
    before = after;
  }
  return [...lines, 'END:VTIMEZONE'];
};
