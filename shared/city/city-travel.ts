import * as z from 'zod';

/** What a city may rest its travel times on (docs/travel.md). */
export const travelSources = ['roads', 'osrm', 'valhalla', 'amazon-location', 'great-circle'] as const;
export type TravelSource = (typeof travelSources)[number];

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');

/** How trucks travel in a city. */
export const cityTravelSchema = z.object({
  /** Free-flow truck speed, and road over great-circle distance, for the fallback travel times. */
  speedKmh: z.number().positive(),
  detourFactor: z.number().min(1),
  /** What travel times rest on; absent = what the deployment says, else the stored roads. */
  source: z.enum(travelSources).optional(),
  /** From these times of day on (city-local, every day) ways take so many times longer; the last one lasts past midnight. */
  slots: z
    .array(z.object({ from: timeOfDay, durationFactor: z.number().min(0.2).max(10) }))
    .max(24)
    .refine((slots) => new Set(slots.map(({ from }) => from)).size === slots.length, 'two slots begin at the same time')
    .optional(),
});
