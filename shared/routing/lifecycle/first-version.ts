import type { Plan, PlanSummary } from '../plan.ts';
import type { PlanLife, PlanVersion } from './plan-life.ts';

/** The version that planning itself makes. */
export const firstVersion = (plan: Plan): PlanVersion => ({
  version: 1,
  at: plan.finishedAt,
  by: plan.trigger === 'schedule' ? 'schedule' : (plan.requestedBy ?? 'dispatcher'),
  change: { kind: 'planned' },
  totals: plan.totals,
  unservedCount: plan.unserved.length,
  content: 1,
  redo: [],
});

const standingOf = ({ state, version, publishedVersion, publishedAt }: PlanLife) => ({
  state,
  version,
  ...(publishedVersion !== undefined && { publishedVersion }),
  ...(publishedAt !== undefined && { publishedAt }),
});

/** The line of a plan whose life moved on. */
export const movedSummary = (summary: PlanSummary, life: PlanLife): PlanSummary =>
  summary.status === 'planned' ? { ...summary, ...standingOf(life) } : summary;

/** A plan's line in the list: its newest version's figures, and where it stands. */
export const summaryOf = (plan: Plan, life: PlanLife): PlanSummary => {
  const { planId, serviceDate, trigger, requestedAt, requestedBy, finishedAt, totals, unserved, noData } = plan;
  return {
    planId,
    serviceDate,
    trigger,
    requestedAt,
    ...(requestedBy !== undefined && { requestedBy }),
    status: 'planned',
    finishedAt,
    totals,
    unservedCount: unserved.length,
    noDataCount: noData.length,
    ...standingOf(life),
  };
};
