import type { QualityFlag } from '../reading.ts';

/** A sensor stuck for `suspectSeconds` is suspect, for `failSeconds` has failed; stuck: its values stay within less than `tolerance`. */
export type FlatLine = { readonly suspectSeconds: number; readonly failSeconds: number; readonly tolerance: number };

/** The same in numbers of observations before the one that is judged. */
export type FlatLineCounts = { readonly suspect: number; readonly fail: number; readonly tolerance: number };

/** With fewer than three values nothing can be said to be flat. */
const MIN_COUNT = 2;

/** The thresholds as counts, for a sensor that reports every so many seconds. */
export const flatLineCounts = (
  { suspectSeconds, failSeconds, tolerance }: FlatLine,
  intervalSeconds: number,
): FlatLineCounts => ({
  suspect: Math.max(Math.trunc(suspectSeconds / intervalSeconds), MIN_COUNT),
  fail: Math.max(Math.trunc(failSeconds / intervalSeconds), MIN_COUNT),
  tolerance,
});

/**
 * What the test remembers of a series: since when its values lie within the tolerance, and of those the ones that can still be the greatest
 * or least (pairs of position and value, positions rising). A few numbers, since values within a tolerance are few.
 */
export type FlatLineState = {
  /** Observations so far, missing ones too. */
  seen: number;
  /** Position of the first of the values that lie together. */
  from: number;
  /** Position of the newest value that was not missing; -1 before. */
  lastValid: number;
  readonly greatest: number[];
  readonly least: number[];
};

export const newFlatLineState = (): FlatLineState => ({ seen: 0, from: 0, lastValid: -1, greatest: [], least: [] });

export const copyFlatLineState = ({ greatest, least, ...numbers }: FlatLineState): FlatLineState => ({
  ...numbers,
  greatest: [...greatest],
  least: [...least],
});

/** Drops pairs before a position. */
const dropBefore = (pairs: number[], position: number): void => {
  let drop = 0;
  while (drop < pairs.length && (pairs[drop] ?? 0) < position) drop += 2;
  if (drop === 0) return;
  pairs.copyWithin(0, drop);
  pairs.length -= drop;
};

/** Adds a pair and drops those that it makes superfluous: before it and, with `sign` 1, not greater, with -1 not less. */
const add = (pairs: number[], position: number, value: number, sign: 1 | -1): void => {
  while (pairs.length > 0 && sign * (pairs[pairs.length - 1] ?? 0) <= sign * value) pairs.length -= 2;
  pairs.push(position, value);
};

/**
 * Flat line: the observation and the `count` before it, missing ones left aside, range over less than the tolerance (not equal): 3 for the
 * suspect count, 4 for the fail count. Fewer than `count` before it pass: 1; so does a value with only missing ones before it. Changes
 * the state, to which observations must come in the order of time; a missing one (`null`) only counts.
 * Source: IOOS QARTOD, "Manual for Real-Time Quality Control of In-situ Temperature and Salinity Data", version 2.0 (2016), test 8; windows as in
 * ioos_qc's `flat_line_test`.
 */
export const advanceFlatLine = (state: FlatLineState, value: number | null, counts: FlatLineCounts): QualityFlag => {
  const position = state.seen;
  state.seen += 1;
  if (value === null) return 9;
  const { greatest, least, lastValid } = state;
  state.lastValid = position;
  const oldest = position - Math.max(counts.fail, counts.suspect);
  dropBefore(greatest, oldest);
  dropBefore(least, oldest);
  add(greatest, position, value, 1);
  add(least, position, value, -1);
  while (greatest.length > 0 && !((greatest[1] ?? 0) - (least[1] ?? 0) < counts.tolerance)) {
    state.from = Math.min(greatest[0] ?? 0, least[0] ?? 0) + 1;
    dropBefore(greatest, state.from);
    dropBefore(least, state.from);
  }
  const since = position - state.from;
  if (since >= counts.fail && lastValid >= position - counts.fail) return 4;
  return since >= counts.suspect && lastValid >= position - counts.suspect ? 3 : 1;
};
