import { instantOf } from '../../shared/city/calendar.ts';
import { HOUR_MS, type LocalHours } from '../../shared/waste/forecast/hours.ts';
import { type Random, randomOf } from '../forecast/random.ts';
import type { SimulatedCity, Source } from './city.ts';

/** What happens whatever the trucks do: the waste of every hour, and what goes wrong with a sensor in it. */
export type Truth = {
  readonly startsAt: number;
  readonly hourCount: number;
  /** By bin: capacities that come in each hour. */
  readonly waste: readonly Float32Array[];
  /** By bin and hour: NaN where nothing is heard, a fraction where a false echo is, Infinity where the sensor tells the level. */
  readonly echo: readonly Float32Array[];
  /** By bin and hour: error of the level told. */
  readonly noise: readonly Float32Array[];
};

const peak = (hour: number, at: number, width: number): number => Math.exp(-(((hour - at) / width) ** 2));

/** A household day with its morning and evening, food after meals; weekends are busier. Sunday is day 0. */
const weightOf = (stream: string, { hour, day }: { readonly hour: number; readonly day: number }): number => {
  const ofHour =
    stream === 'food'
      ? 0.1 + 2 * peak(hour, 8, 1.5) + 2.5 * peak(hour, 13, 1.5) + 3 * peak(hour, 19.5, 2)
      : 0.15 + 1.5 * peak(hour, 10, 3) + 2.2 * peak(hour, 18.5, 3);
  return ofHour * ([1.15, 1.05, 0.9, 0.9, 0.95, 1, 1.2][day] ?? 1);
};

const meanWeights = new Map<string, number>();

const meanWeight = (stream: string): number => {
  const known = meanWeights.get(stream);
  if (known !== undefined) return known;
  const hours = Array.from({ length: 168 }, (_, hour) =>
    weightOf(stream, { hour: hour % 24, day: Math.floor(hour / 24) }),
  );
  const mean = hours.reduce((sum, weight) => sum + weight, 0) / hours.length;
  meanWeights.set(stream, mean);
  return mean;
};

/** So many bags of 2/3 to 4/3 of the mean size (30 to 65 litres are). */
const bagsOf = (random: Random, mean: number, bag: number): number => {
  let sum = 0;
  for (let count = random.poisson(mean / bag); count > 0; count -= 1) sum += bag * (0.64 + 0.72 * random.uniform());
  return sum;
};

const MISSING = 0.03;
const FALSE_ECHO = 0.003;
/** Silences of half a day to two days, each bin twice in three months. */
const FALLS_SILENT = 0.0009;
const NOISE = 0.015;

type OfBin = { readonly waste: Float32Array; readonly echo: Float32Array; readonly noise: Float32Array };

const echoOf = (random: Random, silent: boolean): number => {
  if (silent || random.uniform() < MISSING) return Number.NaN;
  return random.uniform() < FALSE_ECHO ? random.uniform() : Number.POSITIVE_INFINITY;
};

const simulateBin = (
  stream: string,
  { perDay, bag }: Source,
  dayVariation: number,
  random: Random,
  hourCount: number,
  localAt: (hour: number) => { readonly hour: number; readonly day: number },
): OfBin => {
  const of: OfBin = {
    waste: new Float32Array(hourCount),
    echo: new Float32Array(hourCount),
    noise: new Float32Array(hourCount),
  };
  let [busy, silentUntil] = [1, -1];
  for (let hour = 0; hour < hourCount; hour += 1) {
    const local = localAt(hour);
    if (local.hour === 0 && dayVariation > 0) busy = random.gamma(dayVariation ** -2, dayVariation ** 2);
    const mean = ((perDay / 24) * weightOf(stream, local) * busy) / meanWeight(stream);
    of.waste[hour] = bagsOf(random, mean, bag);
    if (random.uniform() < FALLS_SILENT) silentUntil = hour + 12 + 36 * random.uniform();
    of.echo[hour] = echoOf(random, hour < silentUntil);
    of.noise[hour] = NOISE * random.normal();
  }
  return of;
};

/** The same for the same seed, whatever the policy: policies are compared over the same waste. */
export const simulateTruth = (
  { bins, sources, dayVariation, firstDay, city }: SimulatedCity,
  days: number,
  seed: number,
  hours: LocalHours,
): Truth => {
  const startsAt = instantOf(firstDay, '00:00', city.timeZone);
  const hourCount = days * 24;
  const localAt = (hour: number) => hours(startsAt / HOUR_MS + hour);
  const simulated = bins.map(({ stream }, index) => {
    const random = randomOf(seed * 1_000_003 + index * 7_919);
    return simulateBin(stream, sources[index] as Source, dayVariation, random, hourCount, localAt);
  });
  return {
    startsAt,
    hourCount,
    waste: simulated.map(({ waste }) => waste),
    echo: simulated.map(({ echo }) => echo),
    noise: simulated.map(({ noise }) => noise),
  };
};
