import { currentPlanAt, drivenVersion } from '../lifecycle/current-plan.ts';
import type { Plan } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';

const PAGE = 50;

/** The newest plan that is ready. */
const latestPlan = async (plans: PlanStore): Promise<Plan | undefined> => {
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const summary of page.plans) {
      if (summary.status !== 'planned' || summary.state === 'discarded') continue;
      const plan = await drivenVersion(plans, summary);
      if (plan !== undefined) return plan;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return undefined;
};

/** Now, and where: `current` depends on both. */
export type Asking = { readonly timeZone: string; readonly at: number };

/**
 * A plan to be taken along: by its id as it was published last (a draft as it stands), the one that crews drive by now (`current`), or
 * the newest that is ready (`latest`). `undefined` where there is none.
 */
export const findPlan = async (
  plans: PlanStore,
  planId: string,
  { timeZone, at }: Asking,
): Promise<Plan | undefined> => {
  if (planId === 'latest') return latestPlan(plans);
  if (planId === 'current') return currentPlanAt(plans, timeZone, at);
  const summary = await plans.summary(planId);
  return summary?.status === 'planned' ? drivenVersion(plans, summary) : undefined;
};
