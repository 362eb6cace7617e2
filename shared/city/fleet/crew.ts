import * as z from 'zod';
import { entityIdSchema, timeWindowSchema } from '../basics.ts';
import { breakSchema, dateSpanSchema, weekdaySchema } from './calendar-rules.ts';
import { licenceSchema } from './vehicle.ts';

const memberSchema = z.object({
  /** A name, or a staff number where names stay elsewhere. */
  name: z.string().min(1).max(100),
  role: z.enum(['driver', 'loader']).default('driver'),
  licences: z.array(licenceSchema).max(8).default([]),
});

/**
 * Who works a truck. Where crews are registered for a truck, it drives on the days on which one of them is on duty, in that crew's
 * shift; a truck without any drives in its own.
 */
export const crewSchema = z.object({
  id: entityIdSchema,
  name: z.string().min(1).max(200),
  vehicleId: entityIdSchema,
  members: z.array(memberSchema).min(1).max(10),
  /** The truck's own where absent, breaks too. */
  shift: timeWindowSchema.optional(),
  breaks: z.array(breakSchema).max(4).optional(),
  /** Beside the truck's. */
  skills: z.array(entityIdSchema).max(16).optional(),
  /** The shorter of these and the truck's count. */
  maxDutyMinutes: z.number().int().min(1).max(1_440).optional(),
  maxDrivingMinutes: z.number().int().min(1).max(1_440).optional(),
  /** Days of the week on which its shift begins; every day when absent. */
  weekdays: z.array(weekdaySchema).min(1).max(7).optional(),
  /** Leave and training. */
  away: z.array(dateSpanSchema).max(50).optional(),
});
export type Crew = z.infer<typeof crewSchema>;
