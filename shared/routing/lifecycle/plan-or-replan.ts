import type { PlanRequest } from '../../../events/plan-request.ts';
import { openOverflows } from '../../waste/policy/open-overflows.ts';
import type { CrewReportStore } from '../crew/crew-report.ts';
import { noBook } from '../pick-bins.ts';
import { type Planning, type PlanningOutcome, planCollections } from '../plan-collections.ts';
import { type DrawingOutcome, drawLines } from './draw-lines.ts';
import { type Replanner, type ReplanOutcome, replanPlan } from './replan-plan.ts';

export type PlanQueueOutcome = PlanningOutcome | ReplanOutcome | DrawingOutcome;

/** A day is planned anew while somebody waits at the radio. */
const REPLAN_SECONDS = 10;

/** Carries out a request of the plan queue: a new plan, the rest of a day planned anew, or lines that an edit left open. */
export const planOrReplan = async (
  planning: Planning & { readonly crewReports?: Pick<CrewReportStore, 'ofPlan'> },
  request: PlanRequest,
): Promise<PlanQueueOutcome> => {
  const { planId, replan, draw, solveSeconds } = request;
  if (draw !== undefined) {
    if (planId === undefined) throw new Error('Lines are drawn for a plan that is named');
    return drawLines(planning, planId, draw.version);
  }
  if (replan === undefined) return planCollections(planning, request);
  if (planId === undefined) throw new Error('A re-plan names its plan');
  const seconds = solveSeconds ?? Math.min(planning.solveSeconds, REPLAN_SECONDS);
  const sources = { ...planning, outlookBook: planning.outlookBook ?? noBook };
  const overflowing: Replanner['overflowing'] = (city, at) => openOverflows(sources, city, at);
  return replanPlan({ ...planning, overflowing }, planId, replan, seconds * 1_000);
};
