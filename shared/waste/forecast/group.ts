import { type Group, rateOf, type Sample } from './rate.ts';

/**
 * Where no bin of the city has shown anything yet: Edinburgh's 334 sensored litter bins in 2016 were found 76.9 % full on
 * average, at a median interval of 40.8 h (City of Edinburgh open data, OGL), with rates between bins some 60 % apart.
 */
const ASSUMED_RATE = 0.769 / 40.8;
export const ASSUMED: Group = {
  rate: ASSUMED_RATE,
  betweenBins: (0.6 * ASSUMED_RATE) ** 2,
  perFill: 0.06,
  perSquare: 0.1,
};

/** The parent's figures count as much as so many bins of the group's own. */
const PARENT_BINS = 4;
const ROUNDS = 4;
/** Bins of a group are never taken to be more alike than within 10 %. */
const LEAST_VARIATION = 0.1;
const FAR = 4;

type Fitted = {
  readonly samples: readonly Sample[];
  readonly rate: number;
  readonly own: number;
  readonly ownTime: number;
};

/** Bins' own rates, each weighted by how much of its deviation from the others is not chance. */
const meanRate = (bins: readonly Fitted[], present: Group, parent: Group): number => {
  let [sum, weights] = [PARENT_BINS * parent.rate, PARENT_BINS];
  for (const { own, ownTime } of bins) {
    const weight = ownTime > 0 ? present.betweenBins / (present.betweenBins + present.rate / ownTime) : 0;
    sum += weight * own;
    weights += weight;
  }
  return sum / weights;
};

/** Method of moments: how far the bins' own rates lie apart, less what chance alone would spread them (Paule & Mandel 1982). */
const betweenBins = (bins: readonly Fitted[], mean: number, present: number, parent: Group): number => {
  const variation = parent.betweenBins / parent.rate ** 2;
  let [sum, weights] = [PARENT_BINS * variation * mean ** 2, PARENT_BINS];
  for (const { own, ownTime } of bins) {
    const chance = ownTime > 0 ? mean / ownTime : Number.POSITIVE_INFINITY;
    const weight = present / (present + chance);
    if (weight === 0) continue;
    sum += weight * ((own - mean) ** 2 - chance);
    weights += weight;
  }
  return Math.max((LEAST_VARIATION * mean) ** 2, sum / weights);
};

/** Sums of one and of three pieces on end: the longer tell days that go together from mere lumps. */
const runs = (samples: readonly Sample[]): readonly Sample[] => {
  const clear = samples.filter(({ atLeast }) => !atLeast);
  const threes = Array.from({ length: Math.floor(clear.length / 3) }, (_, index) => {
    const part = clear.slice(3 * index, 3 * index + 3);
    return {
      averageHours: part.reduce((sum, { averageHours }) => sum + averageHours, 0),
      increment: part.reduce((sum, { increment }) => sum + increment, 0),
      atLeast: false,
      age: Math.min(...part.map(({ age }) => age)),
    };
  });
  return [...clear, ...threes];
};

/**
 * perFill and perSquare by least squares of e²/μ = perFill + perSquare · μ, neither below zero. e² is cut at four standard
 * deviations under the present spread and raised for what the bin's own rate has taken out of it (leverage).
 */
const spreadOf = (bins: readonly Fitted[], present: Group): Pick<Group, 'perFill' | 'perSquare'> => {
  const prior = present.rate / present.betweenBins;
  let [n, x, y, xx, xy] = [0, 0, 0, 0, 0];
  for (const { samples, rate, ownTime } of bins) {
    for (const { averageHours, increment } of runs(samples)) {
      const mean = rate * averageHours;
      const scale = present.perFill + present.perSquare * mean;
      const leverage = Math.min(0.9, averageHours / scale / (prior + ownTime + averageHours / scale));
      const square = Math.min((increment - mean) ** 2, FAR ** 2 * scale * mean) / (1 - leverage) / mean;
      n += 1;
      x += mean;
      y += square;
      xx += mean * mean;
      xy += mean * square;
    }
  }
  if (n === 0) return present;
  const slope = (n * xy - x * y) / (n * xx - x * x);
  const perSquare = Number.isFinite(slope) ? Math.min(Math.max(0, slope), xy / xx) : 0;
  const perFill = Math.max(0, (y - perSquare * x) / n);
  // The parent's spread, brought to this group's rate, weighs as much as PARENT_BINS bins of ten pieces.
  const weight = n / (n + 10 * PARENT_BINS);
  return {
    perFill: Math.max(1e-3 * (y / n), weight * perFill + (1 - weight) * present.perFill),
    perSquare: weight * perSquare + (1 - weight) * present.perSquare,
  };
};

/** What the bins of a group have in common, each given by its samples; groups with few bins lean on the parent. */
export const groupOf = (bins: readonly (readonly Sample[])[], parent: Group): Group => {
  const telling = bins.filter((samples) => samples.length > 0);
  let group = parent;
  for (let round = 0; round < ROUNDS && telling.length > 0; round += 1) {
    const present = group;
    const fitted = telling.map((samples): Fitted => ({ samples, ...rateOf(samples, present) }));
    const rate = meanRate(fitted, present, parent);
    group = { rate, betweenBins: betweenBins(fitted, rate, present.betweenBins, parent), ...spreadOf(fitted, present) };
  }
  return group;
};
