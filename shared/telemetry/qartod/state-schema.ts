import * as z from 'zod';
import type { QualityState } from './assess-observations.ts';

const flagSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);

const seriesSchema = z.object({
  at: z.int(),
  value: z.number().nullable(),
  before: z.number().nullish(),
  quality: z.object({ flag: flagSchema, test: z.string() }),
  flat: z
    .object({
      seen: z.int(),
      from: z.int(),
      lastValid: z.int(),
      greatest: z.array(z.number()),
      least: z.array(z.number()),
    })
    .optional(),
});

/** What the tests remember of a sensor, as it was kept. */
export const qualityStateSchema = z
  .record(z.string(), seriesSchema)
  .transform((state): QualityState => state as QualityState);
