import type { PlanLife } from '../lifecycle/plan-life.ts';
import type { PlanState, PlanSummary } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';
import type { PlanStanding, PublicPlanState } from './plan-event.ts';

const DAY_MS = 86_400_000;
/** Plans are made for a month ahead at most; what was asked for before is over. */
const LOOKED_BACK_MS = 33 * DAY_MS;
/** Nothing happens to a day's plan later than this. */
const SERVED_MS = 4 * DAY_MS;
const PAGE = 100;

const publicState: Readonly<Record<PlanState, PublicPlanState | undefined>> = {
  draft: undefined,
  published: 'published',
  'in-progress': 'in-progress',
  closed: 'closed',
  superseded: 'withdrawn',
  discarded: 'withdrawn',
};

/** When the plan came to stand as it does: its last act; acts are few. */
const sinceOf = ({ log, publishedAt = 0 }: PlanLife): number => log.at(-1)?.at ?? publishedAt;

const standingOf = (
  summary: Extract<PlanSummary, { readonly status: 'planned' }>,
  life: PlanLife,
): PlanStanding | undefined => {
  const { planId, serviceDate } = summary;
  const state = publicState[life.state];
  // A draft that was thrown away was never anybody's business.
  if (state === undefined || life.publishedVersion === undefined) return undefined;
  return { planId, serviceDate, version: life.publishedVersion, state, since: sinceOf(life) };
};

/** How all plans of the last weeks stand that were ever published, as others may know them. */
export const planStandings = async (
  plans: Pick<PlanStore, 'list' | 'life'>,
  at: number,
): Promise<readonly PlanStanding[]> => {
  const standings: PlanStanding[] = [];
  const oldest = new Date(at - SERVED_MS).toISOString().slice(0, 10);
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const summary of page.plans) {
      if (summary.status !== 'planned' || summary.publishedVersion === undefined) continue;
      if (summary.serviceDate < oldest) continue;
      const life = await plans.life(summary.planId);
      const standing = life && standingOf(summary, life);
      if (standing !== undefined) standings.push(standing);
    }
    const last = page.plans.at(-1);
    cursor = last === undefined || last.requestedAt < at - LOOKED_BACK_MS ? undefined : page.nextCursor;
  } while (cursor !== undefined);
  return standings;
};
