import * as z from 'zod';
import { timeWindowSchema } from './basics.ts';

/** What a city may rest its travel times on (docs/travel.md). */
export const travelSources = ['roads', 'osrm', 'valhalla', 'amazon-location', 'great-circle'] as const;
export type TravelSource = (typeof travelSources)[number];

/** How trucks travel in a city. */
export const cityTravelSchema = z.object({
  /** Free-flow truck speed, and road over great-circle distance, for the fallback travel times. */
  speedKmh: z.number().positive(),
  detourFactor: z.number().min(1),
  /** What travel times rest on; absent = what the deployment says, else the stored roads. */
  source: z.enum(travelSources).optional(),
  /** Hours in which driving takes so many times as long, every day. */
  slowHours: z
    .array(timeWindowSchema.extend({ durationFactor: z.number().min(0.5).max(5) }))
    .max(12)
    .optional(),
});
