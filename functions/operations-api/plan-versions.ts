import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { diffPlans } from '../../shared/routing/lifecycle/diff-plans.ts';
import type { PlanStore, StoredVersion } from '../../shared/routing/plan-store.ts';
import type { OperationsParts } from './parts.ts';
import { planAnswer, planAnswerOf } from './plan-answers.ts';
import {
  diffAnswer,
  diffAnswerOf,
  lifeAnswer,
  lifeAnswerOf,
  versionAnswer,
  versionAnswerOf,
} from './plan-change-answers.ts';
import { planParameters } from './plans.ts';

const number = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'must be the number of a version')
  .transform(Number)
  .meta({ override: { type: 'integer', minimum: 1 } });

const versionsAnswer = z
  .object({ life: lifeAnswer, versions: z.array(versionAnswer) })
  .meta({ id: 'PlanVersions', description: 'Where a plan stands, and all of its versions, the newest first' });

const requireVersion = async (plans: PlanStore, planId: string, version: number): Promise<StoredVersion> => {
  const found = await plans.version(planId, version);
  if (found === undefined) throw notFound(`There is no version ${version} of a plan ${planId}`);
  return found;
};

export const listPlanVersions = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/versions',
    operationId: 'listPlanVersions',
    summary: 'Who changed a plan, when and why',
    pathParameters: planParameters,
    responses: { 200: { description: 'Its versions', content: { 'application/json': versionsAnswer } } },
    handle: async ({ path: { planId } }) => {
      const [life, versions] = await Promise.all([plans.life(planId), plans.versions(planId)]);
      if (life === undefined) throw notFound(`There is no plan ${planId} that is ready`);
      return json(versionsAnswer, {
        life: lifeAnswerOf(life),
        versions: versions.map(versionAnswerOf).toReversed(),
      });
    },
  });

export const getPlanVersion = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/versions/{version}',
    operationId: 'getPlanVersion',
    summary: 'A plan as one of its versions has it',
    pathParameters: planParameters.extend({ version: number }),
    responses: { 200: { description: 'The plan', content: { 'application/json': planAnswer } } },
    handle: async ({ path: { planId, version } }) => {
      const { plan } = await requireVersion(plans, planId, version);
      return json(planAnswer, { ...planAnswerOf(plan), version });
    },
  });

export const getPlanDiff = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/diff',
    operationId: 'getPlanDiff',
    summary: 'What changes from one version of a plan to another',
    pathParameters: planParameters,
    query: z.strictObject({
      from: number.meta({ description: 'A version' }),
      to: number.optional().meta({ description: 'Another; the newest when absent' }),
    }),
    responses: { 200: { description: 'The differences', content: { 'application/json': diffAnswer } } },
    handle: async ({ path: { planId }, query: { from, to } }) => {
      const life = await plans.life(planId);
      if (life === undefined) throw notFound(`There is no plan ${planId} that is ready`);
      const [before, after] = await Promise.all([
        requireVersion(plans, planId, from),
        requireVersion(plans, planId, to ?? life.version),
      ]);
      return json(diffAnswer, diffAnswerOf(diffPlans(before.plan, after.plan)));
    },
  });
