import type { Matrices, PlanBasis } from './lifecycle/plan-basis.ts';
import type { PlanLife, PlanVersion } from './lifecycle/plan-life.ts';
import type { Plan, PlanSummary } from './plan.ts';

/** A version whole: who and why, the plan, and what it was made from (absent where no truck needed to go out, and in plans of old). */
export type StoredVersion = { readonly version: PlanVersion; readonly plan: Plan; readonly basis?: PlanBasis };

/** Where the versions of plans live. Nothing of them is ever overwritten; only where a plan stands (its life) moves on. */
export type PlanVersionStore = {
  /** Where a planned plan stands; `undefined` for one that is not planned. */
  readonly life: (planId: string) => Promise<PlanLife | undefined>;
  /** All versions, the oldest first. */
  readonly versions: (planId: string) => Promise<readonly PlanVersion[]>;
  readonly version: (planId: string, version: number) => Promise<StoredVersion | undefined>;
  /**
   * Adds the next version and moves the life on with it, both or neither. Answers false, changing nothing, when the life is not at
   * `life.revision` any more; the stored one has the next revision.
   */
  readonly append: (life: PlanLife, next: StoredVersion) => Promise<boolean>;
  /** Moves the life on alone, under the same condition. */
  readonly move: (life: PlanLife) => Promise<boolean>;
  /** Keeps lines that were drawn after a version was made, encoded; whoever reads the version's plan gets them with it. */
  readonly keepLines: (planId: string, version: number, lines: readonly string[]) => Promise<void>;
  /** Keeps matrices under a name made of their content. */
  readonly keepMatrices: (matrices: Matrices) => Promise<string>;
  /** `undefined` when they have expired: plans of long ago can be read, but not changed. */
  readonly matrices: (name: string) => Promise<Matrices | undefined>;
};

/** Where plans live. A port. */
export type PlanStore = PlanVersionStore & {
  /** Records the request. Answers false, changing nothing, when the plan id is already known. */
  readonly request: (summary: Extract<PlanSummary, { status: 'requested' }>) => Promise<boolean>;
  /**
   * Stores the whole plan as version 1, then its summary, so that a summary that says `planned` always has its plan. Idempotent.
   * Without a basis the plan can be published, but not changed.
   */
  readonly complete: (plan: Plan, basis?: PlanBasis) => Promise<void>;
  readonly fail: (summary: Extract<PlanSummary, { status: 'failed' }>) => Promise<void>;
  readonly summary: (planId: string) => Promise<PlanSummary | undefined>;
  /** Its newest version, published or not. */
  readonly get: (planId: string) => Promise<Plan | undefined>;
  /** Newest request first. */
  readonly list: (page: { limit: number; cursor?: string }) => Promise<{
    readonly plans: readonly PlanSummary[];
    readonly nextCursor?: string;
  }>;
};
