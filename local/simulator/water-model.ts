import type { Quantity } from '../../shared/telemetry/quantity.ts';
import { bell, daylight, HOUR_MS, hourOfDay, measured, wandering } from './rhythm.ts';

/** A water station as the model knows it. */
export type WaterModel = {
  readonly seed: number;
  readonly quantities: readonly Quantity[];
  /** 0 (the river upstream) to 1 (a canal through the town). */
  readonly pollution: number;
};

/** The principal lunar tide, which the Saigon river carries past the town: 12.4206 hours. */
const TIDE_MS = 12.4206 * HOUR_MS;

/** −1 at low water, 1 at high water. */
const tide = (time: number): number => Math.cos((2 * Math.PI * time) / TIDE_MS);

/** Waste water follows the town's morning and evening. */
const inflow = (model: WaterModel, time: number): number =>
  model.pollution * (0.6 + 0.35 * bell(hourOfDay(time), 8, 2) + 0.45 * bell(hourOfDay(time), 20, 2.5));

/** Ebb brings the town's water past the probe, flood dilutes it. */
const undiluted = (time: number): number => 1 - 0.25 * tide(time);

/** Speed of the tidal stream, 0 at slack water to 1: it stirs the mud. */
const stream = (time: number): number => Math.abs(Math.sin((2 * Math.PI * time) / TIDE_MS));

const noisy = (model: WaterModel, channel: number, time: number, spread: number): number =>
  wandering(model.seed + channel, time, 3 * HOUR_MS, spread);

const laws: Partial<Record<Quantity, (model: WaterModel, time: number) => number>> = {
  waterTemperature: (model, time) =>
    measured(
      28.6 + 1.3 * daylight(time - 3 * HOUR_MS) + 0.6 * model.pollution + Math.log(noisy(model, 1, time, 0.2)),
      0.1,
    ),
  ph: (model, time) =>
    measured(
      6.9 - 0.35 * model.pollution + 0.15 * daylight(time) + 0.1 * tide(time) + Math.log(noisy(model, 2, time, 0.05)),
      0.01,
    ),
  dissolvedOxygen: (model, time) =>
    measured(
      (5.4 - 3.1 * inflow(model, time) * undiluted(time) + 0.9 * daylight(time - 2 * HOUR_MS)) *
        noisy(model, 3, time, 0.05),
      0.01,
    ),
  tss: (model, time) =>
    measured((24 + 26 * stream(time) + 34 * inflow(model, time)) * noisy(model, 4, time, 0.12), 0.1),
  cod: (model, time) => measured((7.5 + 21 * inflow(model, time) * undiluted(time)) * noisy(model, 5, time, 0.1), 0.1),
  ammonium: (model, time) =>
    measured((0.18 + 1.35 * inflow(model, time) * undiluted(time)) * noisy(model, 6, time, 0.12), 0.01),
};

/** What a station's probes show at `time` (epoch ms). */
export const waterValuesAt = (model: WaterModel, time: number): Readonly<Record<string, number>> => {
  const values: Record<string, number> = {};
  for (const quantity of model.quantities) {
    const law = laws[quantity];
    if (law !== undefined) values[quantity] = law(model, time);
  }
  return values;
};
