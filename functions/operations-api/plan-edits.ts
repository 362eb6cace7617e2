import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { type ChangeOutcome, editPlan, redoPlan, undoPlan } from '../../shared/routing/lifecycle/change-plan.ts';
import { planEditSchema } from '../../shared/routing/lifecycle/edit-schema.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';
import { breachAnswer, diffAnswer, diffAnswerOf, lifeAnswer, lifeAnswerOf, refusal } from './plan-change-answers.ts';
import { expectedVersion, PLANNING_GROUPS, whySchema } from './plan-life.ts';
import { planParameters } from './plans.ts';

const editAnswer = z
  .object({
    feasible: z.boolean(),
    dryRun: z.boolean(),
    /** Why not, by code; absent where it is feasible. */
    code: z.string().optional(),
    /** What would break, in words. */
    breaches: z.array(breachAnswer),
    diff: diffAnswer.optional(),
    life: lifeAnswer.optional(),
  })
  .meta({ id: 'PlanEditAnswer', description: 'What came, or would come, of a change' });

/** What nobody can answer a dispatcher's "what if" about: 404, 409 of a stale version, 503. */
const isNoAnswer = (code: string): boolean =>
  ['not-found', 'version-conflict', 'contended', 'wrong-state'].includes(code);

const answerOf = (outcome: ChangeOutcome, dryRun: boolean) => {
  if (outcome.ok) {
    const { diff, life } = outcome;
    const answer = { feasible: true, dryRun, breaches: [], diff: diffAnswerOf(diff) };
    return json(editAnswer, dryRun ? answer : { ...answer, life: lifeAnswerOf(life) });
  }
  if (!dryRun || isNoAnswer(outcome.code)) throw refusal(outcome);
  const breaches =
    'breaches' in outcome ? [...outcome.breaches] : [{ code: outcome.code, en: outcome.reason, vi: outcome.reasonVi }];
  return json(editAnswer, { feasible: false, dryRun, code: outcome.code, breaches });
};

/** Lines follow behind the answer: drawing them takes a city's roads, or a routing service, and no edit waits for those. */
const orderLines = async (parts: OperationsParts, outcome: ChangeOutcome): Promise<void> => {
  if (!outcome.ok || outcome.plan.linesToFollow === undefined) return;
  const { planId, serviceDate, trigger } = outcome.plan;
  try {
    await parts.planQueue.send({ planId, serviceDate, trigger, draw: { version: outcome.life.version } });
  } catch (error) {
    logger.error('Lines of an edit could not be ordered', { error, planId });
  }
};

const responses = { 200: { description: 'What came of it', content: { 'application/json': editAnswer } } };

export const editPlanVersion = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/plans/{planId}/edits',
    operationId: 'editPlan',
    summary: 'Changes one thing about a plan, as its next version',
    description:
      'Locks a bin to its truck or a route’s order, takes a bin out or in, moves it, withdraws a truck or takes it back. Judged by the problem that the plan was made from: 422 says what would break. With `dryRun=true` nothing is written, and what would break is in the answer.',
    pathParameters: planParameters,
    query: z.strictObject({ dryRun: z.enum(['true', 'false'], 'must be true or false').optional() }),
    body: z.strictObject({ expectedVersion, edit: planEditSchema, why: whySchema }),
    responses,
    handle: async ({ path: { planId }, query, body, event }) => {
      const by = actingOfficer(event, parts.officerWithoutToken, 'change plans', PLANNING_GROUPS);
      const act = { by, at: parts.clock(), ...(body.why !== undefined && { why: body.why }) };
      const dryRun = query.dryRun === 'true';
      const asked = { planId, expectedVersion: body.expectedVersion, act };
      const outcome = await editPlan(parts, asked, body.edit, { dryRun });
      if (!dryRun) await orderLines(parts, outcome);
      return answerOf(outcome, dryRun);
    },
  });

const bringingBack =
  (name: 'undo' | 'redo', summary: string, bringBack: typeof undoPlan) =>
  (parts: OperationsParts): Operation =>
    operation({
      method: 'POST',
      path: `/plans/{planId}/${name}`,
      operationId: `${name}PlanEdit`,
      summary,
      pathParameters: planParameters,
      body: z.strictObject({ expectedVersion, why: whySchema }),
      responses,
      handle: async ({ path: { planId }, body, event }) => {
        const by = actingOfficer(event, parts.officerWithoutToken, 'change plans', PLANNING_GROUPS);
        const act = { by, at: parts.clock(), ...(body.why !== undefined && { why: body.why }) };
        const outcome = await bringBack(parts, { planId, expectedVersion: body.expectedVersion, act });
        await orderLines(parts, outcome);
        return answerOf(outcome, false);
      },
    });

export const undoPlanEdit = bringingBack(
  'undo',
  'The content before the last change stands again, as a new version',
  undoPlan,
);
export const redoPlanEdit = bringingBack('redo', 'What was undone last stands again, as a new version', redoPlan);
