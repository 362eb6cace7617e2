import type { Windows } from './model.ts';

/**
 * When service may start. `starts` are closed spans; of two sets of them both hold, an empty or absent set allows any time.
 */
type Span = readonly [number, number];

const intersection = (some: readonly Span[], others: readonly Span[]): Span[] =>
  some
    .flatMap(([from, to]) => others.map(([start, end]): Span => [Math.max(from, start), Math.min(to, end)]))
    .filter(([from, to]) => from <= to);

/** Sorted, with overlaps joined. */
const tidy = (spans: readonly Span[]): Span[] => {
  const joined: [number, number][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
};

/** No time at all suits: a window that has closed before any day begins. */
const NEVER: readonly Span[] = [[Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]];

/** Spans in which both sets allow a start; `undefined` = any time. */
export const bothOf = (
  own: readonly Span[] | undefined,
  zone: readonly Span[] | undefined,
): readonly Span[] | undefined => {
  const first = own?.length ? own : undefined;
  const second = zone?.length ? zone : undefined;
  if (first === undefined || second === undefined) return tidy(first ?? second ?? []);
  const both = intersection(first, second);
  return both.length === 0 ? NEVER : tidy(both);
};

export const flattenWindows = (windowsOfPlaces: readonly (readonly Span[] | undefined)[]): Windows => {
  const first = new Int32Array(windowsOfPlaces.length + 1);
  const opens: number[] = [];
  const closes: number[] = [];
  windowsOfPlaces.forEach((spans, place) => {
    for (const [from, to] of spans ?? []) {
      opens.push(from);
      closes.push(to);
    }
    first[place + 1] = opens.length;
  });
  return { first, opens: Float64Array.from(opens), closes: Float64Array.from(closes) };
};

/** Index of the first window of a place that has not closed at `time`; −1 when all have, −2 when it has none. */
export const windowAt = (windows: Windows, place: number, time: number): number => {
  const first = windows.first[place] as number;
  const end = windows.first[place + 1] as number;
  if (first === end) return -2;
  for (let window = first; window < end; window += 1) {
    if (time <= (windows.closes[window] as number)) return window;
  }
  return -1;
};

/** Earliest start of service at or after `time`; infinite when no window is left. */
export const earliestStart = (windows: Windows, place: number, time: number): number => {
  const window = windowAt(windows, place, time);
  if (window === -2) return time;
  return window === -1 ? Number.POSITIVE_INFINITY : Math.max(time, windows.opens[window] as number);
};

/** Latest start of service at or before `time`; minus infinity when every window opens later. */
export const latestStart = (windows: Windows, place: number, time: number): number => {
  const first = windows.first[place] as number;
  for (let window = (windows.first[place + 1] as number) - 1; window >= first; window -= 1) {
    if ((windows.opens[window] as number) <= time) return Math.min(time, windows.closes[window] as number);
  }
  return first === windows.first[place + 1] ? time : Number.NEGATIVE_INFINITY;
};
