import { createHash } from 'node:crypto';
import { firstVersion, movedSummary, summaryOf } from '../../shared/routing/lifecycle/first-version.ts';
import type { Matrices } from '../../shared/routing/lifecycle/plan-basis.ts';
import { newLife, type PlanLife } from '../../shared/routing/lifecycle/plan-life.ts';
import { type PlanSummary, planSchema, planSummarySchema } from '../../shared/routing/plan.ts';
import type { PlanStore, StoredVersion } from '../../shared/routing/plan-store.ts';
import { withDrawnLines } from '../../shared/routing/route-lines.ts';
import { compareText, pageBehind } from './memory-stores.ts';

/** Plans in memory, every version kept. */
export const memoryPlans = (): PlanStore => {
  const summaries = new Map<string, PlanSummary>();
  const lives = new Map<string, PlanLife>();
  const stored = new Map<string, readonly StoredVersion[]>();
  const matrices = new Map<string, Matrices>();
  const drawn = new Map<string, readonly string[]>();
  const versionsOf = (planId: string): readonly StoredVersion[] =>
    (stored.get(planId) ?? []).map((each) => ({
      ...each,
      plan: withDrawnLines(each.plan, drawn.get(`${planId} ${each.version.version}`)),
    }));
  const moveTo = (life: PlanLife): boolean => {
    if (lives.get(life.planId)?.revision !== life.revision) return false;
    lives.set(life.planId, { ...life, revision: life.revision + 1 });
    return true;
  };
  return {
    request: async (summary) => {
      if (summaries.has(summary.planId)) return false;
      summaries.set(summary.planId, planSummarySchema.parse(summary));
      return true;
    },
    complete: async (given, basis) => {
      const plan = planSchema.parse(given);
      if (summaries.get(plan.planId)?.status === 'planned') return;
      const life = { ...newLife(plan.planId), revision: 1 };
      lives.set(plan.planId, life);
      stored.set(plan.planId, [{ version: firstVersion(plan), plan, ...(basis && { basis }) }]);
      summaries.set(plan.planId, summaryOf(plan, life));
    },
    fail: async (summary) => {
      if (summaries.get(summary.planId)?.status === 'planned') return;
      summaries.set(summary.planId, planSummarySchema.parse(summary));
    },
    summary: async (planId) => summaries.get(planId),
    get: async (planId) => versionsOf(planId).at(-1)?.plan,
    list: async ({ limit, cursor }) => {
      const newestFirst = [...summaries.values()].sort(
        (a, b) => b.requestedAt - a.requestedAt || compareText(b.planId, a.planId),
      );
      const { page, nextCursor } = pageBehind(newestFirst, ({ planId }) => planId, limit, cursor);
      return { plans: page, ...nextCursor };
    },
    life: async (planId) => lives.get(planId),
    versions: async (planId) => versionsOf(planId).map(({ version }) => version),
    version: async (planId, wanted) => versionsOf(planId).find(({ version }) => version.version === wanted),
    append: async (life, next) => {
      if (!moveTo(life)) return false;
      stored.set(life.planId, [...(stored.get(life.planId) ?? []), structuredClone(next)]);
      summaries.set(life.planId, summaryOf(next.plan, life));
      return true;
    },
    move: async (life) => {
      if (!moveTo(life)) return false;
      const summary = summaries.get(life.planId);
      if (summary !== undefined) summaries.set(life.planId, movedSummary(summary, life));
      return true;
    },
    keepLines: async (planId, version, lines) => {
      drawn.set(`${planId} ${version}`, lines);
    },
    keepMatrices: async (given) => {
      const name = createHash('sha256').update(JSON.stringify(given)).digest('hex').slice(0, 16);
      matrices.set(name, given);
      return name;
    },
    matrices: async (name) => matrices.get(name),
  };
};
