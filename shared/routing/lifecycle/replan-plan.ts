import type { Bin, City, Vehicle } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import type { OpenOverflow } from '../../waste/policy/open-overflows.ts';
import { UnplannableCityError } from '../build-problem.ts';
import type { CrewReportStore } from '../crew/crew-report.ts';
import type { Plan } from '../plan.ts';
import type { PlanStore } from '../plan-store.ts';
import { withLinesAhead } from '../route-lines.ts';
import { greatCircleTravelTimes } from '../travel/great-circle.ts';
import type { TravelTimes } from '../travel/travel-times.ts';
import { appendOnto, midnightOf, nextVersion, openBasis, openHead } from './change-plan.ts';
import { diffPlans, type PlanDiff } from './diff-plans.ts';
import { linesFrom } from './draw-lines.ts';
import type { DayEvent, ReplanOrder } from './edit-schema.ts';
import { type WorkingBasis, withoutMatrices } from './plan-basis.ts';
import { headOf, planOf } from './plan-body.ts';
import { noteReplan, type PlanChange, type PlanLife, type Refusal, type ReplanRecord, refuse } from './plan-life.ts';
import { type ReplanContext, replanDay } from './replan-day.ts';
import { unheardOverflows } from './standing-overflows.ts';

export type Replanner = {
  readonly plans: PlanStore;
  readonly registry: Registry;
  readonly crewReports?: Pick<CrewReportStore, 'ofPlan'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  readonly solve: ReplanContext['solve'];
  /** Great-circle × detour from the city's profile when absent. */
  readonly travel?: (city: City) => TravelTimes;
  /** Bins that people report as overflowing and nobody emptied since; none when absent. */
  readonly overflowing?: (city: City, at: number) => Promise<readonly OpenOverflow[]>;
};

export type ReplanOutcome =
  | { readonly status: 'replanned'; readonly plan: Plan; readonly version: number; readonly diff: PlanDiff }
  | { readonly status: 'failed'; readonly planId: string; readonly reason: string; readonly error?: unknown }
  | { readonly status: 'already-finished'; readonly planId: string };

const ATTEMPTS = 6;
const SEED = 1;

/** Writes down what became of a re-plan, whoever writes the plan meanwhile. */
export const recordReplan = async (plans: PlanStore, planId: string, record: ReplanRecord): Promise<boolean> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const life = await plans.life(planId);
    if (life === undefined) return false;
    const known = life.replans.find(({ replanId }) => replanId === record.replanId);
    if (known !== undefined && known.status !== 'requested') return true;
    if (await plans.move(noteReplan(life, record))) return true;
  }
  return false;
};

const idsOf = (events: readonly DayEvent[]) => ({
  bins: events.flatMap((event) => (event.kind === 'overflow' ? event.binId : [])),
  vehicles: events.flatMap((event) =>
    event.kind === 'truck-joins' || event.kind === 'truck-back' ? event.vehicleId : [],
  ),
});

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

/** A basis whose matrices are kept under their own name again, where the ways are others. */
const keep = async (plans: PlanStore, basis: WorkingBasis, waysAreAnew: boolean) => {
  const { distanceMetres, durationSeconds } = basis.problem;
  const matrices = waysAreAnew ? await plans.keepMatrices({ distanceMetres, durationSeconds }) : basis.matrices;
  return withoutMatrices({ ...basis, matrices });
};

const isFinished = (life: PlanLife | undefined, replanId: string): boolean =>
  life?.replans.some((record) => record.replanId === replanId && record.status !== 'requested') ?? false;

type Attempt = ReplanOutcome | Refusal;

const attempt = async (
  replanner: Replanner,
  planId: string,
  order: ReplanOrder,
  deadlineMs: number,
): Promise<Attempt> => {
  const { plans, registry, clock } = replanner;
  const opened = await openHead(replanner, planId, order.expectedVersion);
  if (!opened.ok) return opened;
  const { head } = opened;
  const based = await openBasis(replanner, head.basis);
  if (!based.ok) return based;
  const at = clock();
  const { city } = based.basis;
  const standing = (await replanner.overflowing?.(city, at)) ?? [];
  const events = [...order.events, ...unheardOverflows(based.basis, order.events, standing)];
  const wanted = idsOf(events);
  const travelTimes: TravelTimes = replanner.travel?.(city) ?? greatCircleTravelTimes(city.travel);
  const [reports, bins, vehicles]: [ReplanContext['reports'], readonly Bin[], readonly Vehicle[]] = await Promise.all([
    replanner.crewReports?.ofPlan(planId) ?? [],
    registry.getMany('bin', wanted.bins),
    registry.getMany('vehicle', wanted.vehicles),
  ]);
  const replanned = await replanDay(based.basis, events, {
    serviceDate: head.plan.serviceDate,
    midnight: midnightOf(based.basis, head.plan),
    now: at,
    by: order.by,
    travelTimes,
    bins: byId(bins),
    vehicles: byId(vehicles),
    reports,
    deadlineMs,
    seed: SEED,
    solve: replanner.solve,
  });
  if (!replanned.ok) return replanned;
  const made = planOf(replanned.basis, headOf(head.plan), { at: clock(), seed: SEED });
  const lines = await linesFrom(travelTimes, replanned.basis.closedWays);
  const plan = await withLinesAhead(made, head.plan, lines, replanned.waysAreAnew);
  const basis = await keep(plans, replanned.basis, replanned.waysAreAnew);
  const { replanId, by, why } = order;
  const act = { at: plan.finishedAt, by, ...(why !== undefined && { why }) };
  const change: PlanChange = { kind: 'replan', replanId, events, notes: [...replanned.notes] };
  const next = nextVersion(head, { plan, basis }, act, change);
  const version = next.version.version;
  // The version and the word that the order is done are written as one, so that a redelivery finds both or neither.
  const appended = await appendOnto(plans, planId, next, (now) => {
    const requestedAt = now.replans.find((known) => known.replanId === replanId)?.requestedAt ?? at;
    return noteReplan(now, { replanId, requestedAt, by, status: 'done', version });
  });
  if (!appended.ok) return appended;
  return { status: 'replanned', plan, version, diff: diffPlans(head.plan, plan) };
};

/** What a dispatcher must mend in the registry is an answer; to try it again changes nothing. */
const unplannable = (error: unknown): Refusal => {
  if (error instanceof UnplannableCityError) return refuse('unplannable', error.message, error.vi);
  throw error;
};

/**
 * Plans the rest of a plan's day anew, as its next version, which somebody has to publish. An order is carried out once: a
 * redelivery finds it done. One that cannot be carried out is on record with the reason.
 */
export const replanPlan = async (
  replanner: Replanner,
  planId: string,
  order: ReplanOrder,
  deadlineMs: number,
): Promise<ReplanOutcome> => {
  const { plans, clock } = replanner;
  if (isFinished(await plans.life(planId), order.replanId)) return { status: 'already-finished', planId };
  const outcome = await attempt(replanner, planId, order, deadlineMs).catch(unplannable);
  if ('status' in outcome) return outcome;
  const { replanId, by } = order;
  // A re-plan that lost a race against itself is done.
  if (isFinished(await plans.life(planId), replanId)) return { status: 'already-finished', planId };
  const { reason, reasonVi } = outcome;
  await recordReplan(plans, planId, { replanId, requestedAt: clock(), by, status: 'failed', reason, reasonVi });
  return { status: 'failed', planId, reason };
};
