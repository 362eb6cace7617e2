import type { Plan, PlanSummary } from './plan.ts';

/** Where plans live. A port. */
export type PlanStore = {
  /** Records the request. Answers false, changing nothing, when the plan id is already known. */
  readonly request: (summary: Extract<PlanSummary, { status: 'requested' }>) => Promise<boolean>;
  /** Stores the whole plan, then its summary, so that a summary that says `planned` always has its plan. Idempotent. */
  readonly complete: (plan: Plan) => Promise<void>;
  readonly fail: (summary: Extract<PlanSummary, { status: 'failed' }>) => Promise<void>;
  readonly summary: (planId: string) => Promise<PlanSummary | undefined>;
  readonly get: (planId: string) => Promise<Plan | undefined>;
  /** Newest request first. */
  readonly list: (page: { limit: number; cursor?: string }) => Promise<{
    readonly plans: readonly PlanSummary[];
    readonly nextCursor?: string;
  }>;
};
