const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Periods that end in `from` < t ≤ `to`, UTC epoch milliseconds. */
export type Window = { readonly from: number; readonly to: number };

/** A city-local calendar day, 00:00 to 24:00, in UTC epoch milliseconds. */
export type Day = { readonly startsAt: number; readonly endsAt: number };

/** The last full hour of the city's clock at or before an instant; the offset in minutes ahead of UTC. */
export const wholeHour = (at: number, utcOffset: number): number => {
  const offset = utcOffset * MINUTE_MS;
  return Math.floor((at + offset) / HOUR_MS) * HOUR_MS - offset;
};

/** Worked on at once, so that a year on demand fits in memory. */
const MAX_WINDOW_MS = 31 * 24 * HOUR_MS;

/** A range cut into windows of at most 31 days, oldest first. */
export const inWindows = ({ from, to }: Window): readonly Window[] => {
  const windows: Window[] = [];
  for (let start = from; start < to; start += MAX_WINDOW_MS) {
    windows.push({ from: start, to: Math.min(to, start + MAX_WINDOW_MS) });
  }
  return windows;
};
