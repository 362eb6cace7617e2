import type { Quality, QualityFlag } from '../reading.ts';
import { isWorse, qualityOf, type TestName } from './flags.ts';
import { advanceFlatLine, copyFlatLineState, type FlatLineState, newFlatLineState } from './flat-line.ts';
import { grossRange } from './gross-range.ts';
import { rateOfChange } from './rate-of-change.ts';
import { spike } from './spike.ts';
import type { SeriesThresholds } from './thresholds.ts';
import { timeGap } from './time-gap.ts';

/** What the tests remember of one series, a small JSON object: its newest observation and what those before it still decide. */
export type SeriesState = {
  /** When the newest was measured, UTC epoch milliseconds. */
  at: number;
  value: number | null;
  /** The value before it; absent at the start of the series. */
  before?: number | null | undefined;
  /** What the newest was found to be, so far: its spike test waits for the next. */
  quality: Quality;
  flat?: FlatLineState | undefined;
};

export const copySeriesState = (state: SeriesState): SeriesState => ({
  at: state.at,
  value: state.value,
  before: state.before,
  quality: state.quality,
  flat: state.flat && copyFlatLineState(state.flat),
});

/** The tests that need nothing but the value. */
export const assessAlone = (value: number, thresholds: SeriesThresholds): Quality =>
  qualityOf(grossRange(value, thresholds), 'gross-range');

/** What the spike test makes of the newest observation, now that the value after it (`null`: missing) is known. */
export const assessNewestForSpike = (
  state: SeriesState,
  after: number | null,
  thresholds: SeriesThresholds,
): QualityFlag =>
  state.value === null || thresholds.spike === undefined
    ? 2
    : spike(state.before, state.value, after, thresholds.spike);

/** What the tests that look back say of a value at an instant after all others of its series. Does not change the state but for `flat`. */
const assessValue = (
  state: SeriesState | undefined,
  at: number,
  value: number,
  flat: FlatLineState | undefined,
  thresholds: SeriesThresholds,
): Quality => {
  const { rateOfChange: rate, flatLine, gapSeconds } = thresholds;
  let flag = grossRange(value, thresholds);
  let test: TestName = 'gross-range';
  const usable = Number.isFinite(value) ? value : null;
  const seconds = state === undefined ? undefined : (at - state.at) / 1_000;
  if (rate !== undefined && usable !== null && state !== undefined && seconds !== undefined) {
    const found = rateOfChange(state.value, usable, seconds, rate);
    if (isWorse(found, flag)) {
      flag = found;
      test = 'rate-of-change';
    }
  }
  if (flatLine !== undefined && flat !== undefined) {
    const found = advanceFlatLine(flat, usable, flatLine);
    if (isWorse(found, flag)) {
      flag = found;
      test = 'flat-line';
    }
  }
  if (gapSeconds !== undefined) {
    const found = timeGap(seconds, gapSeconds);
    if (isWorse(found, flag)) {
      flag = found;
      test = 'time-gap';
    }
  }
  return qualityOf(flag, test);
};

/**
 * Takes an observation that is newer than all before it into the series and says what it is, as far as can be said before the next one.
 * Changes the state in place and returns it; a new one at the start of a series. A value that is not finite fails, and counts
 * as missing for its neighbours.
 */
export const advanceSeries = (
  state: SeriesState | undefined,
  at: number,
  value: number | null,
  missing: string | undefined,
  thresholds: SeriesThresholds,
): SeriesState => {
  const flat = thresholds.flatLine === undefined ? undefined : (state?.flat ?? newFlatLineState());
  let quality: Quality;
  if (value === null) {
    quality = { flag: 9, test: missing ?? 'missing' };
    if (flat !== undefined && thresholds.flatLine !== undefined) advanceFlatLine(flat, null, thresholds.flatLine);
  } else {
    quality = assessValue(state, at, value, flat, thresholds);
  }
  const usable = value !== null && Number.isFinite(value) ? value : null;
  if (state === undefined) return { at, value: usable, before: undefined, quality, flat };
  state.before = state.value;
  state.at = at;
  state.value = usable;
  state.quality = quality;
  state.flat = flat;
  return state;
};
