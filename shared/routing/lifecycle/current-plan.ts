import { localDate } from '../../city/calendar.ts';
import type { Plan, PlanSummary } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';
import { daysAfter } from '../service-date.ts';
import { movePlan, type PlanDesk } from './change-plan.ts';
import { type LifeOutcome, type PlanAct, publish, refuse, supersede } from './plan-life.ts';

type Planned = Extract<PlanSummary, { readonly status: 'planned' }>;

const PAGE = 50;
/** Nobody plans further ahead than this. */
const DAYS_AHEAD = 40;

/** The plans of a day that were published, in no order. */
const publishedOf = async (plans: PlanStore, serviceDate: string): Promise<readonly Planned[]> => {
  const oldest = Date.parse(`${daysAfter(serviceDate, -DAYS_AHEAD)}T00:00:00Z`);
  const found: Planned[] = [];
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const summary of page.plans)
      if (summary.status === 'planned' && summary.serviceDate === serviceDate && summary.publishedVersion !== undefined)
        found.push(summary);
    cursor = (page.plans.at(-1)?.requestedAt ?? 0) < oldest ? undefined : page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

const rank = { 'in-progress': 0, published: 1, closed: 2 } as const;

/**
 * Of a day's plans the one that crews drive by: the one in progress, else the one published last, else the one that was closed. A plan
 * from before plans had versions counts as published: nobody could publish it.
 */
export const drivenOf = (summaries: readonly Planned[]): Planned | undefined =>
  summaries
    .flatMap((summary) => {
      const { state = 'published' } = summary;
      const wasPublished = summary.publishedVersion !== undefined || summary.state === undefined;
      return wasPublished && (state === 'in-progress' || state === 'published' || state === 'closed')
        ? [{ summary, rank: rank[state] }]
        : [];
    })
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (b.summary.publishedAt ?? 0) - (a.summary.publishedAt ?? 0) ||
        b.summary.requestedAt - a.summary.requestedAt,
    )[0]?.summary;

/** The version of a plan that crews drive by. */
export const drivenVersion = async (
  plans: Pick<PlanStore, 'get' | 'version'>,
  { planId, version, publishedVersion }: Planned,
): Promise<Plan | undefined> =>
  publishedVersion === undefined || publishedVersion === version
    ? plans.get(planId)
    : (await plans.version(planId, publishedVersion))?.plan;

/** What crews drive by on a city-local day (`drivenOf`). `undefined` while nothing was published for the day. */
export const currentPlan = async (plans: PlanStore, serviceDate: string): Promise<Plan | undefined> => {
  const chosen = drivenOf(await publishedOf(plans, serviceDate));
  return chosen && drivenVersion(plans, chosen);
};

/**
 * What crews drive by at an instant (UTC epoch milliseconds): the plan in progress of yesterday's, today's or tomorrow's service date; else
 * the first published one whose routes are not over; else the last that was. `undefined` while nothing was published for these days.
 */
export const currentPlanAt = async (plans: PlanStore, timeZone: string, at: number): Promise<Plan | undefined> => {
  const today = localDate(timeZone, at);
  const days = await Promise.all(
    [-1, 0, 1].map(async (days) => drivenOf(await publishedOf(plans, daysAfter(today, days)))),
  );
  const driven = days.flatMap((summary) => summary ?? []);
  const underWay = driven.find(({ state }) => state === 'in-progress');
  if (underWay !== undefined) return drivenVersion(plans, underWay);
  let last: Plan | undefined;
  for (const summary of driven) {
    const plan = await drivenVersion(plans, summary);
    if (plan === undefined) continue;
    last = plan;
    if (summary.state !== 'closed' && plan.routes.some(({ endsAt }) => endsAt > at)) return plan;
  }
  return last;
};

/**
 * Publishes the newest version of a plan; another plan of the day that was published gives way to it. One that is already being driven
 * does not: trucks cannot be in two plans. A crash in between leaves two published plans, of which the later one counts, and the
 * next publication of the day tidies up.
 */
export const publishPlan = async (
  desk: PlanDesk,
  asked: { readonly planId: string; readonly expectedVersion: number; readonly act: PlanAct },
): Promise<LifeOutcome> => {
  const summary = await desk.plans.summary(asked.planId);
  const others = (summary === undefined ? [] : await publishedOf(desk.plans, summary.serviceDate)).filter(
    ({ planId }) => planId !== asked.planId,
  );
  const driven = others.find(({ state }) => state === 'in-progress');
  if (driven !== undefined)
    return refuse(
      'day-under-way',
      `Plan ${driven.planId} of that day is in progress: re-plan it instead`,
      `Kế hoạch ${driven.planId} của ngày đó đang thực hiện: hãy lập lại kế hoạch đó`,
    );
  const outcome = await movePlan(desk, asked, publish);
  if (!outcome.ok) return outcome;
  for (const { planId, state } of others) {
    const life = state === 'published' ? await desk.plans.life(planId) : undefined;
    const why = `${asked.planId} was published`;
    const moved = life && supersede(life, { by: asked.act.by, at: asked.act.at, why });
    // Whoever moved it on meanwhile knows better.
    if (moved?.ok) await desk.plans.move(moved.life);
  }
  return outcome;
};
