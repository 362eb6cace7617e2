import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { movePlan } from '../../shared/routing/lifecycle/change-plan.ts';
import { publishPlan } from '../../shared/routing/lifecycle/current-plan.ts';
import { close, discard, type PlanLife, start } from '../../shared/routing/lifecycle/plan-life.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';
import { lifeAnswer, lifeAnswerOf, refusal } from './plan-change-answers.ts';
import { planParameters } from './plans.ts';

/** Who makes, changes and publishes plans. */
export const PLANNING_GROUPS = ['dispatcher', 'officer', 'admin'];

export const expectedVersion = z.int().positive().meta({
  description: 'The version that was looked at: 409 when somebody has made another meanwhile',
});
export const whySchema = z.string().trim().min(1).max(500).optional();

const body = z.strictObject({ expectedVersion, why: whySchema }).meta({ id: 'PlanMove' });
const responses = { 200: { description: 'Where the plan stands now', content: { 'application/json': lifeAnswer } } };

/** 200 with the life, or the refusal as a problem. */
const answerOf = (
  outcome:
    | { readonly ok: true; readonly life: PlanLife }
    | { readonly ok: false; readonly code: string; readonly reason: string; readonly reasonVi: string },
) => {
  if (!outcome.ok) throw refusal(outcome);
  return json(lifeAnswer, lifeAnswerOf(outcome.life));
};

const moving =
  (name: 'start' | 'close' | 'discard', summary: string, transition: typeof start) =>
  (parts: OperationsParts): Operation =>
    operation({
      method: 'POST',
      path: `/plans/{planId}/${name}`,
      operationId: `${name}Plan`,
      summary,
      pathParameters: planParameters,
      body,
      responses,
      handle: async ({ path: { planId }, body: asked, event }) => {
        const by = actingOfficer(event, parts.officerWithoutToken, 'change plans', PLANNING_GROUPS);
        const act = { by, at: parts.clock(), ...(asked.why !== undefined && { why: asked.why }) };
        return answerOf(await movePlan(parts, { planId, expectedVersion: asked.expectedVersion, act }, transition));
      },
    });

export const publishPlanVersion = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/plans/{planId}/publish',
    operationId: 'publishPlan',
    summary: 'Makes the newest version what crews drive by',
    description: 'Another plan of the day that was published, and is not driven yet, is superseded.',
    pathParameters: planParameters,
    body,
    responses,
    handle: async ({ path: { planId }, body: asked, event }) => {
      const by = actingOfficer(event, parts.officerWithoutToken, 'publish plans', PLANNING_GROUPS);
      const act = { by, at: parts.clock(), ...(asked.why !== undefined && { why: asked.why }) };
      return answerOf(await publishPlan(parts, { planId, expectedVersion: asked.expectedVersion, act }));
    },
  });

export const startPlan = moving('start', 'Trucks are on the road', start);
export const closePlan = moving('close', 'The day is over: nothing about the plan changes any more', close);
export const discardPlan = moving('discard', 'Nobody will drive this draft', discard);
