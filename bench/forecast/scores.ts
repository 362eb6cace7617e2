/** A forecast distribution of a level, however it was made. Levels over 1 are the waste that found no room. */
export type Predictor = {
  readonly quantile: (p: number) => number;
  /** P(level ≤ x). */
  readonly cdf: (x: number) => number;
  /** Median time to a level, hours from the origin; `null` where never. */
  readonly hoursTo: (level: number) => number | null;
};

export type Outcome = {
  readonly level: number;
  /** Full: there may have been more. */
  readonly atLeast: boolean;
  /** The level whose time of arrival is known, and that time in hours from the origin. */
  readonly reached?: { readonly level: number; readonly hours: number } | undefined;
};

export type Scores = {
  readonly forecasts: number;
  readonly pinball: number;
  readonly fillError: number;
  readonly timeError: number;
  readonly times: number;
  readonly cover50: number;
  readonly cover80: number;
  readonly cover95: number;
};

const PROBABILITIES = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const;

/** The loss that the true p-quantile makes least (Koenker & Bassett 1978, Econometrica 46, 33). */
export const pinball = (p: number, forecast: number, actual: number): number =>
  actual >= forecast ? p * (actual - forecast) : (1 - p) * (forecast - actual);

/** How much of an outcome lies in the central interval: all or nothing, or of "at least" the part of its probability. */
export const covered = (cdf: number, atLeast: boolean, interval: number): number => {
  const [low, high] = [(1 - interval) / 2, (1 + interval) / 2];
  if (!atLeast || cdf >= 1) return Number(cdf >= low && cdf <= high);
  return Math.max(0, high - Math.max(low, cdf)) / (1 - cdf);
};

/** Nobody who waits longer is waiting for this bin; keeps one quiet bin from being the whole mean. */
const LONGEST_HOURS = 14 * 24;

/** A running account of one method's forecasts against what came. */
export const account = () => {
  const sums = { n: 0, pinball: 0, fill: 0, time: 0, times: 0, c50: 0, c80: 0, c95: 0 };
  return {
    add: ({ quantile, cdf, hoursTo }: Predictor, { level, atLeast, reached }: Outcome): void => {
      const actual = Math.min(1, level);
      sums.n += 1;
      for (const p of PROBABILITIES)
        sums.pinball += pinball(p, Math.min(1, quantile(p)), actual) / PROBABILITIES.length;
      sums.fill += Math.abs(Math.min(1, quantile(0.5)) - actual);
      const at = cdf(atLeast ? actual : level);
      sums.c50 += covered(at, atLeast, 0.5);
      sums.c80 += covered(at, atLeast, 0.8);
      sums.c95 += covered(at, atLeast, 0.95);
      if (reached === undefined) return;
      sums.times += 1;
      sums.time += Math.abs(Math.min(LONGEST_HOURS, hoursTo(reached.level) ?? LONGEST_HOURS) - reached.hours);
    },
    scores: (): Scores => ({
      forecasts: sums.n,
      pinball: sums.pinball / sums.n,
      fillError: sums.fill / sums.n,
      timeError: sums.time / sums.times,
      times: sums.times,
      cover50: sums.c50 / sums.n,
      cover80: sums.c80 / sums.n,
      cover95: sums.c95 / sums.n,
    }),
  };
};
