import { type RouteChanges, type RouteStop, routeChanges } from '../../../../shared/routing/crew/route-changes.ts';
import type { City, ReportAnswer, RouteAnswer, TrucksAnswer } from './city.ts';

/** The plan as this phone last saw it. */
export type PlanSeen = {
  readonly trucks?: TrucksAnswer;
  /** Of the chosen truck. */
  readonly route?: RouteAnswer;
  /** What crews have reported of its plan, from whatever phone. */
  readonly reports: readonly ReportAnswer[];
  /** What changed since the crew last said that it knew. */
  readonly changes?: RouteChanges;
  /** The plan has no route for the truck any more. */
  readonly isWithoutRoute?: true;
  /** A plan of another day is ready while this one's work is not over. */
  readonly nextPlan?: Pick<TrucksAnswer, 'planId' | 'serviceDate'>;
  /** UTC epoch milliseconds of the city's last answer. */
  readonly seenAt: number;
};

/** A truck that is late still finishes its day before it is shown the next one's plan. */
const GRACE_MS = 3 * 3_600_000;

type Asked = {
  readonly vehicleId: string;
  readonly reported: ReadonlySet<string>;
  readonly now: number;
  /** The crew asked for the next day's plan. */
  readonly goOn?: boolean;
};

const isUnfinished = ({ route }: RouteAnswer, { reported, now }: Asked): boolean =>
  now < Date.parse(route.endsAt) + GRACE_MS &&
  route.stops.some(({ kind, id }) => kind === 'bin' && id !== undefined && !reported.has(id));

/** What the crew has not seen yet together with what is new: only what is still so. */
const together = (known: RouteChanges | undefined, found: RouteChanges | undefined, stops: readonly RouteStop[]) => {
  if (known === undefined || found === undefined) return found ?? known;
  const there = new Set(stops.map(({ id }) => id));
  const gone = new Set(found.removed.map(({ id }) => id));
  return {
    added: [...known.added.filter(({ id }) => !gone.has(id)), ...found.added],
    removed: [...known.removed.filter(({ id }) => !there.has(id)), ...found.removed],
    isReordered: known.isReordered || found.isReordered,
  };
};

/**
 * What the page shows when the city has answered: its answer, and what is different from what the page shows at that moment, which may
 * be more than when it asked. A plan of another day, or another truck's, is not compared.
 */
export const withChanges = (shown: PlanSeen | undefined, answer: PlanSeen, reported: ReadonlySet<string>): PlanSeen => {
  const [old, now] = [shown?.route, answer.route];
  if (old === undefined || now === undefined) return answer;
  if (old.serviceDate !== now.serviceDate || old.route.vehicleId !== now.route.vehicleId) return answer;
  const found = routeChanges(old.route.stops, now.route.stops, reported);
  const changes = together(shown?.changes, found, now.route.stops);
  return changes === undefined ? answer : { ...answer, changes };
};

/**
 * Asks the city for the truck's route. A plan that replaced another one of the same day is taken at once; one of another day only when
 * the work at hand is over or the crew asks for it.
 * @throws CityError when the city cannot be reached; then what was seen before stays.
 */
export const syncPlan = async (city: City, before: PlanSeen | undefined, asked: Asked): Promise<PlanSeen> => {
  const { vehicleId, now, goOn = false } = asked;
  const trucks = await city.trucks();
  const old = before?.route?.route.vehicleId === vehicleId ? before.route : undefined;
  // No plan at all is no reason to take from a crew the one that it works on.
  if (trucks === undefined) return before ?? { reports: [], seenAt: now };
  const stays = old !== undefined && old.serviceDate !== trucks.serviceDate && !goOn && isUnfinished(old, asked);
  const planId = stays ? old.planId : trucks.planId;
  const route = await city.route(planId, vehicleId);
  if (route === undefined) return { trucks, reports: [], isWithoutRoute: true, seenAt: now };
  return {
    trucks,
    route,
    reports: await city.reports(planId),
    ...(stays && { nextPlan: { planId: trucks.planId, serviceDate: trucks.serviceDate } }),
    seenAt: now,
  };
};
