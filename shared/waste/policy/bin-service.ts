import * as z from 'zod';

/** What a bin is promised, where that is not the usual (`serviceRuleOf`). `emptyBy` stands beside it in the registry's schema. */
export const binServiceSchema = z.object({
  /** Allowed probability that it overflows before the trucks come again, 0..0.5. */
  overflowProbability: z.number().min(1e-6).max(0.5).optional(),
  /** Hygiene: waste lies in it no longer than this, hours; `null` = however long. */
  maxAgeHours: z.number().positive().max(8_760).nullable().optional(),
});
