import * as z from 'zod';
import { type HttpAnswer, json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { cursorParameter, isoInstant, limitParameter } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { planToGeoJson } from '../../shared/routing/geojson.ts';
import type { Plan, PlanSummary } from '../../shared/routing/plan.ts';
import type { PlanStore } from '../../shared/routing/plan-store.ts';
import type { OperationsParts } from './parts.ts';
import {
  type PlanAnswer,
  planAnswer,
  planAnswerOf,
  planOrSummaryAnswer,
  planSummaryAnswer,
  summaryAnswerOf,
} from './plan-answers.ts';

const GEO_JSON = 'application/geo+json';
const LATEST_PAGE = 50;

const plansAnswer = z
  .object({ plans: z.array(planSummaryAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'Plans' });

const featureCollection = z
  .looseObject({
    type: z.literal('FeatureCollection'),
    features: z.array(z.looseObject({ type: z.literal('Feature') })),
  })
  .meta({ id: 'PlanFeatures', description: 'GeoJSON (RFC 7946): a line per route, a point per stop' });

export const planParameters = z.object({ planId: z.string().min(1).max(80) });
const formatQuery = z.strictObject({
  format: z.enum(['json', 'geojson'], 'must be json or geojson').optional(),
});

export const listPlans = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans',
    operationId: 'listPlans',
    summary: 'Plans, the newest request first',
    query: z.strictObject({ limit: limitParameter(200, 20), cursor: cursorParameter }),
    responses: { 200: { description: 'Their summaries', content: { 'application/json': plansAnswer } } },
    handle: async ({ query: { limit, cursor } }) => {
      const page = await plans.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      return json(plansAnswer, {
        plans: page.plans.map(summaryAnswerOf),
        ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
      });
    },
  });

/** @throws ProblemError 404 while no plan is ready. */
const latestPlan = async (plans: PlanStore): Promise<Plan> => {
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: LATEST_PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const summary of page.plans) {
      if (summary.status !== 'planned' || summary.state === 'discarded') continue;
      const plan = await plans.get(summary.planId);
      if (plan !== undefined) return plan;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  throw notFound('No plan is ready yet');
};

/** @throws ProblemError 404 */
const planOrSummary = async (plans: PlanStore, planId: string): Promise<Plan | PlanSummary> => {
  const plan = await plans.get(planId);
  if (plan !== undefined) return plan;
  const summary = await plans.summary(planId);
  if (summary === undefined) throw notFound(`There is no plan ${planId}`);
  // It was finished between the two looks.
  return summary.status === 'planned' ? ((await plans.get(planId)) ?? summary) : summary;
};

const isPlan = (found: Plan | PlanSummary): found is Plan => 'routes' in found;

const asGeoJson = (found: Plan | PlanSummary): HttpAnswer => {
  if (!isPlan(found)) throw notFound(`The plan ${found.planId} has no routes: its status is ${found.status}`);
  return text(GEO_JSON, JSON.stringify(planToGeoJson(found)), { vary: 'Accept' });
};

/** A plan with where it stands. */
const standing = async (plans: PlanStore, plan: Plan): Promise<PlanAnswer> => {
  const life = await plans.life(plan.planId);
  if (life === undefined) return planAnswerOf(plan);
  const { state, version, publishedVersion, publishedAt } = life;
  return {
    ...planAnswerOf(plan),
    state,
    version,
    ...(publishedVersion !== undefined && { publishedVersion }),
    ...(publishedAt !== undefined && { publishedAt: isoInstant(publishedAt) }),
  };
};

const negotiated = async (
  plans: PlanStore,
  found: Plan | PlanSummary,
  asked: { readonly format?: 'json' | 'geojson' | undefined; readonly accept?: string | undefined },
): Promise<HttpAnswer> => {
  const format = negotiate(
    [
      { format: 'json', mediaType: 'application/json' },
      { format: 'geojson', mediaType: GEO_JSON },
    ],
    asked,
  );
  if (format === 'geojson') return asGeoJson(found);
  return json(planOrSummaryAnswer, isPlan(found) ? await standing(plans, found) : summaryAnswerOf(found), {
    headers: { vary: 'Accept' },
  });
};

export const getLatestPlan = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/latest',
    operationId: 'getLatestPlan',
    summary: 'The newest plan that is ready',
    query: formatQuery,
    responses: {
      200: { description: 'The plan', content: { 'application/json': planAnswer, [GEO_JSON]: featureCollection } },
    },
    handle: async ({ query: { format }, event }) =>
      negotiated(plans, await latestPlan(plans), { format, accept: event.headers.accept }),
  });

export const getPlan = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}',
    operationId: 'getPlan',
    summary: 'A plan; its summary while it is not ready',
    pathParameters: planParameters,
    query: formatQuery,
    responses: {
      200: {
        description: 'The plan or its summary',
        content: { 'application/json': planOrSummaryAnswer, [GEO_JSON]: featureCollection },
      },
    },
    handle: async ({ path: { planId }, query: { format }, event }) =>
      negotiated(plans, await planOrSummary(plans, planId), { format, accept: event.headers.accept }),
  });

const geoJsonResponses = { 200: { description: 'GeoJSON', content: { [GEO_JSON]: featureCollection } } };

export const getLatestPlanGeoJson = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/latest/geojson',
    operationId: 'getLatestPlanGeoJson',
    summary: 'The newest plan that is ready, for a map',
    responses: geoJsonResponses,
    handle: async () => asGeoJson(await latestPlan(plans)),
  });

export const getPlanGeoJson = ({ plans }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/geojson',
    operationId: 'getPlanGeoJson',
    summary: 'A plan for a map',
    pathParameters: planParameters,
    responses: geoJsonResponses,
    handle: async ({ path: { planId } }) => asGeoJson(await planOrSummary(plans, planId)),
  });
