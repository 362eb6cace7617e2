import type { Exposure } from './exposure.ts';
import { gammaCdf } from './gamma.ts';
import type { Piece } from './piece.ts';

/**
 * How the increment over an exposure of E average hours is distributed: mean μ = rate · E, variance perFill · μ + perSquare · μ².
 * The first part is of waste that comes in lumps (a compound Poisson process), the second of days that are busier or quieter
 * than others: the variance function of the negative binomial, in a continuous gamma variable.
 */
export type Spread = { readonly perFill: number; readonly perSquare: number };

/** What bins of a group have in common: mean rate, variance of the rate between bins, spread. Fractions per average hour. */
export type Group = Spread & { readonly rate: number; readonly betweenBins: number };

/** A bin's rate with its uncertainty, and its spread. `pieces` counts what it rests on. */
export type BinModel = Spread & { readonly rate: number; readonly variance: number; readonly pieces: number };

/** The distribution function of the increment over so many average hours. */
export const incrementCdf = (
  { rate, variance, perFill, perSquare }: Omit<BinModel, 'pieces'>,
  averageHours: number,
  increment: number,
): number => {
  const mean = rate * Math.max(0, averageHours);
  if (mean <= 0) return increment >= 0 ? 1 : 0;
  // Not knowing the rate spreads like a busy or quiet day does: with the square of the mean.
  const scale = perFill + (perSquare + variance / rate ** 2) * mean;
  return gammaCdf(mean / scale, scale, increment);
};

/** Beyond so many standard deviations a piece counts less, by Huber's weight (Huber 1964, Ann. Math. Stat. 35, 73). */
const FAR = 4;
const ROUNDS = 4;
const HALF_LIFE_MS = 56 * 24 * 3_600_000;
/** Pieces' worth of belief in the group's spread. */
const SPREAD_PRIOR = 10;

export type Sample = {
  readonly averageHours: number;
  readonly increment: number;
  readonly atLeast: boolean;
  readonly age: number;
};

/** Pieces as exposures and increments, with their weight by age (half of it every eight weeks before `at`). */
export const samplesOf = (pieces: readonly Piece[], exposure: Exposure, at: number): readonly Sample[] =>
  pieces.flatMap(({ from, to, increment, atLeast }) => {
    const averageHours = exposure.at(to) - exposure.at(from);
    return averageHours > 0
      ? [{ averageHours, increment, atLeast, age: 2 ** (-Math.max(0, at - to) / HALF_LIFE_MS) }]
      : [];
  });

/** E[X | X ≥ x] of a gamma variable: what probably came in all where only "at least x" was seen. */
const expectedBeyond = (shape: number, scale: number, x: number): number => {
  const beyond = 1 - gammaCdf(shape, scale, x);
  if (beyond < 1e-6) return x;
  return Math.max(x, (shape * scale * (1 - gammaCdf(shape + 1, scale, x))) / beyond);
};

/** One sample under a present rate: the increment it stands for and how much it counts. */
const readAs = (sample: Sample, rate: number, { perFill, perSquare }: Spread) => {
  const mean = rate * sample.averageHours;
  const scale = perFill + perSquare * mean;
  const increment = sample.atLeast ? expectedBeyond(mean / scale, scale, sample.increment) : sample.increment;
  const distance = (increment - mean) / Math.sqrt(scale * mean);
  const weight = (sample.age * Math.min(1, FAR / Math.max(FAR, Math.abs(distance)))) / scale;
  return { mean, scale, increment, distance, weight };
};

/** Robust quasi-likelihood sums at a rate: filling and time, each over the variance's scale. */
const sumsAt = (samples: readonly Sample[], rate: number, spread: Spread): { fill: number; time: number } => {
  let [fill, time] = [0, 0];
  for (const sample of samples) {
    const { increment, weight } = readAs(sample, rate, spread);
    fill += weight * increment;
    time += weight * sample.averageHours;
  }
  return { fill: Math.max(0, fill), time };
};

/**
 * A bin's rate, shrunk towards its group's: the mean and variance after gamma prior (mean m, variance τ²) and quasi-Poisson
 * data, (A·m + ΣwD) / (A + ΣwE) with A = m/τ² and w = Huber's weight over the variance's scale (empirical Bayes: Efron & Morris
 * 1973, JASA 68, 117; Clayton & Kaldor 1987, Biometrics 43, 671). Without data the group's own.
 */
export const rateOf = (
  samples: readonly Sample[],
  group: Group,
): BinModel & { readonly own: number; readonly ownTime: number } => {
  const prior = group.rate / group.betweenBins;
  let rate = group.rate;
  let sums = { fill: 0, time: 0 };
  for (let round = 0; round < ROUNDS && samples.length > 0; round += 1) {
    sums = sumsAt(samples, rate, group);
    rate = (prior * group.rate + sums.fill) / (prior + sums.time);
  }
  let [squares, count] = [0, 0];
  for (const sample of samples) {
    const { distance } = readAs(sample, rate, group);
    squares += sample.age * Math.min(FAR, Math.abs(distance)) ** 2;
    count += sample.age;
  }
  const wider = (SPREAD_PRIOR + squares) / (SPREAD_PRIOR + count);
  return {
    rate,
    variance: rate / (prior + sums.time),
    perFill: group.perFill * wider,
    perSquare: group.perSquare * wider,
    pieces: samples.length,
    own: sums.time > 0 ? sums.fill / sums.time : group.rate,
    ownTime: sums.time,
  };
};
