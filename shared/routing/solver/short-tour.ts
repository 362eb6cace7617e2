import type { Model } from './model/model.ts';

/**
 * A short closed tour through all stops, there and back counted: 2-opt and Or-opt among near stops, looking only where something
 * has changed (J. J. Bentley, "Fast Algorithms for Geometric Traveling Salesman Problems", ORSA Journal on Computing 4 (1992)
 * 387–411). It begins with the order in which stops are numbered, which always goes on to the nearest.
 */
const NEAR = 10;
const LONGEST_SEGMENT = 3;
/** A gain below this is a rounding error. */
const LEAST_GAIN = 1e-6;
/** Improvements a stop in the mean, at most: a bound for matrices that no road network has. */
const MOST_MOVES = 20;

type Tour = {
  readonly model: Model;
  readonly near: number;
  readonly order: Int32Array;
  /** Index of a stop in the order. */
  readonly at: Int32Array;
  readonly size: number;
};

const way = ({ model }: Tour, a: number, b: number): number =>
  (model.weightOut[a * model.placeCount + b] as number) + (model.weightOut[b * model.placeCount + a] as number);

const wrap = (index: number, size: number): number => ((index % size) + size) % size;

const stopAt = ({ order, size }: Tour, index: number): number => order[wrap(index, size)] as number;

const put = ({ order, at, size }: Tour, index: number, stop: number): void => {
  const place = wrap(index, size);
  order[place] = stop;
  at[stop] = place;
};

/** Turns round the part from one index on to another, or all the rest if that is shorter: the same closed tour. */
const reverse = (tour: Tour, from: number, to: number): void => {
  const inside = wrap(to - from, tour.size) + 1;
  const isShort = 2 * inside <= tour.size;
  let low = isShort ? from : to + 1;
  let high = isShort ? to : from - 1;
  for (let swaps = (isShort ? inside : tour.size - inside) >> 1; swaps > 0; swaps -= 1) {
    const stop = stopAt(tour, low);
    put(tour, low, stopAt(tour, high));
    put(tour, high, stop);
    low += 1;
    high -= 1;
  }
};

/** Joins the stop with a near one by turning round the part between them; answers whether that was shorter. */
const tryTwoOpt = (tour: Tour, stop: number): boolean => {
  const { model, at, near } = tour;
  const here = at[stop] as number;
  for (let direction = -1; direction <= 1; direction += 2) {
    const beside = stopAt(tour, here + direction);
    const own = way(tour, stop, beside);
    for (let index = 0; index < near; index += 1) {
      const other = model.neighbours[stop * model.neighbourCount + index] as number;
      const link = way(tour, stop, other);
      if (link >= own) break;
      const there = at[other] as number;
      const besideOther = stopAt(tour, there + direction);
      const gain = own + way(tour, other, besideOther) - link - way(tour, beside, besideOther);
      if (gain <= LEAST_GAIN) continue;
      if (direction > 0) reverse(tour, here + 1, there);
      else reverse(tour, there, here - 1);
      return true;
    }
  }
  return false;
};

/** Moves `length` stops, from index `first` on, into the gap behind another stop, turned round if so. */
const moveSegment = (tour: Tour, first: number, length: number, gap: number, isTurned: boolean): void => {
  const segment = Array.from({ length }, (_, index) => stopAt(tour, first + index));
  if (isTurned) segment.reverse();
  const ahead = wrap((tour.at[gap] as number) - (first + length - 1), tour.size);
  const behind = tour.size - length - ahead;
  let start = first;
  if (ahead <= behind) {
    for (let step = 0; step < ahead; step += 1) put(tour, first + step, stopAt(tour, first + length + step));
    start += ahead;
  } else {
    for (let step = 1; step <= behind; step += 1) put(tour, first + length - step, stopAt(tour, first - step));
    start -= behind;
  }
  segment.forEach((stop, index) => {
    put(tour, start + index, stop);
  });
};

/** Moves a segment that has the stop at one end between a near stop and the one beside that. */
const tryOrOpt = (tour: Tour, stop: number, length: number, direction: number): boolean => {
  const { model, at, size, near } = tour;
  const here = at[stop] as number;
  const far = stopAt(tour, here + direction * (length - 1));
  const before = stopAt(tour, here - direction);
  const behind = stopAt(tour, here + direction * length);
  const freed = way(tour, before, stop) + way(tour, far, behind) - way(tour, before, behind);
  const first = direction > 0 ? here : here - length + 1;
  const isInside = (other: number): boolean => wrap((at[other] as number) - first, size) < length;
  for (let index = 0; index < near; index += 1) {
    const other = model.neighbours[stop * model.neighbourCount + index] as number;
    const link = way(tour, stop, other);
    if (link >= freed) break;
    if (isInside(other)) continue;
    for (let side = -1; side <= 1; side += 2) {
      const beside = stopAt(tour, (at[other] as number) + side);
      if (isInside(beside)) continue;
      const gain = freed - link - way(tour, far, beside) + way(tour, other, beside);
      if (gain <= LEAST_GAIN) continue;
      // The stop comes next to `other`: first in the segment if `other` is what the segment is put behind.
      moveSegment(tour, first, length, side > 0 ? other : beside, direction > 0 !== side > 0);
      return true;
    }
  }
  return false;
};

const improveAt = (tour: Tour, stop: number): boolean => {
  if (tryTwoOpt(tour, stop)) return true;
  for (let length = 1; length <= LONGEST_SEGMENT; length += 1) {
    if (tryOrOpt(tour, stop, length, 1) || tryOrOpt(tour, stop, length, -1)) return true;
  }
  return false;
};

/** All stops in the order of the tour. */
export const shortTour = (model: Model): Int32Array => {
  const size = model.stopCount;
  const order = Int32Array.from({ length: size }, (_, stop) => stop);
  if (size < LONGEST_SEGMENT + 3) return order;
  const tour: Tour = { model, near: Math.min(NEAR, model.neighbourCount), order, at: order.slice(), size };
  const queue = order.slice();
  const isQueued = new Uint8Array(size).fill(1);
  let waiting = size;
  let moves = 0;
  for (let head = 0; waiting > 0 && moves < MOST_MOVES * size; head += 1) {
    const stop = queue[head % size] as number;
    waiting -= 1;
    isQueued[stop] = 0;
    const at = tour.at[stop] as number;
    const ends = [stop, stopAt(tour, at - 1), stopAt(tour, at + 1)];
    if (!improveAt(tour, stop)) continue;
    moves += 1;
    for (const end of ends) {
      const then = tour.at[end] as number;
      for (let offset = -1; offset <= 1; offset += 1) {
        const changed = stopAt(tour, then + offset);
        if (isQueued[changed] === 1) continue;
        isQueued[changed] = 1;
        queue[(head + 1 + waiting) % size] = changed;
        waiting += 1;
      }
    }
  }
  return order;
};
