import * as z from 'zod';
import { entityIdSchema } from '../basics.ts';

/** A day on which the city throws away other than usual. */
export const specialDaySchema = z.object({
  id: entityIdSchema,
  /** City-local. */
  date: z.iso.date(),
  kind: z.enum(['holiday', 'market-day', 'event']),
  name: z.string().min(1).max(200),
  /** Where it is one; absent = in the whole city. */
  ward: z.string().min(1).max(200).optional(),
});
export type SpecialDay = z.infer<typeof specialDaySchema>;
