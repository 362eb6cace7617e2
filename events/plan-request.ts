import * as z from 'zod';
import { replanOrderSchema } from './replan-order.ts';

/** Asks `plan-collections` for a plan: sent by the nightly schedule and by a dispatcher's click, on the same queue. */
export const planRequestSchema = z.object({
  /** Absent from the schedule; the planner then derives it from the service date, so that a redelivery plans once. */
  planId: z.string().min(1).max(80).optional(),
  /** City-local calendar day whose shifts are planned, `YYYY-MM-DD`; absent = the next shift's day. */
  serviceDate: z.iso.date().optional(),
  trigger: z.enum(['schedule', 'dispatcher']),
  requestedAt: z.int().positive().optional(),
  requestedBy: z.string().optional(),
  /** Solver time; the function's own time-out bounds it. */
  solveSeconds: z.number().min(0.1).max(300).optional(),
  /** The rest of the day of the plan `planId` is to be planned anew, instead of a new plan. */
  replan: replanOrderSchema.optional(),
  /** The lines of this version of the plan `planId` are to be drawn, which an edit left open. */
  draw: z.strictObject({ version: z.int().positive() }).optional(),
});

export type PlanRequest = z.infer<typeof planRequestSchema>;
