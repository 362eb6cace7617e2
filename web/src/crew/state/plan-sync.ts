import { type RouteChanges, routeChanges } from '../../../../shared/routing/crew/route-changes.ts';
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

/** Changes that the crew has not seen yet stay beside new ones only where they still are: so the first state it saw is compared. */
const mergedChanges = (
  before: PlanSeen | undefined,
  route: RouteAnswer,
  reported: ReadonlySet<string>,
): RouteChanges | undefined => {
  const old = before?.route;
  if (old === undefined || old.serviceDate !== route.serviceDate) return undefined;
  if (old.route.vehicleId !== route.route.vehicleId) return undefined;
  const found = routeChanges(old.route.stops, route.route.stops, reported);
  const known = before?.changes;
  if (known === undefined || found === undefined) return found ?? known;
  const there = new Set(route.route.stops.map(({ id }) => id));
  const gone = new Set(found.removed.map(({ id }) => id));
  return {
    added: [...known.added.filter(({ id }) => !gone.has(id)), ...found.added],
    removed: [...known.removed.filter(({ id }) => !there.has(id)), ...found.removed],
    isReordered: known.isReordered || found.isReordered,
  };
};

/**
 * Asks the city for the truck's route and tells what is different from what this phone showed before. A plan that replaced another one of the
 * same day is taken at once; one of another day only when the work at hand is over or the crew asks for it.
 * @throws CityError when the city cannot be reached; then what was seen before stays.
 */
export const syncPlan = async (city: City, before: PlanSeen | undefined, asked: Asked): Promise<PlanSeen> => {
  const { vehicleId, now, reported, goOn = false } = asked;
  const trucks = await city.trucks();
  const old = before?.route?.route.vehicleId === vehicleId ? before.route : undefined;
  if (trucks === undefined) return { reports: [], seenAt: now };
  const stays = old !== undefined && old.serviceDate !== trucks.serviceDate && !goOn && isUnfinished(old, asked);
  const planId = stays ? old.planId : trucks.planId;
  const route = await city.route(planId, vehicleId);
  if (route === undefined) return { trucks, reports: [], isWithoutRoute: true, seenAt: now };
  const changes = mergedChanges(before, route, reported);
  return {
    trucks,
    route,
    reports: await city.reports(planId),
    ...(changes !== undefined && { changes }),
    ...(stays && { nextPlan: { planId: trucks.planId, serviceDate: trucks.serviceDate } }),
    seenAt: now,
  };
};
