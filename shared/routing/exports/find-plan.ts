import type { Plan } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';

const PAGE = 50;

/** The newest plan that is ready. */
const latestPlan = async (plans: Pick<PlanStore, 'get' | 'list'>): Promise<Plan | undefined> => {
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const { planId, status } of page.plans) {
      const plan = status === 'planned' ? await plans.get(planId) : undefined;
      if (plan !== undefined) return plan;
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return undefined;
};

/** A plan with its routes by its id, or the newest that is ready by `latest`; `undefined` where there is none. */
export const findPlan = (plans: Pick<PlanStore, 'get' | 'list'>, planId: string): Promise<Plan | undefined> =>
  planId === 'latest' ? latestPlan(plans) : plans.get(planId);
