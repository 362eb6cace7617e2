import * as z from 'zod';
import { planRequestSchema } from '../../events/plan-request.ts';
import { localDate } from '../../shared/city/calendar.ts';
import { json } from '../../shared/lambda/answer.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest, ProblemError } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import type { PlanSummary } from '../../shared/routing/plan.ts';
import { daysAfter, nextServiceDate } from '../../shared/routing/service-date.ts';
import type { OperationsParts } from './parts.ts';
import { planSummaryAnswer, summaryAnswerOf } from './plan-answers.ts';

const DAYS_AHEAD = 31;

const orderSchema = z
  .strictObject({
    serviceDate: planRequestSchema.shape.serviceDate.meta({
      description: 'City-local day whose shifts are planned; the next shift’s when absent',
    }),
    solveSeconds: planRequestSchema.shape.solveSeconds.meta({
      description: 'How long the optimizer may search, 0.1 to 300 seconds',
    }),
  })
  .prefault({})
  .meta({ id: 'PlanOrder' });

type Order = z.infer<typeof orderSchema>;
type Requested = Extract<PlanSummary, { status: 'requested' }>;

const serviceDateOf = async (parts: OperationsParts, { serviceDate }: Order, at: number): Promise<string> => {
  const { timeZone } = await requireCity(parts);
  if (serviceDate === undefined) return nextServiceDate(await parts.registry.list('vehicle'), timeZone, at);
  const today = localDate(timeZone, at);
  // After midnight a night shift still belongs to yesterday.
  const [first, last] = [daysAfter(today, -1), daysAfter(today, DAYS_AHEAD)];
  if (serviceDate < first || serviceDate > last) {
    const message = `must lie between ${first} and ${last}`;
    throw invalidRequest([{ in: 'body', field: 'serviceDate', pointer: '/serviceDate', message }]);
  }
  return serviceDate;
};

/** Eight digits do not collide within a day's few plans; a second draw costs nothing all the same. */
const recordRequest = async (parts: OperationsParts, serviceDate: string, at: number): Promise<Requested> => {
  for (;;) {
    const planId = `plan-${serviceDate}-${parts.newSuffix()}`;
    const summary: Requested = { planId, serviceDate, trigger: 'dispatcher', requestedAt: at, status: 'requested' };
    if (await parts.plans.request(summary)) return summary;
  }
};

/** A request that cannot be queued is marked failed at once, so that nobody waits for it. */
const enqueue = async (parts: OperationsParts, summary: Requested, { solveSeconds }: Order): Promise<void> => {
  const { status: _status, ...request } = summary;
  try {
    await parts.planQueue.send({ ...request, ...(solveSeconds === undefined ? {} : { solveSeconds }) });
  } catch (error) {
    logger.error('A plan request could not be queued', { error, planId: summary.planId });
    const reason = 'The request could not be queued';
    const reasonVi = 'Không chuyển được yêu cầu cho bộ lập kế hoạch';
    await parts.plans.fail({ ...summary, status: 'failed', finishedAt: parts.clock(), reason, reasonVi });
    throw new ProblemError({ status: 503, detail: `${reason}. Try again shortly.`, headers: { 'retry-after': '5' } });
  }
};

export const requestPlan = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/plans',
    operationId: 'requestPlan',
    summary: 'Ask for a collection plan',
    description: 'Answers at once; the plan itself is at the Location when its status says `planned`.',
    body: orderSchema,
    responses: {
      202: { description: 'The plan, as requested', content: { 'application/json': planSummaryAnswer } },
    },
    handle: async ({ body, event }) => {
      const at = parts.clock();
      const summary = await recordRequest(parts, await serviceDateOf(parts, body, at), at);
      await enqueue(parts, summary, body);
      const location = `${event.rawPath.replace(/\/$/, '')}/${summary.planId}`;
      return json(planSummaryAnswer, summaryAnswerOf(summary), { status: 202, headers: { location } });
    },
  });
