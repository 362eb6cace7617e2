import * as z from 'zod';
import { entityIdSchema } from '../../city/entities.ts';

const place = {
  /** 1 = its first bin that is not done yet; the cheapest place when absent. */
  position: z.int().min(1).max(5_000).optional(),
};
const reason = z.string().trim().min(1, 'must say why').max(500);

/** One thing that a dispatcher changes in a plan. */
export const planEditSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('move'), binId: entityIdSchema, vehicleId: entityIdSchema, ...place }),
    z.strictObject({ kind: z.literal('lock-stop'), binId: entityIdSchema }),
    z.strictObject({ kind: z.literal('unlock-stop'), binId: entityIdSchema }),
    z.strictObject({
      kind: z.literal('lock-order'),
      vehicleId: entityIdSchema,
      /** The order is kept up to this bin; the whole route's when absent. */
      upTo: entityIdSchema.optional(),
    }),
    z.strictObject({ kind: z.literal('unlock-order'), vehicleId: entityIdSchema }),
    z.strictObject({ kind: z.literal('exclude'), binId: entityIdSchema, reason }),
    z.strictObject({
      kind: z.literal('include'),
      binId: entityIdSchema,
      vehicleId: entityIdSchema.optional(),
      ...place,
    }),
    z.strictObject({ kind: z.literal('withdraw-vehicle'), vehicleId: entityIdSchema, reason }),
    z.strictObject({ kind: z.literal('add-vehicle'), vehicleId: entityIdSchema }),
  ])
  .meta({ id: 'PlanEdit' });
export type PlanEdit = z.infer<typeof planEditSchema>;

export type { ClosedArea, DayEvent, ReplanOrder } from '../../../events/replan-order.ts';
export { dayEventSchema, replanOrderSchema } from '../../../events/replan-order.ts';
