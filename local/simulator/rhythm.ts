import { smoothNoise } from '../demo-city/seeded.ts';

/** How a city in Vietnam lives through a day and a week. Instants are epoch milliseconds; the wall clock runs at UTC+7. */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Vietnam keeps UTC+7 all year, so the model needs no time zone data. */
const OFFSET_MS = 7 * HOUR_MS;

/** Days since 1970-01-01 on the wall clock. */
export const localDay = (time: number): number => Math.floor((time + OFFSET_MS) / DAY_MS);

/** The instant at which a wall-clock day starts. */
export const startOfDay = (day: number): number => day * DAY_MS - OFFSET_MS;

/** Hours since midnight on the wall clock, with fraction, 0 to 24. */
export const hourOfDay = (time: number): number => (time - startOfDay(localDay(time))) / HOUR_MS;

/** 0 Sunday to 6 Saturday; 1 January 1970 was a Thursday. */
export const weekday = (day: number): number => (day + 4) % 7;

export const isWeekend = (day: number): boolean => weekday(day) === 0 || weekday(day) === 6;

/** A new moon and the mean month after it (Meeus, "Astronomical Algorithms", ch. 49). */
const NEW_MOON = Date.UTC(2000, 0, 6, 18, 14);
const SYNODIC_MONTH_MS = 29.530_588_86 * DAY_MS;

/**
 * The 1st and the 15th of the lunar month, when households buy flowers, fruit and paper for the altar and markets are full:
 * the days within half a day of new or full moon.
 */
export const isMarketDay = (day: number): boolean => {
  const noon = startOfDay(day) + DAY_MS / 2;
  const half = SYNODIC_MONTH_MS / 2;
  const past = (((noon - NEW_MOON) % half) + half) % half;
  return Math.min(past, half - past) <= DAY_MS / 2;
};

/** A bell around an hour of the day, 1 at its top, that knows that 23:00 and 01:00 are neighbours. */
export const bell = (hour: number, top: number, widthHours: number): number => {
  const apart = Math.abs(hour - top);
  const distance = Math.min(apart, 24 - apart) / widthHours;
  return Math.exp(-0.5 * distance * distance);
};

/** How busy the streets are, 0 to about 1: two rush hours on working days, a later and flatter bustle at weekends. */
export const trafficAt = (time: number): number => {
  const hour = hourOfDay(time);
  const base = 0.12 + 0.25 * bell(hour, 13, 5);
  return isWeekend(localDay(time))
    ? base + 0.3 * bell(hour, 10, 2) + 0.45 * bell(hour, 19, 2)
    : base + 0.55 * bell(hour, 7.3, 1.1) + 0.65 * bell(hour, 17.6, 1.4);
};

/** The sun's strength in the tropics, 0 at night and 1 at noon. */
export const daylight = (time: number): number => Math.max(0, Math.sin((Math.PI * (hourOfDay(time) - 6)) / 12));

/** A factor around 1 that wanders without jumps; `spread` is its relative standard deviation. */
export const wandering = (seed: number, time: number, periodMs: number, spread: number): number =>
  Math.exp(spread * smoothNoise(seed, time, periodMs));

/** Cut to the instrument's resolution, as an instrument would, and never below zero. */
export const measured = (value: number, resolution: number): number =>
  Number((Math.max(0, Math.round(value / resolution)) * resolution).toFixed(3));
