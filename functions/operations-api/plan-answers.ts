import * as z from 'zod';
import { instantSchema, isoInstant, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import {
  type Plan,
  type PlanSummary,
  planSchema,
  planStateSchema,
  planSummarySchema,
} from '../../shared/routing/plan.ts';

/** Plans as the API shows them: the stored ones, with every instant as ISO 8601 text. */

const [requested, failed, planned] = planSummarySchema.options;
const finished = { requestedAt: instantSchema, finishedAt: instantSchema };

export const planSummaryAnswer = z
  .discriminatedUnion('status', [
    requested.extend({ requestedAt: instantSchema }),
    failed.extend(finished),
    planned.extend({ ...finished, publishedAt: instantSchema.optional() }),
  ])
  .meta({ id: 'PlanSummary' });
export type PlanSummaryAnswer = z.infer<typeof planSummaryAnswer>;

const route = planSchema.shape.routes.element;
const stopAnswer = route.shape.stops.element
  .extend({ arrivesAt: instantSchema, departsAt: instantSchema })
  .meta({ id: 'PlanStop' });
const outOfService = route.shape.outOfService.unwrap().extend({ at: instantSchema }).optional();
const stoodAnswer = route.shape.stood.unwrap().element.extend({ at: instantSchema, until: instantSchema });
const routeAnswer = route
  .extend({
    startsAt: instantSchema,
    endsAt: instantSchema,
    stops: z.array(stopAnswer),
    outOfService,
    stood: z.array(stoodAnswer).optional(),
  })
  .meta({ id: 'PlanRoute' });
const noDataAnswer = planSchema.shape.noData.element.extend({ lastHeardAt: instantSchema.nullable() });

const excludedAnswer = planSchema.shape.excluded.unwrap().element.extend({ at: instantSchema });

const closureAnswer = planSchema.shape.closures.unwrap().element.extend({ until: instantSchema.optional() });

/** Where a plan stands; absent in one of its older versions. */
const standing = {
  state: planStateSchema.optional(),
  version: z.int().optional(),
  publishedVersion: z.int().optional(),
  publishedAt: instantSchema.optional(),
};

export const planAnswer = planSchema
  .extend({
    ...finished,
    ...standing,
    routes: z.array(routeAnswer),
    noData: z.array(noDataAnswer),
    excluded: z.array(excludedAnswer).optional(),
    closures: z.array(closureAnswer).optional(),
  })
  .meta({ id: 'Plan' });
export type PlanAnswer = z.infer<typeof planAnswer>;

/** A plan that is still awaited, or failed, answers with what is known of it. */
export const planOrSummaryAnswer = z.union([planAnswer, planSummaryAnswer]);

export const summaryAnswerOf = (summary: PlanSummary): PlanSummaryAnswer => {
  const requestedAt = isoInstant(summary.requestedAt);
  if (summary.status === 'requested') return { ...summary, requestedAt };
  const finishedAt = isoInstant(summary.finishedAt);
  if (summary.status === 'failed') return { ...summary, requestedAt, finishedAt };
  const { publishedAt, ...rest } = summary;
  const published = publishedAt === undefined ? {} : { publishedAt: isoInstant(publishedAt) };
  return { ...rest, requestedAt, finishedAt, ...published };
};

type Route = Plan['routes'][number];

const stoppedOf = ({ outOfService }: Route) =>
  outOfService === undefined ? {} : { outOfService: { ...outOfService, at: isoInstant(outOfService.at) } };

const stoodOf = ({ stood }: Route) =>
  stood === undefined
    ? {}
    : { stood: stood.map((time) => ({ ...time, at: isoInstant(time.at), until: isoInstant(time.until) })) };

const withoutInstants = ({ outOfService: _out, stood: _stood, ...route }: Route) => route;

const closureOf = ({ until, ...closure }: NonNullable<Plan['closures']>[number]) => ({
  ...closure,
  ...(until !== undefined && { until: isoInstant(until) }),
});

export const planAnswerOf = ({ excluded, closures, ...plan }: Plan): PlanAnswer => ({
  ...plan,
  ...(excluded && { excluded: excluded.map((bin) => ({ ...bin, at: isoInstant(bin.at) })) }),
  ...(closures && { closures: closures.map(closureOf) }),
  requestedAt: isoInstant(plan.requestedAt),
  finishedAt: isoInstant(plan.finishedAt),
  routes: plan.routes.map((each) => ({
    ...withoutInstants(each),
    ...stoppedOf(each),
    ...stoodOf(each),
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
