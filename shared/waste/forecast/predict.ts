import type { Correction } from './calibration.ts';
import type { Exposure } from './exposure.ts';
import { type BinModel, incrementCdf } from './rate.ts';

/**
 * From where a forecast starts: a level last known (now, or when the sensor was last heard), or nothing known since an instant.
 * Nothing known is never empty: every level is then held to be as likely as any other, as a bin that fills steadily and is
 * emptied when full is seen at each level equally often.
 */
export type Start =
  | { readonly status: 'known'; readonly fraction: number; readonly at: number }
  | { readonly status: 'unknown'; readonly at: number };

export type Forecast = {
  readonly start: Start;
  readonly model: BinModel;
  readonly exposure: Exposure;
  readonly correction: Correction;
};

const LEVELS = 16;
const unknownLevels = Array.from({ length: LEVELS }, (_, index) => (index + 0.5) / LEVELS);
/** Bisections: 2⁻⁴⁰ of the range. */
const STEPS = 40;
/** No bin's filling is foreseen over more than a year of average hours. */
const LONGEST_HOURS = 366 * 24;

const probability = (p: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError(`A quantile's probability lies between 0 and 1: ${p}`);
  return p;
};

const levelsAt = (start: Start): readonly number[] => (start.status === 'known' ? [start.fraction] : unknownLevels);

/** P(level ≤ x) after so many average hours, as the model states it. Waste beyond the brim counts on (over 1). */
const statedCdf = ({ start, model }: Forecast, averageHours: number, x: number): number => {
  const levels = levelsAt(start);
  return levels.reduce((sum, level) => sum + incrementCdf(model, averageHours, x - level), 0) / levels.length;
};

const hoursTo = ({ start, exposure }: Forecast, at: number): number =>
  Math.max(0, exposure.at(at) - exposure.at(start.at));

/** Probability that the bin is at or over a level at an instant, if nobody empties it until then. */
export const probabilityOver = (forecast: Forecast, at: number, level: number): number => {
  const { start } = forecast;
  if (start.status === 'known' && start.fraction >= level) return 1;
  const hours = hoursTo(forecast, at);
  return Math.min(1, Math.max(0, 1 - forecast.correction.actual(statedCdf(forecast, hours, level))));
};

/**
 * The level that is not passed at an instant with probability p, if nobody empties the bin until then: a fraction, never below the
 * present one, at most 1 (a present one over 1 stays). Increases with p and with the instant.
 */
export const fillQuantile = (forecast: Forecast, at: number, p: number): number => {
  const wanted = forecast.correction.stated(probability(p));
  const hours = hoursTo(forecast, at);
  const { start } = forecast;
  if (start.status === 'known' && (hours === 0 || start.fraction >= 1)) return start.fraction;
  let [low, high] = [start.status === 'known' ? start.fraction : 0, 1];
  if (statedCdf(forecast, hours, high) < wanted) return high;
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (statedCdf(forecast, hours, middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/**
 * The instant by which the bin has reached a level (1: full) with probability p, if nobody empties it; the start itself where it
 * may be there already, `null` where more than a year of average filling would be needed. As the level at an instant is over x
 * exactly when the time to x is before it, this is the same distribution read the other way.
 */
export const timeToLevel = (forecast: Forecast, level: number, p: number): number | null => {
  const wanted = forecast.correction.stated(1 - probability(p));
  const { start, exposure } = forecast;
  if (start.status === 'known' && start.fraction >= level) return start.at;
  if (statedCdf(forecast, 0, level) <= wanted) return start.at;
  if (statedCdf(forecast, LONGEST_HOURS, level) > wanted) return null;
  let [low, high] = [0, LONGEST_HOURS];
  for (let step = 0; step < STEPS && high - low > 1e-5; step += 1) {
    const middle = (low + high) / 2;
    if (statedCdf(forecast, middle, level) > wanted) low = middle;
    else high = middle;
  }
  return exposure.after(start.at, (low + high) / 2);
};

/** Where an outcome lies in what was forecast, for the calibration to learn from. */
export const transformOf = (forecast: Forecast, at: number, level: number): number =>
  statedCdf(forecast, hoursTo(forecast, at), level);
