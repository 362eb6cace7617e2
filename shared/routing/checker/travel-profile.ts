import type { Slot } from './context.ts';

/** Pieces of constant pace that the slots cut the day into: the factor 1 from the beginning of time, then each slot's. */
const paceOf = (slots: readonly Slot[], piece: number): number => slots[piece - 1]?.durationFactor ?? 1;
const startOf = (slots: readonly Slot[], piece: number): number => slots[piece - 1]?.from ?? Number.NEGATIVE_INFINITY;
const endOf = (slots: readonly Slot[], piece: number): number => slots[piece]?.from ?? Number.POSITIVE_INFINITY;

/**
 * When a way of `baseSeconds` that is left at `leavesAt` ends: in each slot its remaining share is driven at that slot's pace
 * (Ichoua, Gendreau and Potvin, EJOR 144 (2003) 379–396, section 3).
 */
export const arrivalOf = (slots: readonly Slot[], leavesAt: number, baseSeconds: number): number => {
  let time = leavesAt;
  let left = baseSeconds;
  for (let piece = 0; piece <= slots.length; piece += 1) {
    const end = endOf(slots, piece);
    if (time >= end) continue;
    const arrives = time + left * paceOf(slots, piece);
    if (arrives <= end) return arrives;
    left -= (end - time) / paceOf(slots, piece);
    time = end;
  }
  return time;
};

/** When a way of `baseSeconds` that ends at `arrivesAt` was left: the same, backwards. */
export const departureOf = (slots: readonly Slot[], arrivesAt: number, baseSeconds: number): number => {
  let time = arrivesAt;
  let left = baseSeconds;
  for (let piece = slots.length; piece >= 0; piece -= 1) {
    const start = startOf(slots, piece);
    if (time <= start) continue;
    const leaves = time - left * paceOf(slots, piece);
    if (leaves >= start) return leaves;
    left -= (time - start) / paceOf(slots, piece);
    time = start;
  }
  return time;
};
