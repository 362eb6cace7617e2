import * as z from 'zod';
import { isQuantity } from '../../telemetry/quantity.ts';

const flagSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);

/** A reading as it lies in an item's attribute. */
export const readingSchema = z.object({
  sensorId: z.string(),
  quantity: z.string().refine(isQuantity),
  value: z.number().nullable(),
  measuredAt: z.int(),
  receivedAt: z.int(),
  quality: z.object({ flag: flagSchema, test: z.string() }),
});

/** What an item of the readings table holds beside its key. */
export const readingBodySchema = readingSchema.pick({ value: true, receivedAt: true, quality: true });
