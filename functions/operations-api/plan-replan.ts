import * as z from 'zod';
import { planRequestSchema } from '../../events/plan-request.ts';
import type { DayEvent } from '../../events/replan-order.ts';
import { json } from '../../shared/lambda/answer.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import { openHead } from '../../shared/routing/lifecycle/change-plan.ts';
import type { ReplanRecord } from '../../shared/routing/lifecycle/plan-life.ts';
import { recordReplan } from '../../shared/routing/lifecycle/replan-plan.ts';
import { takeOverflowReport } from '../../shared/waste/overflow/take-report.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';
import { lifeAnswer, lifeAnswerOf, refusal } from './plan-change-answers.ts';
import { expectedVersion, PLANNING_GROUPS, whySchema } from './plan-life.ts';
import { planParameters } from './plans.ts';
import { eventOf, eventSchema, requireWhatIsOver } from './replan-events.ts';

/**
 * Bins said to overflow stay due beyond this day, whatever becomes of the re-plan. One that cannot be reported (not registered, seen too long
 * ago) the re-plan itself speaks of.
 */
const keepReports = async (
  parts: OperationsParts,
  events: readonly DayEvent[],
  { planId, replanId, by, at }: { planId: string; replanId: string; by: string; at: number },
): Promise<void> => {
  for (const event of events) {
    if (event.kind !== 'overflow') continue;
    const { binId, at: seenAt = at } = event;
    const told = {
      reportId: `${replanId}.${binId}`,
      binId,
      channel: 'dispatcher',
      reportedBy: by,
      planId,
      seenAt,
    } as const;
    const taken = await takeOverflowReport(parts, told, at);
    if (taken.status === 'refused') logger.warn('An overflow of a re-plan is no report', { ...taken, binId, planId });
  }
};

const enqueue = async (
  parts: OperationsParts,
  planId: string,
  record: ReplanRecord,
  request: z.infer<typeof planRequestSchema>,
): Promise<void> => {
  try {
    await parts.planQueue.send(request);
  } catch (error) {
    logger.error('A re-plan could not be queued', { error, planId });
    const said = 'The request could not be queued';
    const reasonVi = 'Không chuyển được yêu cầu cho bộ lập kế hoạch';
    await recordReplan(parts.plans, planId, { ...record, status: 'failed', reason: said, reasonVi });
    throw new ProblemError({ status: 503, detail: `${said}. Try again shortly.`, headers: { 'retry-after': '5' } });
  }
};

export const replanPlanDay = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/plans/{planId}/replan',
    operationId: 'replanPlan',
    summary: 'Asks for the rest of the day to be planned anew',
    description:
      'From where the trucks are by now: what crews reported is done, what is locked stays. Answers at once; what came of it is the plan’s next version, named in `replans`, and has to be published.',
    pathParameters: planParameters,
    body: z.strictObject({
      expectedVersion,
      events: z.array(eventSchema).max(50).default([]),
      why: whySchema,
      solveSeconds: planRequestSchema.shape.solveSeconds,
    }),
    responses: { 202: { description: 'Where the plan stands', content: { 'application/json': lifeAnswer } } },
    handle: async ({ path: { planId }, body, event }) => {
      const by = actingOfficer(event, parts.officerWithoutToken, 'change plans', PLANNING_GROUPS);
      const at = parts.clock();
      const opened = await openHead(parts, planId, body.expectedVersion);
      if (!opened.ok) throw refusal(opened);
      requireWhatIsOver(opened.head, body.events);
      const { serviceDate, trigger } = opened.head.plan;
      const replanId = `replan-${parts.newSuffix()}`;
      const record: ReplanRecord = { replanId, requestedAt: at, by, status: 'requested' };
      if (!(await recordReplan(parts.plans, planId, record))) throw refusal({ code: 'contended' });
      const events = body.events.map((each) => eventOf(each, at));
      await keepReports(parts, events, { planId, replanId, by, at });
      await enqueue(parts, planId, record, {
        planId,
        serviceDate,
        trigger,
        requestedAt: at,
        ...(body.solveSeconds !== undefined && { solveSeconds: body.solveSeconds }),
        replan: {
          replanId,
          expectedVersion: body.expectedVersion,
          by,
          ...(body.why !== undefined && { why: body.why }),
          events,
        },
      });
      const life = await parts.plans.life(planId);
      if (life === undefined) throw refusal({ code: 'not-found' });
      const location = `${event.rawPath.replace(/\/replan\/?$/, '')}/versions`;
      return json(lifeAnswer, lifeAnswerOf(life), { status: 202, headers: { location } });
    },
  });
