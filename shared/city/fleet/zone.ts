import * as z from 'zod';
import { entityIdSchema, timeWindowSchema } from '../basics.ts';
import { weekdaySchema } from './calendar-rules.ts';
import { sizeLimitsSchema } from './size.ts';

/** Longitude, latitude (GeoJSON, RFC 7946); a height may stand behind and is not read. */
const vertexSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)], z.number());

type Ring = readonly (readonly number[])[];

/** RFC 7946, 3.1.6: the first and the last position are the same. */
const isClosed = (ring: Ring): boolean => {
  const [first, last] = [ring[0], ring.at(-1)];
  return first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

const ringSchema = z
  .array(vertexSchema)
  .min(4, 'must have at least four positions')
  .max(2_000)
  .refine(isClosed, { message: 'must end where it begins', params: { code: 'must-close' } });

const polygonSchema = z.object({ type: z.literal('Polygon'), coordinates: z.array(ringSchema).min(1).max(50) });
const multiPolygonSchema = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(ringSchema).min(1).max(50)).min(1).max(50),
});

/** The whole city, or a GeoJSON geometry. */
export const areaSchema = z.union([
  z.literal('city'),
  z.discriminatedUnion('type', [polygonSchema, multiPolygonSchema]),
]);
export type Area = z.infer<typeof areaSchema>;

/**
 * Who may not be there, and when. `over` and `plateEndings` name the trucks, both where both are given, all trucks without; the
 * rest names the hours, at all times without.
 */
const banSchema = z.object({
  windows: z.array(timeWindowSchema).min(1).max(8).optional(),
  /** Days on which the windows begin. */
  weekdays: z.array(weekdaySchema).min(1).max(7).optional(),
  /** Days of the month. */
  dates: z.enum(['odd', 'even']).optional(),
  liftedOnHolidays: z.boolean().optional(),
  /** Trucks that pass one of these limits, and trucks whose size nobody knows. */
  over: sizeLimitsSchema.optional(),
  /** Trucks whose plate ends so, and trucks whose plate nobody knows. */
  plateEndings: z.array(z.number().int().min(0).max(9)).min(1).max(10).optional(),
  /** The decision it comes from. */
  source: z.string().max(300).optional(),
});
export type Ban = z.infer<typeof banSchema>;

export const zoneSchema = z.object({
  id: entityIdSchema,
  name: z.string().min(1).max(200),
  area: areaSchema,
  bans: z.array(banSchema).min(1).max(20),
});
export type Zone = z.infer<typeof zoneSchema>;
