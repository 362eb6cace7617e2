import { movePlan } from '../../shared/routing/lifecycle/change-plan.ts';
import { publishPlan } from '../../shared/routing/lifecycle/current-plan.ts';
import { close, start } from '../../shared/routing/lifecycle/plan-life.ts';
import type { Plan } from '../../shared/routing/plan.ts';
import type { PlanStore } from '../../shared/routing/plan-store.ts';

const act = { by: 'test', at: 1 };

/** Stores a plan and publishes it: crews drive by it. */
export const driveBy = async (plans: PlanStore, plan: Plan): Promise<void> => {
  await plans.complete(plan);
  const outcome = await publishPlan({ plans }, { planId: plan.planId, expectedVersion: 1, act });
  if (!outcome.ok) throw new Error(outcome.reason);
};

/** The day is over. */
export const closeDay = async (plans: PlanStore, planId: string): Promise<void> => {
  for (const move of [start, close]) {
    const outcome = await movePlan({ plans }, { planId, expectedVersion: 1, act }, move);
    if (!outcome.ok) throw new Error(outcome.reason);
  }
};
