import * as z from 'zod';
import { entityIdSchema, positionSchema } from '../basics.ts';
import type { FaultCode } from '../editing/fault-code.ts';
import { weekdaySchema } from './calendar-rules.ts';
import { areaSchema } from './zone.ts';

const isRealDay = (text: string): boolean => z.iso.date().safeParse(text.slice(0, 10)).success;

/** A moment of the city's wall clock, `YYYY-MM-DDTHH:MM`. */
const localMomentSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be YYYY-MM-DDTHH:MM, in the city’s time')
  .refine(isRealDay, 'is no day of the calendar');

const HOUR_MS = 3_600_000;
const LONGEST_MS = 60 * 24 * HOUR_MS;
const LONGEST_WEEKLY_MS = 24 * HOUR_MS;

/** By the wall clock: a change to daylight saving in between does not count. */
const wallClockMs = (moment: string): number => Date.parse(`${moment}:00Z`);

const fieldsSchema = z.object({
  id: entityIdSchema,
  /** In Vietnamese. */
  name: z.string().min(1).max(200),
  /** The same name when absent. */
  nameEn: z.string().min(1).max(200).optional(),
  from: localMomentSchema,
  to: localMomentSchema,
  /** Every week on these days, at the same hours, from the day of `from` on; once when absent. */
  weekdays: z.array(weekdaySchema).min(1).max(7).optional(),
  /** The last day on which it may begin again; until further notice when absent. */
  until: z.iso.date().optional(),
  /** The bins it concerns, one by one … */
  binIds: z.array(entityIdSchema).min(1).max(2_000).optional(),
  /** … all that stand in an area … */
  area: areaSchema.optional(),
  /** … and all that stand near its middle. */
  circle: z.object({ centre: positionSchema, radiusMetres: z.number().positive().max(50_000) }).optional(),
});

type Fields = z.infer<typeof fieldsSchema>;
/** The member at fault, in words, and as a code of `fault-code.ts`. */
type Fault = readonly [member: string, message: string, code: FaultCode];

const faultsOf = ({ from, to, weekdays, until, binIds, area, circle }: Fields): readonly Fault[] => {
  const length = wallClockMs(to) - wallClockMs(from);
  const faults: Fault[] = [];
  if (length <= 0) faults.push(['to', 'must be after from', 'must-end-later']);
  if (weekdays === undefined && length > LONGEST_MS)
    faults.push(['to', 'must be at most 60 days after from', 'too-long']);
  if (weekdays !== undefined && length > LONGEST_WEEKLY_MS)
    faults.push(['to', 'must be at most 24 hours after from where it comes again', 'too-long']);
  if (until !== undefined && weekdays === undefined)
    faults.push(['until', 'is for events with weekdays', 'needs-weekdays']);
  if (until !== undefined && until < from.slice(0, 10))
    faults.push(['until', 'must not be before from', 'ends-before-start']);
  if (binIds === undefined && area === undefined && circle === undefined)
    faults.push(['binIds', 'must name bins, or give an area or a circle', 'names-no-bins']);
  return faults;
};

/**
 * A market, a festival, a match: its bins are emptied by the last chance before it begins. Beside it, a `special-day` says of a whole day how
 * much is thrown away.
 */
export const specialEventSchema = fieldsSchema.superRefine((event, context) => {
  for (const [member, message, code] of faultsOf(event))
    context.addIssue({ code: 'custom', path: [member], message, params: { code } });
});
export type SpecialEventEntity = z.infer<typeof specialEventSchema>;
