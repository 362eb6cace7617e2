/**
 * Conformal calibration: past forecasts' probability integral transforms (the probability a forecast gave to what then came, or
 * less) are counted, and stated probabilities corrected by their distribution, so that what is called 80 % comes true in 80 %
 * (distributional conformal prediction: Chernozhukov, Wüthrich & Zhu 2021, PNAS 118, e2107794118). Plain JSON, one a group.
 */
export type Calibration = { readonly counts: readonly number[] };

const BINS = 40;
/** Belief in the forecast as it stands, in outcomes; keeps the correction strictly increasing. */
const PRIOR_PER_BIN = 1;
/** Older outcomes fade once there are so many. */
const MOST = 4_000;

export const UNCALIBRATED: Calibration = { counts: new Array(BINS).fill(0) };

/**
 * One outcome more. `from` and `to` enclose the transform: equal where the outcome is known, `to` = 1 where it was "at least".
 * @throws RangeError unless 0 ≤ from ≤ to ≤ 1.
 */
export const learnt = ({ counts }: Calibration, from: number, to = from): Calibration => {
  if (!(from >= 0 && from <= to && to <= 1)) throw new RangeError(`Not a probability: ${from} … ${to}`);
  const fade = counts.reduce((sum, count) => sum + count, 0) >= MOST ? 0.5 : 1;
  const only = Math.min(BINS - 1, Math.floor(from * BINS));
  return {
    counts: counts.map((count, index) => {
      const overlap = Math.max(0, Math.min(to, (index + 1) / BINS) - Math.max(from, index / BINS));
      return fade * count + (to > from ? overlap / (to - from) : Number(index === only));
    }),
  };
};

const cumulative = ({ counts }: Calibration): readonly number[] => {
  const total = counts.reduce((sum, count) => sum + count + PRIOR_PER_BIN, 0);
  const edges = [0];
  for (const count of counts) edges.push((edges.at(-1) as number) + (count + PRIOR_PER_BIN) / total);
  return edges;
};

/** A correction, with its inverse; both increase strictly from 0 to 1. */
export type Correction = {
  /** What probability a stated one has turned out to be. */
  readonly actual: (stated: number) => number;
  /** What has to be stated for a wanted probability. */
  readonly stated: (wanted: number) => number;
};

export const AS_STATED: Correction = { actual: (stated) => stated, stated: (wanted) => wanted };

export const correctionOf = (calibration: Calibration): Correction => {
  const edges = cumulative(calibration);
  const actual = (stated: number): number => {
    const position = Math.min(1, Math.max(0, stated)) * BINS;
    const index = Math.min(BINS - 1, Math.floor(position));
    const [low, high] = [edges[index] as number, edges[index + 1] as number];
    return low + (high - low) * (position - index);
  };
  const stated = (wanted: number): number => {
    let index = 0;
    while (index < BINS - 1 && (edges[index + 1] as number) < wanted) index += 1;
    const [low, high] = [edges[index] as number, edges[index + 1] as number];
    return Math.min(1, Math.max(0, (index + (wanted - low) / (high - low)) / BINS));
  };
  return { actual, stated };
};
