import type { Windows } from './model.ts';
import type { Matrix } from './places.ts';

/** Ruin looks this far for routes near its seed; recreate looks at the nearer part. */
const MOST_NEIGHBOURS = 200;

/** What a second of waiting, or of coming too late, weighs beside a second at the wheel when closeness is measured. */
const WAITING = 0.2;
const LATENESS = 1;

/** What closeness is measured by, between stops. */
export type Nearness = {
  readonly distance: Matrix;
  readonly duration: Matrix;
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

/** The value that would stand at an index if the values were sorted; leaves them half sorted (Hoare's quickselect). */
const valueAt = (values: Float64Array, index: number): number => {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) < pivot) left += 1;
      while ((values[right] as number) > pivot) right -= 1;
      if (left > right) break;
      const swapped = values[left] as number;
      values[left] = values[right] as number;
      values[right] = swapped;
      left += 1;
      right -= 1;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else break;
  }
  return values[index] as number;
};

/** The nearest other stops of every stop, nearest first, ties by number, and how far they are. */
export const nearestStops = (
  nearness: Nearness,
  by: 'way' | 'way and time',
): { readonly stops: Int32Array; readonly gaps: Float32Array; readonly count: number } => {
  const { stopCount } = nearness;
  const count = Math.max(0, Math.min(stopCount - 1, MOST_NEIGHBOURS));
  const stops = new Int32Array(stopCount * count);
  const gapsOfStops = new Float32Array(stopCount * count);
  // Only those that are near enough are sorted, as a comparison is a call.
  const sorted = new Float64Array(stopCount);
  const gaps = new Float64Array(stopCount);
  const order = new Int32Array(stopCount);
  const pace = meanPace(nearness);
  const timeCounts = by === 'way and time' && nearness.windows.opens.length > 0;
  for (let stop = 0; stop < stopCount; stop += 1) {
    measureFrom(nearness, pace, timeCounts, stop, gaps);
    sorted.set(gaps);
    const furthest = valueAt(sorted, count);
    let found = 0;
    for (let other = 0; other < stopCount; other += 1) {
      if (other === stop || (gaps[other] as number) > furthest) continue;
      order[found] = other;
      found += 1;
    }
    const nearest = order.subarray(0, found);
    nearest.sort((a, b) => (gaps[a] as number) - (gaps[b] as number) || a - b);
    for (let rank = 0; rank < count; rank += 1) {
      stops[stop * count + rank] = nearest[rank] as number;
      gapsOfStops[stop * count + rank] = gaps[nearest[rank] as number] as number;
    }
  }
  return { stops, gaps: gapsOfStops, count };
};
