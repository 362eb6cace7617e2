import type { PlanRequest } from '../../events/plan-request.ts';
import type { City } from '../city/entities.ts';
import { StoreUnavailableError } from '../telemetry/reading-store.ts';
import type { BasisSource } from '../waste/outlook/basis.ts';
import { buildPlan, emptySolution, type PickedBin } from './build-plan.ts';
import { type BinToCollect, buildProblem, type Fleet, UnplannableCityError } from './build-problem.ts';
import { publishPlan } from './lifecycle/current-plan.ts';
import { noDecisions, type PlanBasis, type WorkingBasis, withoutMatrices } from './lifecycle/plan-basis.ts';
import { type BinDemand, judgeBins, type PickSources } from './pick-bins.ts';
import type { Plan, PlanSummary } from './plan.ts';
import type { PlanStore } from './plan-store.ts';
import type { CollectionProblem } from './problem.ts';
import { withRouteLines } from './route-lines.ts';
import { nextServiceDate } from './service-date.ts';
import type { Solution } from './solution.ts';
import { greatCircleTravelTimes } from './travel/great-circle.ts';
import type { RouteLines, TravelTimes } from './travel/travel-times.ts';

export type Planning = PickSources & {
  readonly cityId: string;
  readonly plans: PlanStore;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  readonly solve: (
    problem: CollectionProblem,
    options: { readonly deadlineMs: number; readonly seed: number; readonly warmStart?: Solution },
  ) => Solution | Promise<Solution>;
  /** For requests that do not say. */
  readonly solveSeconds: number;
  /** Great-circle × detour from the city's profile when absent. */
  readonly travel?: (city: City) => TravelTimes;
};

/** A plan, and what it was made from where trucks go out. */
type Made = { readonly plan: Plan; readonly basis?: PlanBasis };

export type PlanningOutcome =
  | { readonly status: 'planned'; readonly plan: Plan }
  | { readonly status: 'failed'; readonly planId: string; readonly reason: string; readonly error?: unknown }
  /** The same request was finished before: a redelivery. */
  | { readonly status: 'already-finished'; readonly planId: string };

type Head = Extract<PlanSummary, { status: 'requested' }>;

/** Two machines that plan the same bins shall draw the same routes. */
const SEED = 1;

const readFleet = async ({ registry }: Planning): Promise<Fleet> => {
  const [vehicles, depots, disposalSites, crews, zones, specialDays] = await Promise.all([
    registry.list('vehicle'),
    registry.list('depot'),
    registry.list('disposal-site'),
    registry.list('crew'),
    registry.list('zone'),
    registry.list('special-day'),
  ]);
  return { vehicles, depots, disposalSites, crews, zones, specialDays };
};

const headOf = (request: PlanRequest, city: City, fleet: Fleet, now: number): Head => {
  const requestedAt = request.requestedAt ?? now;
  // The day that was next when the request was made: one that comes again hours later still means that night.
  const serviceDate = request.serviceDate ?? nextServiceDate(fleet.vehicles, city.timeZone, requestedAt);
  return {
    planId: request.planId ?? `plan-${serviceDate}-${request.trigger}`,
    serviceDate,
    trigger: request.trigger,
    requestedAt,
    ...(request.requestedBy !== undefined && { requestedBy: request.requestedBy }),
    status: 'requested',
  };
};

/** A bin for tonight's problem, with its words for the plan; none where it need not be collected, or nobody knows. */
export const toCollect = ({ bin, demand, savedMetres, emptyBefore }: BinDemand): (BinToCollect & PickedBin)[] => {
  if (demand.status !== 'due' && demand.status !== 'optional') return [];
  const { expectedFraction, reason, reasonVi } = demand;
  const urgency = demand.status === 'optional' ? { urgency: demand.urgency, savedMetres } : {};
  const known = {
    ...(emptyBefore !== undefined && { emptyBefore }),
    ...(demand.status === 'due' && demand.because === 'reported' && { overflows: true }),
  };
  return [{ bin, expectedFraction, words: { reason, reasonVi }, ...urgency, ...known }];
};

const forecastsOf = (judged: readonly BinDemand[]): NonNullable<Plan['forecasts']> => {
  const known = judged.filter(({ demand }) => demand.status !== 'no-data');
  const count = (wanted: BasisSource): number => known.filter(({ basis }) => basis?.source === wanted).length;
  return { ownHistory: count('own-history'), similarBins: count('similar-bins'), assumed: count('assumed') };
};

const noDataOf = (judged: readonly BinDemand[]): Plan['noData'] =>
  judged.flatMap(({ bin, demand }) =>
    demand.status === 'no-data' ? [{ binId: bin.id, name: bin.name, lastHeardAt: demand.lastHeardAt }] : [],
  );

/** Due bins that stay behind. One that could wait does so without a word. */
const unservedOf = (picked: readonly (BinToCollect & PickedBin)[], solution: Solution): Plan['unserved'] =>
  solution.unserved.flatMap(({ stopId, reason, reasonVi }) => {
    const entry = picked.find(({ bin }) => bin.id === stopId);
    return entry === undefined || entry.urgency !== undefined
      ? []
      : [{ binId: stopId, name: entry.bin.name, reason, reasonVi }];
  });

