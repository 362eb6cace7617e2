import * as z from 'zod';

/** Ids as the registry has them. */
const entityIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
export const reasonSchema = z.string().trim().min(1, 'must say why').max(500);
export const minutesLateSchema = z.number().positive().max(720);
const instant = z.int().positive();
export const areaSchema = z.union([
  z.strictObject({
    centre: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
    radiusMetres: z.number().positive().max(50_000),
  }),
  z.strictObject({
    /** Corners as longitude, latitude (RFC 7946), in order; the last need not repeat the first. */
    polygon: z
      .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
      .min(3)
      .max(200),
  }),
]);
export type ClosedArea = z.infer<typeof areaSchema>;

/** What happened on the day, as the planner gets it: instants are UTC epoch milliseconds. */
export const dayEventSchema = z.discriminatedUnion('kind', [
  /** It drives no more from this instant on. */
  z.strictObject({ kind: z.literal('truck-out'), vehicleId: entityIdSchema, at: instant, reason: reasonSchema }),
  /** Bins that must be emptied today. */
  z.strictObject({ kind: z.literal('overflow'), binId: entityIdSchema, at: instant.optional() }),
  /** Nobody gets there until then; all day when absent. */
  z.strictObject({ kind: z.literal('area-closed'), area: areaSchema, until: instant.optional(), reason: reasonSchema }),
  z.strictObject({
    kind: z.literal('crew-late'),
    vehicleId: entityIdSchema,
    minutes: minutesLateSchema,
  }),
  /** A truck that the plan did not have, or that was lent. */
  z.strictObject({ kind: z.literal('truck-joins'), vehicleId: entityIdSchema }),
  /** A truck that was out of service drives again, from this instant on, with what it had on board unless that was taken from it. */
  z.strictObject({
    kind: z.literal('truck-back'),
    vehicleId: entityIdSchema,
    at: instant,
    from: z.enum(['depot', 'last-place']).default('depot'),
    emptied: z.literal(true).optional(),
  }),
  /** What was closed is open again from this instant on, earlier than was said. */
  z.strictObject({ kind: z.literal('area-opened'), closureId: z.string().regex(/^closure-\d{1,4}$/), at: instant }),
]);
export type DayEvent = z.infer<typeof dayEventSchema>;

/** Asks `plan-collections` to plan the rest of a day anew. One of an id is carried out once. */
export const replanOrderSchema = z.object({
  replanId: z.string().min(1).max(80),
  /** The version that the one who asked had seen. */
  expectedVersion: z.int().positive(),
  by: z.string().min(1),
  why: z.string().max(500).optional(),
  events: z.array(dayEventSchema).max(50),
});
export type ReplanOrder = z.infer<typeof replanOrderSchema>;
