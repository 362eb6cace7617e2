import type { PlanRequest } from '../../../events/plan-request.ts';
import type { CrewReportStore } from '../crew/crew-report.ts';
import { type Planning, type PlanningOutcome, planCollections } from '../plan-collections.ts';
import { type ReplanOutcome, replanPlan } from './replan-plan.ts';

/** A day is planned anew while somebody waits at the radio. */
const REPLAN_SECONDS = 10;

/** Carries out a request of the plan queue: a new plan, or the rest of a day planned anew. */
export const planOrReplan = async (
  planning: Planning & { readonly crewReports?: Pick<CrewReportStore, 'ofPlan'> },
  request: PlanRequest,
): Promise<PlanningOutcome | ReplanOutcome> => {
  const { planId, replan, solveSeconds } = request;
  if (replan === undefined) return planCollections(planning, request);
  if (planId === undefined) throw new Error('A re-plan names its plan');
  const seconds = solveSeconds ?? Math.min(planning.solveSeconds, REPLAN_SECONDS);
  return replanPlan(planning, planId, replan, seconds * 1_000);
};