const noTruck = (picked: readonly (BinToCollect & PickedBin)[]): Solution => ({
  ...emptySolution,
  unserved: picked.map(({ bin }) => ({
    stopId: bin.id,
    reason: 'no truck is available in what is left of the shift',
    reasonVi: 'không có xe nào sẵn sàng trong thời gian còn lại của ca',
  })),
});

const makePlan = async (
  planning: Planning,
  request: PlanRequest,
  head: Head,
  city: City,
  fleet: Fleet,
): Promise<Made> => {
  const now = planning.clock();
  const judged = await judgeBins(planning, city, fleet, head.serviceDate, now);
  const picked = judged.flatMap(toCollect);
  const due = picked.some(({ urgency }) => urgency === undefined);
  let lines: RouteLines | undefined;
  const travelTimes: TravelTimes = async (places) => {
    const matrix = await (planning.travel?.(city) ?? greatCircleTravelTimes(city.travel))(places);
    lines = matrix.lines;
    return matrix;
  };
  const problem = due
    ? await buildProblem({ city, serviceDate: head.serviceDate, notBefore: now, bins: picked, fleet, travelTimes })
    : undefined;
  const deadlineMs = (request.solveSeconds ?? planning.solveSeconds) * 1_000;
  const withoutTrucks = due ? noTruck(picked) : emptySolution;
  const solution = problem === undefined ? withoutTrucks : await planning.solve(problem, { deadlineMs, seed: SEED });
  const { status: _requested, ...planHead } = head;
  const noData = noDataOf(judged);
  const plan = buildPlan(
    {
      head: { ...planHead, forecasts: forecastsOf(judged) },
      finishedAt: planning.clock(),
      city,
      fleet,
      picked,
      unserved: unservedOf(picked, solution),
      noData,
      travelSource: problem?.travelSource ?? 'none needed',
      seed: SEED,
    },
    solution,
  );
  return problem === undefined
    ? { plan: await withRouteLines(plan, lines) }
    : {
        plan: await withRouteLines(plan, lines),
        basis: await firstBasis(planning.plans, { problem, solution, city, fleet, picked, noData }),
      };
};

type Ingredients = Pick<WorkingBasis, 'problem' | 'solution' | 'city' | 'fleet' | 'picked' | 'noData'>;

/** What later changes of the plan are judged by. */
const firstBasis = async (plans: PlanStore, made: Ingredients): Promise<PlanBasis> => {
  const { distanceMetres, durationSeconds } = made.problem;
  const matrices = await plans.keepMatrices({ distanceMetres, durationSeconds });
  return withoutMatrices({ ...made, matrices, decisions: noDecisions, assumedDone: [], frozen: [] });
};

/** Where the city wants it, what the night made is what crews drive by, unless a dispatcher was there first. */
const publishAtOnce = async ({ plans, clock }: Planning, planId: string): Promise<void> => {
  const why = 'the city publishes nightly plans at once';
  await publishPlan({ plans }, { planId, expectedVersion: 1, act: { by: 'schedule', at: clock(), why } });
};

/** Planning that failed for good is recorded; a store that cannot answer now is the queue's to try again. */
const failPlan = async (planning: Planning, head: Head, error: unknown): Promise<PlanningOutcome> => {
  if (error instanceof StoreUnavailableError) throw error;
  const said = error instanceof Error ? error.message : String(error);
  const isCitys = error instanceof UnplannableCityError;
  const reason = isCitys ? said : `Planning broke down: ${said}`;
  const reasonVi = isCitys ? error.vi : `Bộ lập kế hoạch gặp lỗi: ${said}`;
  await planning.plans.fail({ ...head, status: 'failed', finishedAt: planning.clock(), reason, reasonVi });
  return { status: 'failed', planId: head.planId, reason, error };
};

/**
 * Makes and stores the plan that a request asks for: picks the bins that are due, solves their collection problem, and records
 * `requested` → `planned` or `failed`. Finished plans are left alone, so that a redelivery plans once. When no bin is due the
 * plan has no routes.
 * @throws StoreUnavailableError when a store cannot answer now: the same call may succeed later.
 * @throws UnplannableCityError when the city has no profile, so that not even the day of the plan is known.
 */
export const planCollections = async (planning: Planning, request: PlanRequest): Promise<PlanningOutcome> => {
  const city = await planning.registry.get('city', planning.cityId);
  if (city === undefined) {
    const vi = `Thành phố ${planning.cityId} chưa được đăng ký`;
    throw new UnplannableCityError(`The city ${planning.cityId} is not registered`, vi);
  }
  const fleet = await readFleet(planning);
  const head = headOf(request, city, fleet, planning.clock());
  const known = await planning.plans.summary(head.planId);
  const publishes = request.trigger === 'schedule' && city.publishPlansAtOnce === true;
  if (known !== undefined && known.status !== 'requested') {
    // It died between planning and publishing.
    if (publishes && known.status === 'planned' && known.state === 'draft' && known.version === 1)
      await publishAtOnce(planning, known.planId);
    return { status: 'already-finished', planId: head.planId };
  }
  await planning.plans.request(head);
  try {
    const { plan, basis } = await makePlan(planning, request, head, city, fleet);
    await planning.plans.complete(plan, basis);
    if (publishes) await publishAtOnce(planning, plan.planId);
    return { status: 'planned', plan };
  } catch (error) {
    return failPlan(planning, head, error);
  }
};
