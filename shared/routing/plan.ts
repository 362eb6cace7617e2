import * as z from 'zod';
import { positionSchema, wasteStreamSchema } from '../city/entities.ts';

/**
 * A collection plan as dispatchers see it: real names, real instants. Instants are UTC epoch milliseconds.
 * `requested` → `planned`, or `failed` with the reason; a plan never changes after that.
 */
const planStopSchema = z.object({
  kind: z.enum(['depot', 'bin', 'disposal', 'break']),
  /** Bin, depot or disposal site id; absent for a break. */
  id: z.string().optional(),
  name: z.string(),
  position: positionSchema.optional(),
  arrivesAt: z.int(),
  departsAt: z.int(),
  waitingSeconds: z.number(),
  /** From the place before. */
  legMetres: z.number(),
  /** On board when it departs. */
  loadLitres: z.number(),
  loadKg: z.number(),
  trip: z.int().optional(),
  /** For a bin: what was expected in it at planning, 0..1, and why it was picked. */
  expectedFillFraction: z.number().optional(),
  reason: z.string().optional(),
  /** The same in Vietnamese. */
  reasonVi: z.string().optional(),
  stream: wasteStreamSchema.optional(),
});

const planRouteSchema = z.object({
  vehicleId: z.string(),
  vehicleName: z.string(),
  startsAt: z.int(),
  endsAt: z.int(),
  distanceMetres: z.number(),
  drivingSeconds: z.number(),
  trips: z.int(),
  bins: z.int(),
  collectedLitres: z.number(),
  stops: z.array(planStopSchema),
  /** Legs along roads, each an encoded polyline of five decimals from one stop's place to another's (`route-lines.ts`). */
  geometry: z.array(z.string()).optional(),
});

export const planTotalsSchema = z.object({
  vehicles: z.int(),
  trips: z.int(),
  bins: z.int(),
  distanceMetres: z.number(),
  workingSeconds: z.number(),
  collectedLitres: z.number(),
  collectedKg: z.number(),
  costVnd: z.number(),
});

const planHeadSchema = z.object({
  planId: z.string(),
  /** City-local day whose shifts are planned. */
  serviceDate: z.iso.date(),
  trigger: z.enum(['schedule', 'dispatcher']),
  requestedAt: z.int(),
  requestedBy: z.string().optional(),
});

export const planSummarySchema = z.discriminatedUnion('status', [
  planHeadSchema.extend({ status: z.literal('requested') }),
  planHeadSchema.extend({ status: z.literal('failed'), finishedAt: z.int(), reason: z.string() }),
  planHeadSchema.extend({
    status: z.literal('planned'),
    finishedAt: z.int(),
    totals: planTotalsSchema,
    unservedCount: z.int(),
    noDataCount: z.int(),
  }),
]);

export const planSchema = planHeadSchema.extend({
  status: z.literal('planned'),
  finishedAt: z.int(),
  totals: planTotalsSchema,
  routes: z.array(planRouteSchema),
  /** Due, but no truck could; with a reason a dispatcher understands. */
  unserved: z.array(
    z.object({ binId: z.string(), name: z.string(), reason: z.string(), reasonVi: z.string().optional() }),
  ),
  /** Bins whose fill nobody knows: listed for a look by eye, never taken for empty. */
  noData: z.array(z.object({ binId: z.string(), name: z.string(), lastHeardAt: z.int().nullable() })),
  travelSource: z.string(),
  solver: z.object({ iterations: z.int(), seconds: z.number(), seed: z.int() }),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanRoute = z.infer<typeof planRouteSchema>;
export type PlanStop = z.infer<typeof planStopSchema>;
export type PlanSummary = z.infer<typeof planSummarySchema>;
export type PlanTotals = z.infer<typeof planTotalsSchema>;
