import * as z from 'zod';
import { entityIdSchema, timeWindowSchema, wasteStreamSchema } from '../basics.ts';
import { breakSchema, dateSpanSchema } from './calendar-rules.ts';
import { truckSizeSchema } from './size.ts';

/** A class of driving licence as the country names it: `C1`, `C`, `CE` in Vietnam (Law 36/2024/QH15, Art. 57). */
export const licenceSchema = z.string().regex(/^[A-Z][A-Z0-9]{0,4}$/, 'capitals and digits, e.g. C or C1');

/** Everything beyond the first twelve is optional: what was registered before stays as it is. */
export const vehicleSchema = z.object({
  id: entityIdSchema,
  name: z.string().min(1).max(200),
  /** What kind of truck, in words, e.g. `crane truck 14 m³`. */
  type: z.string().min(1).max(100),
  depotId: entityIdSchema,
  /** Loose litres it swallows before it must empty: body volume × compaction ratio. */
  capacityLitres: z.number().positive(),
  capacityKg: z.number().positive(),
  shift: timeWindowSchema,
  streams: z.array(wasteStreamSchema).min(1).default(['recyclable', 'food', 'other']),
  fixedCostVnd: z.number().min(0).default(0),
  costPerKmVnd: z.number().min(0).default(0),
  costPerHourVnd: z.number().min(0).default(0),
  /** Diesel, on its rounds; without it nobody reckons its fuel and CO2. */
  fuelLitresPer100Km: z.number().positive().max(200).optional(),
  status: z.enum(['available', 'unavailable']).default('available'),
  /** As painted on it, e.g. `61C-123.45`. */
  plate: z
    .string()
    .regex(/^[0-9A-Z][0-9A-Z. -]{2,14}$/, 'capitals, digits, ".", "-", spaces')
    .optional(),
  size: truckSizeSchema.optional(),
  /** Kinds of bin that it lifts, e.g. `crane`, as bins name what they need. */
  lifts: z.array(entityIdSchema).max(16).optional(),
  skills: z.array(entityIdSchema).max(16).optional(),
  /** What its driver must hold; asked of the crew where one is registered for the truck. */
  licence: licenceSchema.optional(),
  breaks: z.array(breakSchema).max(4).optional(),
  /** From leaving the depot to being back. */
  maxDutyMinutes: z.number().int().min(1).max(1_440).optional(),
  /** At the wheel in one shift; ten hours a day by Law 36/2024/QH15, Art. 64. */
  maxDrivingMinutes: z.number().int().min(1).max(1_440).optional(),
  /** In one shift. */
  maxBins: z.number().int().min(1).max(10_000).optional(),
  /** How fast it drives, beside the city's trucks: 0.8 takes a quarter longer. */
  speedFactor: z.number().min(0.2).max(3).optional(),
  /** In the workshop or lent out. */
  outOfService: z.array(dateSpanSchema).max(50).optional(),
  /** Zones whose bans do not hold it. */
  permits: z.array(entityIdSchema).max(50).optional(),
});
export type Vehicle = z.infer<typeof vehicleSchema>;
