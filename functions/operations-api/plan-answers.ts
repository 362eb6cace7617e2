import * as z from 'zod';
import { instantSchema, isoInstant, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import { type Plan, type PlanSummary, planSchema, planSummarySchema } from '../../shared/routing/plan.ts';

/** Plans as the API shows them: the stored ones, with every instant as ISO 8601 text. */

const [requested, failed, planned] = planSummarySchema.options;
const finished = { requestedAt: instantSchema, finishedAt: instantSchema };

export const planSummaryAnswer = z
  .discriminatedUnion('status', [
    requested.extend({ requestedAt: instantSchema }),
    failed.extend(finished),
    planned.extend(finished),
  ])
  .meta({ id: 'PlanSummary' });
export type PlanSummaryAnswer = z.infer<typeof planSummaryAnswer>;

const route = planSchema.shape.routes.element;
const stopAnswer = route.shape.stops.element
  .extend({ arrivesAt: instantSchema, departsAt: instantSchema })
  .meta({ id: 'PlanStop' });
const routeAnswer = route
  .extend({ startsAt: instantSchema, endsAt: instantSchema, stops: z.array(stopAnswer) })
  .meta({ id: 'PlanRoute' });
const noDataAnswer = planSchema.shape.noData.element.extend({ lastHeardAt: instantSchema.nullable() });

export const planAnswer = planSchema
  .extend({ ...finished, routes: z.array(routeAnswer), noData: z.array(noDataAnswer) })
  .meta({ id: 'Plan' });
export type PlanAnswer = z.infer<typeof planAnswer>;

/** A plan that is still awaited, or failed, answers with what is known of it. */
export const planOrSummaryAnswer = z.union([planAnswer, planSummaryAnswer]);

export const summaryAnswerOf = (summary: PlanSummary): PlanSummaryAnswer => {
  const requestedAt = isoInstant(summary.requestedAt);
  return summary.status === 'requested'
    ? { ...summary, requestedAt }
    : { ...summary, requestedAt, finishedAt: isoInstant(summary.finishedAt) };
};

export const planAnswerOf = (plan: Plan): PlanAnswer => ({
  ...plan,
  requestedAt: isoInstant(plan.requestedAt),
  finishedAt: isoInstant(plan.finishedAt),
  routes: plan.routes.map((each) => ({
    ...each,
    startsAt: isoInstant(each.startsAt),
    endsAt: isoInstant(each.endsAt),
    stops: each.stops.map((stop) => ({
      ...stop,
      arrivesAt: isoInstant(stop.arrivesAt),
      departsAt: isoInstant(stop.departsAt),
    })),
  })),
  noData: plan.noData.map((bin) => ({ ...bin, lastHeardAt: isoInstantOrNull(bin.lastHeardAt) })),
});
