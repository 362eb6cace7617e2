import type { MeanInput, Slots } from './index-result.ts';

/** Hours that a NowCast looks at, the newest included. */
export const NOWCAST_HOURS = 12;
const NEWEST_HOURS = 3;
const NEEDED_OF_NEWEST = 2;

const usable = (mean: MeanInput | undefined): number | undefined =>
  mean?.isValid === true && Number.isFinite(mean.value) ? mean.value : undefined;

/**
 * The weighted mean of the last 12 hourly means, newest first, in which swings weigh the newest more: w = Cmin / Cmax, at least ½, and
 * hour i weighs w^(i-1). `undefined` without two valid means among the newest three. QĐ 1459/QĐ-TCMT, 2.2.1; the same as EPA's.
 *
 * The decision prints its case of w = ½ as Σ (½)^i cᵢ, which is the weighted mean within 0.03 % when all hours are there and far too low
 * when some are missing; so we divide by the weights of the hours that are there, always. When all means are 0, so is the NowCast.
 */
export const nowcast = (newestFirst: Slots): { readonly value: number; readonly completeness: number } | undefined => {
  const hours = newestFirst.slice(0, NOWCAST_HOURS).map(usable);
  const known = hours.filter((value) => value !== undefined);
  const newest = hours.slice(0, NEWEST_HOURS).filter((value) => value !== undefined);
  if (newest.length < NEEDED_OF_NEWEST) return undefined;
  const largest = Math.max(...known);
  const ratio = largest > 0 ? Math.min(...known) / largest : 1;
  const weight = Math.max(0.5, ratio);
  let sum = 0;
  let weights = 0;
  hours.forEach((value, age) => {
    if (value === undefined) return;
    sum += weight ** age * value;
    weights += weight ** age;
  });
  return { value: sum / weights, completeness: known.length / NOWCAST_HOURS };
};
