import type { Container } from '../../shared/city/entities.ts';
import type { Rhythm } from '../demo-city/places.ts';
import { gaussian, uniform } from '../demo-city/seeded.ts';
import { bell, DAY_MS, HOUR_MS, hourOfDay, isMarketDay, isWeekend, localDay, startOfDay } from './rhythm.ts';

/** Everything that decides how one simulated bin fills. */
export type BinModel = {
  readonly seed: number;
  readonly container: Container;
  readonly rhythm: Rhythm;
  /** The crew comes every so many days, … */
  readonly visitEveryDays: number;
  /** … on days whose number leaves this remainder, … */
  readonly visitPhase: number;
  /** … this long after midnight. */
  readonly visitAfterMs: number;
  /** Mean fill fraction gained in a day. */
  readonly fillPerDay: number;
};

/** How often a bin is worth a visit: a few every third day, some once a week, so that a third of them is due in a night. */
const visitIntervals = [3, 4, 4, 4, 4, 5, 5, 5, 6, 7] as const;

/** The model of a bin, decided by its seed. */
export const binModel = (seed: number, container: Container, rhythm: Rhythm): BinModel => {
  const visitEveryDays = visitIntervals[Math.floor(uniform(seed, 1) * visitIntervals.length)] ?? 5;
  // The crew's schedule was made for this bin: it comes when the bin is about four fifths full, give or take.
  const expectedAtVisit = 0.74 + 0.22 * uniform(seed, 2);
  return {
    seed,
    container,
    rhythm,
    visitEveryDays,
    visitPhase: Math.floor(uniform(seed, 3) * visitEveryDays),
    visitAfterMs: Math.round((21 + 6.5 * uniform(seed, 4)) * 60) * 60_000,
    fillPerDay: expectedAtVisit / visitEveryDays,
  };
};

const hourWeight: Record<Rhythm, (hour: number) => number> = {
  market: (hour) => 0.1 + 2.2 * bell(hour, 8, 2) + 1.1 * bell(hour, 17, 2),
  residential: (hour) => 0.15 + 1.1 * bell(hour, 6.5, 1.5) + 1.8 * bell(hour, 19, 2),
  commercial: (hour) => 0.2 + 0.9 * bell(hour, 11.5, 2.5) + 1.4 * bell(hour, 20, 2.5),
};

const dayWeight = (rhythm: Rhythm, day: number): number => {
  const lunar = isMarketDay(day) ? (rhythm === 'market' ? 1.5 : 1.15) : 1;
  const weekend = isWeekend(day) ? { market: 1.25, residential: 1.2, commercial: 0.8 }[rhythm] : 1;
  return lunar * weekend;
};

/** Mean of the hour weights of a day, so that `fillPerDay` is what a plain day brings. */
const meanHourWeight = (rhythm: Rhythm): number => {
  let sum = 0;
  for (let hour = 0; hour < 24; hour += 1) sum += hourWeight[rhythm](hour + 0.5);
  return sum / 24;
};

const meanWeights: Record<Rhythm, number> = {
  market: meanHourWeight('market'),
  residential: meanHourWeight('residential'),
  commercial: meanHourWeight('commercial'),
};

/** Fill fraction gained in the whole hour that starts at `hourStart`. */
const gainedInHour = (model: BinModel, hourStart: number): number => {
  const middle = hourStart + HOUR_MS / 2;
  const share = hourWeight[model.rhythm](hourOfDay(middle)) / meanWeights[model.rhythm] / 24;
  const luck = Math.exp(0.5 * gaussian(model.seed, 10, hourStart / HOUR_MS) - 0.125);
  return model.fillPerDay * dayWeight(model.rhythm, localDay(middle)) * share * luck;
};

/** Once in a dozen visits a parked car blocks the bin and the crew comes the night after. */
const visitAt = (model: BinModel, visit: number): number => {
  const delayDays = uniform(model.seed, 20, visit) < 0.08 ? 1 : 0;
  return startOfDay(visit * model.visitEveryDays + model.visitPhase + delayDays) + model.visitAfterMs;
};

/** When the simulated crew emptied the bin last, at or before `time` (epoch ms). */
export const lastEmptyingAt = (model: BinModel, time: number): number => {
  let visit = Math.floor((localDay(time) - model.visitPhase) / model.visitEveryDays);
  while (visitAt(model, visit) > time) visit -= 1;
  return visitAt(model, visit);
};

/** How full the bin truly is, 0 to 1, at `time` (epoch ms): what fell in since the crew left, and the little it left behind. */
export const fillAt = (model: BinModel, time: number): number => {
  const emptiedAt = lastEmptyingAt(model, time);
  let fill = 0.03 * uniform(model.seed, 30, emptiedAt);
  for (let hour = Math.floor(emptiedAt / HOUR_MS) * HOUR_MS; hour < time && fill < 1; hour += HOUR_MS) {
    const covered = Math.min(time, hour + HOUR_MS) - Math.max(emptiedAt, hour);
    fill += gainedInHour(model, hour) * (covered / HOUR_MS);
  }
  return Math.min(1, fill);
};

/** The uneven heap and the instrument itself, one standard deviation. */
const NOISE_MM = 9;

/** One reading in a few hundred sees a bag that hangs in the chute, or nothing at all. */
const falseEcho = (model: BinModel, time: number): number | undefined => {
  const chance = uniform(model.seed, 40, time);
  if (chance < 0.0015) return model.container.blindZoneMm + Math.round(200 * uniform(model.seed, 41, time));
  return chance < 0.0025 ? model.container.depthMm * 2 : undefined;
};

/** What the level sensor says, in whole millimetres from under the lid to the waste. */
export const distanceAt = (model: BinModel, time: number): number => {
  const { depthMm, blindZoneMm } = model.container;
  const noise = NOISE_MM * gaussian(model.seed, 42, time);
  const distance = depthMm - fillAt(model, time) * (depthMm - blindZoneMm) + noise;
  return falseEcho(model, time) ?? Math.round(Math.max(blindZoneMm, distance));
};

/** Battery charge in percent: a cell that lasts about six years, replaced on a day of its own. */
export const batteryAt = (model: BinModel, time: number): number => {
  const lifeMs = 2_200 * DAY_MS;
  const used = (time / lifeMs + uniform(model.seed, 50)) % 1;
  return Math.round(100 - 80 * used);
};
