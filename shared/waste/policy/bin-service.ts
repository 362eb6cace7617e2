import * as z from 'zod';
import { timeOfDaySchema } from '../../city/basics.ts';

/** What a bin is promised, where that is not the usual of its stream and city (`serviceRuleOf`). */
export const binServiceSchema = z.object({
  /** Allowed probability that it overflows before the trucks come again, 0..0.5. */
  overflowProbability: z.number().min(1e-6).max(0.5).optional(),
  /** Hygiene: waste lies in it no longer than this, hours; `null` = however long. */
  maxAgeHours: z.number().positive().max(8_760).nullable().optional(),
  /** City-local time of day by which a truck must have come, on the nights that one comes. */
  emptyBy: timeOfDaySchema.optional(),
});
