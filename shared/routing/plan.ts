import * as z from 'zod';
import { areaSchema } from '../../events/replan-order.ts';
import { positionSchema, wasteStreamSchema } from '../city/entities.ts';

/**
 * A collection plan as dispatchers see it: real names, real instants. Instants are UTC epoch milliseconds.
 * `requested` → `planned`, or `failed` with the reason; a plan never changes after that.
 */
const planStopSchema = z.object({
  /** `stand`: it stood there out of service, and came back. */
  kind: z.enum(['depot', 'bin', 'disposal', 'break', 'stand']),
  /** Bin, depot or disposal site id; absent for a break or a stand. */
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
  /** It has happened: a crew said so, or nobody said otherwise and it was due by then. */
  done: z.enum(['reported', 'assumed']).optional(),
  /** A dispatcher keeps it on this truck. */
  locked: z.literal(true).optional(),
});

/** Loose waste as it was collected. */
const onBoardSchema = z.object({ litres: z.number(), kg: z.number() });

export const planRouteSchema = z.object({
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
  /** So many of its bins are kept in this order, from the first on. */
  lockedOrder: z.int().optional(),
  /** It broke down or went home: what it did stays, the rest went to others. */
  outOfService: z
    .object({
      at: z.int(),
      reason: z.string(),
      reasonVi: z.string().optional(),
      /** What did not reach a disposal site and waits to be fetched; absent in plans from before that was kept. */
      onBoard: onBoardSchema.optional(),
    })
    .optional(),
  /** When it was out of service and came back, the oldest first; with what was on board when it did. */
  stood: z
    .array(
      z.object({
        at: z.int(),
        until: z.int(),
        reason: z.string(),
        reasonVi: z.string().optional(),
        onBoard: onBoardSchema,
      }),
    )
    .optional(),
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

/** `superseded`: another plan of the day was published; `discarded`: nobody ever drove it. */
export const planStateSchema = z.enum(['draft', 'published', 'in-progress', 'closed', 'superseded', 'discarded']);
export type PlanState = z.infer<typeof planStateSchema>;

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
  planHeadSchema.extend({
    status: z.literal('failed'),
    finishedAt: z.int(),
    reason: z.string(),
    reasonVi: z.string().optional(),
  }),
  planHeadSchema.extend({
    status: z.literal('planned'),
    finishedAt: z.int(),
    totals: planTotalsSchema,
    unservedCount: z.int(),
    noDataCount: z.int(),
    /** Absent in plans from before plans had versions: a draft, version 1. */
    state: planStateSchema.optional(),
    version: z.int().optional(),
    /** What crews drive by; absent while nobody published it. */
    publishedVersion: z.int().optional(),
    publishedAt: z.int().optional(),
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
  /** Bins that a person took out of the plan, with that person's reason. */
  excluded: z
    .array(
      z.object({
        binId: z.string(),
        name: z.string(),
        reason: z.string(),
        reasonVi: z.string().optional(),
        by: z.string(),
        at: z.int(),
      }),
    )
    .optional(),
  /** Trucks that could not be planned on that day, and why. */
  idleTrucks: z
    .array(z.object({ vehicleId: z.string(), name: z.string(), reason: z.string(), reasonVi: z.string() }))
    .optional(),
  /**
   * What the forecasts rest on mostly, by bins of known level: their own history, that of similar bins, or what is usual elsewhere, as in a
   * city's first nights. Absent in older plans.
   */
  forecasts: z.object({ ownHistory: z.int(), similarBins: z.int(), assumed: z.int() }).optional(),
  travelSource: z.string(),
  /** Areas that were closed when this version was made. `held`: its ways go round them; else only their bins are held back. */
  closures: z
    .array(
      z.object({
        /** Names it to open it; absent in plans from before that could be done. */
        closureId: z.string().optional(),
        area: areaSchema,
        until: z.int().optional(),
        reason: z.string(),
        held: z.boolean(),
      }),
    )
    .optional(),
  /** Legs whose lines are still being drawn: straight until then. */
  linesToFollow: z.int().positive().optional(),
  solver: z.object({ iterations: z.int(), seconds: z.number(), seed: z.int() }),
});

export type Plan = z.infer<typeof planSchema>;
export type PlanRoute = z.infer<typeof planRouteSchema>;
export type OnBoard = z.infer<typeof onBoardSchema>;
export type PlanStop = z.infer<typeof planStopSchema>;
export type PlanSummary = z.infer<typeof planSummarySchema>;
export type PlanTotals = z.infer<typeof planTotalsSchema>;
