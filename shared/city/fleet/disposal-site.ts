import * as z from 'zod';
import { placedSchema, timeWindowSchema, wasteStreamSchema } from '../basics.ts';
import { dateSpanSchema } from './calendar-rules.ts';

export const disposalSiteSchema = placedSchema.extend({
  opening: z.array(timeWindowSchema).max(8).optional(),
  /** Weighing and unloading, and queueing where `queue` says nothing. */
  unloadSeconds: z.number().int().min(0).max(14_400).default(1_200),
  streams: z.array(wasteStreamSchema).min(1).default(['recyclable', 'food', 'other']),
  /** How long trucks stand in line by the hour they arrive, beside `unloadSeconds`; of two that overlap the longer. */
  queue: z
    .array(timeWindowSchema.extend({ minutes: z.number().int().min(0).max(480) }))
    .max(24)
    .optional(),
  costPerVisitVnd: z.number().min(0).optional(),
  costPerKgVnd: z.number().min(0).optional(),
  /** Days on which it takes nothing. */
  closed: z.array(dateSpanSchema).max(50).optional(),
});
export type DisposalSite = z.infer<typeof disposalSiteSchema>;
