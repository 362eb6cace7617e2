import * as z from 'zod';

/**
 * Ids are chosen by the city, stay for ever, and appear in topics, file names and URLs, so they keep to letters, digits, `.`, `_`
 * and `-`.
 */
export const entityIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, ".", "_", "-"; at most 64');

/** WGS 84 degrees. */
export const positionSchema = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Position = z.infer<typeof positionSchema>;

/** City-local time of day, `HH:MM`; `24:00` ends a day. */
export const timeOfDaySchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM');

/** City-local time window; one that ends before it starts runs past midnight. */
export const timeWindowSchema = z.object({ from: timeOfDaySchema, to: timeOfDaySchema });
export type TimeWindow = z.infer<typeof timeWindowSchema>;

/** Law on Environmental Protection 72/2020/QH14, Art. 75: household waste is sorted into these three groups. */
export const wasteStreamSchema = z.enum(['recyclable', 'food', 'other']);
export type WasteStream = z.infer<typeof wasteStreamSchema>;

export const placedSchema = z.object({
  id: entityIdSchema,
  name: z.string().min(1).max(200),
  position: positionSchema,
  /** True where nobody has surveyed the position yet; shown wherever the place is. */
  positionApproximate: z.boolean().optional(),
  ward: z.string().max(200).optional(),
});
