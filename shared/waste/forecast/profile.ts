import { DAY_KINDS, HOUR_MS, HOURS, type LocalHours } from './hours.ts';
import type { Piece } from './piece.ts';

/** How much faster (over 1) or slower a bin fills by local hour of the day and by kind of day; the week's mean is 1. */
export type Profile = { readonly hour: readonly number[]; readonly day: readonly number[] };

/** What was seen filling in, and for how long, by hour of the day and by kind of day: sums that can be added up over bins. */
export type ProfileSums = {
  readonly hourFill: readonly number[];
  readonly hourTime: readonly number[];
  readonly dayFill: readonly number[];
  readonly dayTime: readonly number[];
};

export const FLAT: Profile = { hour: new Array(HOURS).fill(1), day: new Array(DAY_KINDS).fill(1) };

export const NO_SUMS: ProfileSums = {
  hourFill: new Array(HOURS).fill(0),
  hourTime: new Array(HOURS).fill(0),
  dayFill: new Array(DAY_KINDS).fill(0),
  dayTime: new Array(DAY_KINDS).fill(0),
};

/** Observed hours at which a profile of one's own counts as much as the one above (city → stream → ward). */
const PRIOR_HOURS_PER_HOUR = 40;
const PRIOR_HOURS_PER_DAY = 160;
/** No hour is quite dead, which keeps time to full finite and a surprise possible. */
const LEAST = 0.02;

const added = (all: readonly ProfileSums[], key: keyof ProfileSums): number[] => {
  const sum = [...NO_SUMS[key]];
  for (const sums of all) for (const [index, value] of sums[key].entries()) sum[index] = (sum[index] as number) + value;
  return sum;
};

export const addSums = (all: readonly ProfileSums[]): ProfileSums => ({
  hourFill: added(all, 'hourFill'),
  hourTime: added(all, 'hourTime'),
  dayFill: added(all, 'dayFill'),
  dayTime: added(all, 'dayTime'),
});

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ratio of observed to expected filling in every class, shrunk towards the parent's as by a gamma prior. */
const shrunk = (fill: readonly number[], expected: readonly number[], parent: readonly number[], prior: number) =>
  fill.map((sum, index) =>
    Math.max(LEAST, (Math.max(0, sum) + prior * (parent[index] as number)) / ((expected[index] as number) + prior)),
  );

/** The seven weekdays' mean is 1; special days keep their ratio to it. */
const normalized = (hour: readonly number[], day: readonly number[]): Profile => {
  const [ofHour, ofDay] = [mean(hour), mean(day.slice(0, 7))];
  return { hour: hour.map((weight) => weight / ofHour), day: day.map((weight) => weight / ofDay) };
};

/** A profile from hourly sums: the weight of a class is its filling over what the mean rate would have brought. */
export const profileOf = (sums: ProfileSums, parent: Profile = FLAT): Profile => {
  const time = sums.hourTime.reduce((sum, value) => sum + value, 0);
  const fill = sums.hourFill.reduce((sum, value) => sum + value, 0);
  if (time <= 0 || fill <= 0) return parent;
  const rate = fill / time;
  const scaled = (values: readonly number[]): number[] => values.map((value) => value / rate);
  return normalized(
    shrunk(scaled(sums.hourFill), sums.hourTime, parent.hour, PRIOR_HOURS_PER_HOUR),
    shrunk(scaled(sums.dayFill), sums.dayTime, parent.day, PRIOR_HOURS_PER_DAY),
  );
};

/** Rounds of the deconvolution; ten bring the weights within a per cent of where a hundred do. */
const ROUNDS = 10;

/**
 * A profile from fillings that span many hours (collections without a level in between): each filling is shared out over its
 * hours in proportion to the present weights, and the weights made anew from the shares (expectation–maximization of a Poisson
 * regression; Richardson 1972, J. Opt. Soc. Am. 62, 55). `rate` is the filling's bin's own, per average hour.
 */
export const profileOfPieces = (
  pieces: readonly (Piece & { readonly rate: number })[],
  hours: LocalHours,
  parent: Profile = FLAT,
): Profile => {
  let profile = parent;
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = addSums([]) as { [key in keyof ProfileSums]: number[] };
    for (const piece of pieces) share(piece, hours, profile, sums);
    profile = normalized(
      shrunk(sums.hourFill, sums.hourTime, parent.hour, PRIOR_HOURS_PER_HOUR),
      shrunk(sums.dayFill, sums.dayTime, parent.day, PRIOR_HOURS_PER_DAY),
    );
  }
  return profile;
};

const share = (
  { from, to, increment, rate }: Piece & { readonly rate: number },
  hours: LocalHours,
  profile: Profile,
  sums: { readonly [key in keyof ProfileSums]: number[] },
): void => {
  const parts: { readonly hour: number; readonly day: number; readonly time: number; readonly weight: number }[] = [];
  let total = 0;
  for (let utcHour = Math.floor(from / HOUR_MS); utcHour * HOUR_MS < to; utcHour += 1) {
    const { hour, day } = hours(utcHour);
    const time = (Math.min(to, (utcHour + 1) * HOUR_MS) - Math.max(from, utcHour * HOUR_MS)) / HOUR_MS;
    const weight = time * (profile.hour[hour] as number) * (profile.day[day] as number);
    parts.push({ hour, day, time, weight });
    total += weight;
  }
  if (total <= 0 || rate <= 0) return;
  for (const { hour, day, time, weight } of parts) {
    const averageHours = (increment / rate) * (weight / total);
    sums.hourFill[hour] = (sums.hourFill[hour] as number) + averageHours;
    sums.hourTime[hour] = (sums.hourTime[hour] as number) + time * (profile.day[day] as number);
    sums.dayFill[day] = (sums.dayFill[day] as number) + averageHours;
    sums.dayTime[day] = (sums.dayTime[day] as number) + time * (profile.hour[hour] as number);
  }
};
