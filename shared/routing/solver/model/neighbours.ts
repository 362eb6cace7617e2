import type { Windows } from './model.ts';

/** Ruin looks this far for routes near its seed; recreate looks at the nearer part. */
const MOST_NEIGHBOURS = 200;

/** What a second of waiting, or of coming too late, weighs beside a second at the wheel when closeness is measured. */
const WAITING = 0.2;
const LATENESS = 1;

/** What closeness is measured by, between stops. */
export type Nearness = {
  readonly distance: Float64Array;
  readonly duration: Float64Array;
  readonly service: Float64Array;
  readonly windows: Windows;
  readonly stopCount: number;
  readonly placeCount: number;
};

/**
 * How far two stops are from being served one after the other: metres, and the seconds that must be waited between them or by
 * which they must miss each other, in metres at the mean pace (T. Vidal et al., "A hybrid genetic algorithm with adaptive diversity
 * management for a large class of vehicle routing problems with time-windows", Computers & OR 40 (2013) 475–489).
 */
const gapBetween = (
  { distance, duration, service, windows, placeCount }: Nearness,
  metresPerSecond: number,
  from: number,
  to: number,
): number => {
  const way = from * placeCount + to;
  const metres = distance[way] as number;
  const fromFirst = windows.first[from] as number;
  const fromEnd = windows.first[from + 1] as number;
  const toFirst = windows.first[to] as number;
  const toEnd = windows.first[to + 1] as number;
  if (fromFirst === fromEnd || toFirst === toEnd) return metres;
  const gone = (service[from] as number) + (duration[way] as number);
  const waiting = (windows.opens[toFirst] as number) - (windows.closes[fromEnd - 1] as number) - gone;
  const lateness = (windows.opens[fromFirst] as number) + gone - (windows.closes[toEnd - 1] as number);
  return metres + metresPerSecond * (WAITING * Math.max(0, waiting) + LATENESS * Math.max(0, lateness));
};

const meanPace = ({ distance, duration, stopCount, placeCount }: Nearness): number => {
  let metres = 0;
  let seconds = 0;
  for (let stop = 1; stop < stopCount; stop += 1) {
    metres += distance[(stop - 1) * placeCount + stop] as number;
    seconds += duration[(stop - 1) * placeCount + stop] as number;
  }
  return seconds > 0 ? metres / seconds : 0;
};

/** Writes how far each stop is from one: there and back where the clock does not matter, the better order where it does. */
const measureFrom = (nearness: Nearness, pace: number, timeCounts: boolean, stop: number, gaps: Float64Array): void => {
  const { distance, stopCount, placeCount } = nearness;
  for (let other = 0; other < stopCount; other += 1) {
    gaps[other] = timeCounts
      ? Math.min(gapBetween(nearness, pace, stop, other), gapBetween(nearness, pace, other, stop))
      : (distance[stop * placeCount + other] as number) + (distance[other * placeCount + stop] as number);
  }
  gaps[stop] = -1;
};

/** The nearest other stops of every stop, nearest first; ties by number. */
export const nearestStops = (
  nearness: Nearness,
  by: 'way' | 'way and time',
): { readonly stops: Int32Array; readonly count: number } => {
  const { stopCount } = nearness;
  const count = Math.max(0, Math.min(stopCount - 1, MOST_NEIGHBOURS));
  const stops = new Int32Array(stopCount * count);
  // Typed arrays sort floats natively, with a comparison function ten times slower: it sorts the few that matter.
  const sorted = new Float64Array(stopCount);
  const gaps = new Float64Array(stopCount);
  const order = new Int32Array(stopCount);
  const pace = meanPace(nearness);
  const timeCounts = by === 'way and time' && nearness.windows.opens.length > 0;
  for (let stop = 0; stop < stopCount; stop += 1) {
    measureFrom(nearness, pace, timeCounts, stop, gaps);
    sorted.set(gaps);
    sorted.sort();
    const furthest = sorted[count] as number;
    let found = 0;
    for (let other = 0; other < stopCount; other += 1) {
      if (other === stop || (gaps[other] as number) > furthest) continue;
      order[found] = other;
      found += 1;
    }
    const nearest = order.subarray(0, found);
    nearest.sort((a, b) => (gaps[a] as number) - (gaps[b] as number) || a - b);
    stops.set(nearest.subarray(0, count), stop * count);
  }
  return { stops, count };
};
