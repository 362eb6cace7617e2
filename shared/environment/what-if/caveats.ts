/** What makes a series doubtful although every value of it may pass its tests one by one. Pure; nothing is taken out here. */

const HOUR_MS = 3_600_000;

export type Extreme = { readonly value: number; readonly at: number };

export type SeriesCaveats = {
  /** Cells with a value, and rows without one. */
  readonly values: number;
  readonly missing: number;
  /** Exactly zero: no instrument measures that hour after hour; counted as measured all the same. */
  readonly zeros: number;
  readonly negatives: number;
  readonly least?: Extreme;
  readonly greatest?: Extreme;
  readonly median?: number;
  readonly percentile99?: number;
  /** The greatest value is more than `IMPLAUSIBLE_RATIO` times the 99th percentile. */
  readonly isGreatestImplausible: boolean;
  /** Runs of at least `STUCK_HOURS` hours of one and the same value, and the longest of them. */
  readonly stuckRuns: number;
  readonly stuckValues: number;
  readonly longestStuck?: Extreme & { readonly hours: number };
  /** Holes of more than two intervals between values, and the longest, which ends at `at`. */
  readonly gaps: number;
  readonly longestGap?: { readonly hours: number; readonly at: number };
};

/** Our own measure: a maximum so far above all else is worth a look before it is printed anywhere. */
const IMPLAUSIBLE_RATIO = 4;

/** Air and water do not hold one value to the last digit for longer; an instrument, or whoever fills its holes, does. */
const STUCK_HOURS = 6;

/** The value below which lies a share of sorted values (nearest rank). */
const percentileOf = (sorted: Float64Array, share: number): number | undefined =>
  sorted.length === 0 ? undefined : sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];

const isPresent = (value: number): boolean => !Number.isNaN(value);

const extremesOf = (measuredAt: Float64Array, values: Float64Array) => {
  let least: Extreme | undefined;
  let greatest: Extreme | undefined;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (Number.isNaN(value)) continue;
    const at = measuredAt[row] as number;
    if (least === undefined || value < least.value) least = { value, at };
    if (greatest === undefined || value > greatest.value) greatest = { value, at };
  }
  return { ...(least && { least }), ...(greatest && { greatest }) };
};

/** Runs of equal values, and holes between values. */
const runsOf = (measuredAt: Float64Array, values: Float64Array, intervalMs: number) => {
  const runs = { stuckRuns: 0, stuckValues: 0, gaps: 0 };
  let longestStuck: SeriesCaveats['longestStuck'];
  let longestGap: SeriesCaveats['longestGap'];
  let first = -1;
  let last = -1;
  let length = 0;
  const endRun = (): void => {
    if (last < 0) return;
    const at = measuredAt[last] as number;
    const hours = (at - (measuredAt[first] as number) + intervalMs) / HOUR_MS;
    if (length < 3 || hours < STUCK_HOURS) return;
    runs.stuckRuns += 1;
    runs.stuckValues += length;
    if (hours > (longestStuck?.hours ?? 0)) longestStuck = { value: values[last] as number, at, hours };
  };
  for (let row = 0; row < values.length; row += 1) {
    if (!isPresent(values[row] as number)) continue;
    const at = measuredAt[row] as number;
    const before = last < 0 ? at : (measuredAt[last] as number);
    const isGap = at - before > 2 * intervalMs;
    if (isGap) {
      runs.gaps += 1;
      const hours = (at - before) / HOUR_MS;
      if (hours > (longestGap?.hours ?? 0)) longestGap = { hours, at };
    }
    if (last < 0 || isGap || values[row] !== values[last]) {
      endRun();
      first = row;
      length = 0;
    }
    last = row;
    length += 1;
  }
  endRun();
  return { ...runs, ...(longestStuck && { longestStuck }), ...(longestGap && { longestGap }) };
};

const count = (values: Float64Array, holds: (value: number) => boolean): number => {
  let found = 0;
  for (const value of values) if (holds(value)) found += 1;
  return found;
};

/** Looks at one series of a station as the file has it, before anything was left out. Instants in UTC epoch milliseconds, rising. */
export const caveatsOf = (measuredAt: Float64Array, values: Float64Array, intervalSeconds: number): SeriesCaveats => {
  const sorted = values.filter(isPresent).sort();
  const median = percentileOf(sorted, 0.5);
  const percentile99 = percentileOf(sorted, 0.99);
  const extremes = extremesOf(measuredAt, values);
  return {
    values: sorted.length,
    missing: values.length - sorted.length,
    zeros: count(values, (value) => value === 0),
    negatives: count(values, (value) => value < 0),
    ...extremes,
    ...(median !== undefined && { median }),
    ...(percentile99 !== undefined && { percentile99 }),
    isGreatestImplausible:
      extremes.greatest !== undefined &&
      percentile99 !== undefined &&
      percentile99 > 0 &&
      extremes.greatest.value > IMPLAUSIBLE_RATIO * percentile99,
    ...runsOf(measuredAt, values, intervalSeconds * 1_000),
  };
};

/** Rows in which a part is greater than the whole that holds it: PM2.5 above TSP. NaN on either side is no row. */
export const partAboveWhole = (part: Float64Array, whole: Float64Array): number => {
  let found = 0;
  for (let row = 0; row < part.length; row += 1) if ((part[row] as number) > (whole[row] as number)) found += 1;
  return found;
};

/** The most usual time between rows, in seconds; 3,600 when there are fewer than two rows. */
export const usualInterval = (measuredAt: Float64Array): number => {
  const counts = new Map<number, number>();
  for (let row = 1; row < measuredAt.length; row += 1) {
    const seconds = Math.round(((measuredAt[row] as number) - (measuredAt[row - 1] as number)) / 1_000);
    if (seconds > 0) counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
  }
  let usual = 3_600;
  let most = 0;
  for (const [seconds, times] of counts) {
    if (times <= most) continue;
    usual = seconds;
    most = times;
  }
  return usual;
};

const DAY_SECONDS = 86_400;

/** Rows at least a day apart are taken for samples, brought to a laboratory: nobody samples more often, and sensors report more often. */
export const isSampled = (measuredAt: Float64Array): boolean =>
  measuredAt.length < 2 || usualInterval(measuredAt) >= DAY_SECONDS;
