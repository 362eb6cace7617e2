import type { Quantity } from '../../shared/telemetry/quantity.ts';
import { seedOf, uniform } from '../demo-city/seeded.ts';
import { bell, DAY_MS, daylight, HOUR_MS, hourOfDay, localDay, measured, trafficAt, wandering } from './rhythm.ts';

/** An air station as the model knows it. */
export type AirModel = {
  readonly seed: number;
  readonly quantities: readonly Quantity[];
  /** 0 (a bamboo garden) to 1 (the busiest crossing). */
  readonly traffic: number;
};

/** The weather is one for the whole city, whatever station looks at it. */
const CITY = seedOf('thu-dau-mot weather');

/** Stagnant air comes back after so many days, … */
const EPISODE_EVERY_DAYS = 9;
/** … and then lies over the city for a day and a half. */
const EPISODE_MS = 36 * HOUR_MS;

/** How strongly an inversion holds the dust down, 0 (never mind) to 1, rising and falling smoothly; at least one in ten days. */
const stagnation = (time: number): number => {
  const number = Math.floor(localDay(time) / EPISODE_EVERY_DAYS);
  const startsAt = (number * EPISODE_EVERY_DAYS + 3) * DAY_MS + 9 * HOUR_MS + 6 * HOUR_MS * uniform(CITY, 1, number);
  const share = (time - startsAt) / EPISODE_MS;
  return share <= 0 || share >= 1 ? 0 : Math.min(1, 1.6 * Math.sin(Math.PI * share));
};

/** The crossing jams on some evenings: road works, rain, a procession. Only where traffic is heaviest. */
const jam = (model: AirModel, time: number): number => {
  if (model.traffic < 1) return 0;
  const jammed = localDay(time) % 5 === 2;
  return jammed ? bell(hourOfDay(time), 18, 0.9) : 0;
};

/** What the exhausts of the neighbourhood give, 0 to about 1. */
const exhaust = (model: AirModel, time: number): number => model.traffic * trafficAt(time);

const noisy = (model: AirModel, channel: number, time: number, spread = 0.1): number =>
  wandering(model.seed + channel, time, 0.75 * HOUR_MS, spread);

/** Fine dust in µg/m³: a background, the traffic, and rice straw and brick kilns under the inversion. */
const pm25 = (model: AirModel, time: number): number => {
  const shape = 11 + 4 * bell(hourOfDay(time), 6, 3) + 16 * exhaust(model, time);
  const held = 1 + 2.7 * stagnation(time);
  return shape * held * wandering(CITY + 2, time, 8 * HOUR_MS, 0.16) * wandering(model.seed, time, HOUR_MS, 0.12);
};

/** Coarse dust is mostly stirred up by wheels, so it follows the fine dust and the traffic. */
const pm10 = (model: AirModel, time: number): number => pm25(model, time) * 1.4 * noisy(model, 10, time, 0.06) + 4;

const temperature = (time: number): number =>
  25.2 + 7.6 * bell(hourOfDay(time), 13.8, 3.6) + 1.1 * Math.log(wandering(CITY + 3, time, DAY_MS, 1));

/** Every quantity by its law; concentrations in µg/m³ at the standard's reference conditions. */
const laws: Partial<Record<Quantity, (model: AirModel, time: number) => number>> = {
  pm25: (model, time) => measured(pm25(model, time), 0.1),
  pm10: (model, time) => measured(pm10(model, time), 0.1),
  tsp: (model, time) =>
    measured(pm10(model, time) * (1.25 + 0.4 * exhaust(model, time)) + 6 * noisy(model, 11, time), 0.1),
  so2: (model, time) => measured((9 + 14 * exhaust(model, time)) * noisy(model, 12, time, 0.2), 0.1),
  no2: (model, time) =>
    measured((14 + 72 * exhaust(model, time) + 190 * jam(model, time)) * noisy(model, 13, time, 0.06), 0.1),
  co: (model, time) =>
    measured((480 + 2_600 * exhaust(model, time) + 5_200 * jam(model, time)) * noisy(model, 14, time), 1),
  o3: (model, time) =>
    measured((18 + 92 * daylight(time - HOUR_MS) - 14 * exhaust(model, time)) * noisy(model, 15, time), 0.1),
  airTemperature: (model, time) => measured(temperature(time) + 0.5 * model.traffic, 0.1),
  relativeHumidity: (model, time) =>
    measured(Math.min(99, 92 - 4.3 * (temperature(time) - 25.2) * noisy(model, 16, time, 0.04)), 0.1),
};

/** What a station's instruments show at `time` (epoch ms). */
export const airValuesAt = (model: AirModel, time: number): Readonly<Record<string, number>> => {
  const values: Record<string, number> = {};
  for (const quantity of model.quantities) {
    const law = laws[quantity];
    if (law !== undefined) values[quantity] = law(model, time);
  }
  return values;
};
