import { HOUR_MS, type LocalHours } from '../../shared/waste/forecast/hours.ts';
import { type Random, randomOf } from './random.ts';

/** A bin whose truth is known: the waste that came, hour by hour, and what its sensor made of the level. */
export type SimulatedBin = {
  readonly id: string;
  readonly stream: string;
  readonly ward: string;
  /** Waste that has come since the start, in capacities, at the end of each hour: the truth, emptyings apart. */
  readonly waste: Float64Array;
  /** The true level at the end of each hour. */
  readonly level: Float64Array;
  /** What the sensor reported at the end of each hour; NaN where nothing came. */
  readonly reported: Float64Array;
};

export const EMPTIED_AT_HOUR = 5;
const STREAMS = ['other', 'recyclable', 'food'] as const;

/** A household day with a morning and an evening peak; recyclables later; food after meals. Week's mean 1 before scaling. */
const weightOf = (stream: string, { hour, day }: { readonly hour: number; readonly day: number }): number => {
  const peak = (at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2));
  const ofHour =
    stream === 'food'
      ? 0.1 + 2 * peak(8, 1.5) + 2.5 * peak(13, 1.5) + 3 * peak(19.5, 2)
      : 0.15 + 1.5 * peak(9, 3) + 2.2 * peak(stream === 'recyclable' ? 20 : 18, 3);
  const ofDay = [1.5, 0.8, 0.8, 0.9, 0.9, 1.1, 1.6, 1.8, 2][day] as number;
  return stream === 'other' ? ofHour * ofDay : ofHour * Math.sqrt(ofDay);
};

/** One hour's waste in capacities: so many bags of exponential size; days are busier or quieter than others. */
const arrivals = (random: Random, mean: number, bag: number): number => {
  const bags = random.poisson(mean / bag);
  return bags === 0 ? 0 : random.gamma(bags, bag);
};

const reportedOf = (random: Random, level: number): number => {
  if (random.uniform() < 0.03) return Number.NaN;
  // A false echo: a bag hung over the rim, condensation.
  if (random.uniform() < 0.005) return random.uniform();
  // Readings come in whole hundredths.
  return Math.round(100 * Math.min(1, Math.max(0, Math.min(1, level) + 0.015 * random.normal()))) / 100;
};

const simulateBin = (
  index: number,
  seed: number,
  start: number,
  hourCount: number,
  hours: LocalHours,
): SimulatedBin => {
  const random = randomOf(seed * 1_000_003 + index * 7_919);
  const stream = STREAMS[index % STREAMS.length] as string;
  const meanWeight =
    Array.from({ length: 168 }, (_, hour) => weightOf(stream, { hour: hour % 24, day: Math.floor(hour / 24) })).reduce(
      (sum, weight) => sum + weight,
      0,
    ) / 168;
  // From 8 % to 80 % of a capacity a day; bags of 1 to 4 %.
  const rate = (0.25 / 24) * Math.exp(0.55 * random.normal());
  const bag = 0.01 + 0.03 * random.uniform();
  const waste = new Float64Array(hourCount);
  const level = new Float64Array(hourCount);
  const reported = new Float64Array(hourCount);
  let [total, inside, ofDay, silentUntil] = [0, random.uniform() * 0.5, 1, -1];
  for (let hour = 0; hour < hourCount; hour += 1) {
    const local = hours(start / HOUR_MS + hour);
    if (local.hour === 0) ofDay = random.gamma(9, 1 / 9);
    if (local.hour === EMPTIED_AT_HOUR && inside > 0.7) inside = 0;
    // A crew or a passer-by pushes the waste down.
    if (inside > 0.4 && random.uniform() < 0.002) inside *= 0.75;
    if (random.uniform() < 0.0007) silentUntil = hour + 10 + 40 * random.uniform();
    const came = arrivals(random, (rate * weightOf(stream, local) * ofDay) / meanWeight, bag);
    total += came;
    inside += came;
    waste[hour] = total;
    level[hour] = inside;
    reported[hour] = hour < silentUntil ? Number.NaN : reportedOf(random, inside);
  }
  return { id: `bin-${String(index).padStart(5, '0')}`, stream, ward: `ward-${index % 4}`, waste, level, reported };
};

/** So many bins over so many hours from `start` (UTC epoch milliseconds, a whole hour); the same for the same seed. */
export const simulateCity = (
  { bins, weeks, seed }: { readonly bins: number; readonly weeks: number; readonly seed: number },
  start: number,
  hours: LocalHours,
): readonly SimulatedBin[] =>
  Array.from({ length: bins }, (_, index) => simulateBin(index, seed, start, weeks * 168, hours));
