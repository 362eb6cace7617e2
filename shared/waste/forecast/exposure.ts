import { HOUR_MS, type LocalHours } from './hours.ts';
import type { Profile } from './profile.ts';

/**
 * Time as waste sees it: hours weighted by the profile, so that a bin fills by `rate · (at(t) − at(s))` on average between two
 * instants. Grows with t. In average hours; instants are UTC epoch milliseconds.
 */
export type Exposure = {
  readonly at: (instant: number) => number;
  /** The instant at which so many average hours have passed since `from`. */
  readonly after: (from: number, averageHours: number) => number;
};

/** Precomputed for every hour from `from` to `to`; outside of them every hour counts as an average one. */
export const exposureOf = (profile: Profile, hours: LocalHours, from: number, to: number): Exposure => {
  const first = Math.floor(from / HOUR_MS);
  const count = Math.max(1, Math.ceil(to / HOUR_MS) - first);
  const sums = new Float64Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    const { hour, day } = hours(first + index);
    sums[index + 1] = (sums[index] as number) + (profile.hour[hour] as number) * (profile.day[day] as number);
  }
  const total = sums[count] as number;
  const at = (instant: number): number => {
    const position = instant / HOUR_MS - first;
    if (position <= 0) return position;
    if (position >= count) return total + position - count;
    const index = Math.floor(position);
    const [low, high] = [sums[index] as number, sums[index + 1] as number];
    return low + (high - low) * (position - index);
  };
  const positionOf = (target: number): number => {
    if (target <= 0) return target;
    if (target >= total) return count + target - total;
    let [low, high] = [0, count];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((sums[middle] as number) <= target) low = middle;
      else high = middle;
    }
    const [below, above] = [sums[low] as number, sums[high] as number];
    return low + (target - below) / (above - below);
  };
  return { at, after: (from_, averageHours) => (first + positionOf(at(from_) + averageHours)) * HOUR_MS };
};
