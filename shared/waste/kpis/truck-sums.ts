import type { Vehicle } from '../../city/entities.ts';
import { type CrewReport, lastWords } from '../../routing/crew/crew-report.ts';
import type { Plan, PlanRoute } from '../../routing/plan.ts';
import type { TruckSums } from './kpi-day.ts';

/** A planned day and what became of it. */
export type PlannedDay = {
  readonly plan: Plan;
  /** Now: a route that is not over is in no sum. UTC epoch milliseconds. */
  readonly at: number;
  readonly vehicles: readonly Vehicle[];
  /** Of this plan; none where crews do not report. */
  readonly reports: readonly CrewReport[];
  /** When each bin was emptied, as its sensor saw it: the latest instants possible; bins of which nothing is known are not there. */
  readonly emptiedAt: ReadonlyMap<string, readonly number[]>;
};

const HOUR_MS = 3_600_000;
/** Crews run early and late; what was reported or fell within this of the route belongs to it. */
const LATE_MS = 3 * HOUR_MS;
const EARLY_MS = HOUR_MS;

/** A crew that reports within so much of the planned visit is on time. */
export const ON_TIME_MS = HOUR_MS / 2;

type Adherence = NonNullable<TruckSums['adherence']>;
type Stop = PlanRoute['stops'][number] & { readonly id: string };
type Told = Pick<PlannedDay, 'emptiedAt'> & { readonly words: ReadonlyMap<string, CrewReport> };

const binsOf = (route: PlanRoute): readonly Stop[] =>
  route.stops.flatMap((stop) => (stop.kind === 'bin' && stop.id !== undefined ? [{ ...stop, id: stop.id }] : []));

const isWithin = ({ startsAt, endsAt }: PlanRoute, at: number): boolean =>
  at >= startsAt - EARLY_MS && at <= endsAt + LATE_MS;

/** Whether a stop was done: by the crew's word, which tells what and when; where it has none, by the level. Undefined where nobody knows. */
const isDone = (route: PlanRoute, { id }: Stop, { words, emptiedAt }: Told): boolean | undefined => {
  const word = words.get(id);
  if (word !== undefined) return word.outcome === 'collected' && isWithin(route, word.at);
  return emptiedAt.get(id)?.some((at) => isWithin(route, at));
};

/** Its times are planned ones: what was done before a plan was made anew stands in it with the time it was done. */
const isTimed = (stop: Stop, { words }: Told): boolean =>
  stop.done === undefined && words.get(stop.id)?.outcome === 'collected';

const isOnTime = ({ id, arrivesAt, departsAt }: Stop, { words }: Told): boolean => {
  const at = words.get(id)?.at ?? Number.NaN;
  return at >= arrivesAt - ON_TIME_MS && at <= departsAt + ON_TIME_MS;
};

/**
 * How a route's stops went. Of a route whose crew reports, a stop that nobody told of was not done; of any other it is left out: no data
 * is neither done nor undone.
 */
const adherenceOf = (route: PlanRoute, told: Told): Adherence | null => {
  const stops = binsOf(route);
  const byCrews = stops.filter(({ id }) => told.words.has(id)).length;
  const outcomes = stops.flatMap((stop) => isDone(route, stop, told) ?? (byCrews > 0 ? [false] : []));
  if (outcomes.length === 0) return null;
  const timed = stops.filter((stop) => isTimed(stop, told));
  return {
    told: byCrews > 0 ? 'crews' : 'sensors',
    stops: outcomes.length,
    done: outcomes.filter(Boolean).length,
    byCrews,
    timed: timed.length,
    onTime: timed.filter((stop) => isOnTime(stop, told)).length,
  };
};

/** What the route costs by the registry's rates, as the optimizer reckons: the truck, its kilometres, its hours. */
const costOf = (
  { fixedCostVnd, costPerKmVnd, costPerHourVnd }: Vehicle,
  distanceMetres: number,
  workingSeconds: number,
): number | null =>
  fixedCostVnd + costPerKmVnd + costPerHourVnd === 0
    ? null
    : Math.round(fixedCostVnd + (costPerKmVnd * distanceMetres) / 1_000 + (costPerHourVnd * workingSeconds) / 3_600);

/** The day's sums of each truck whose route is over. Pure. */
export const truckSumsOf = ({ plan, at, vehicles, reports, emptiedAt }: PlannedDay): readonly TruckSums[] => {
  const words = lastWords(reports);
  return plan.routes
    .filter(({ endsAt }) => endsAt <= at)
    .map((route): TruckSums => {
      const vehicle = vehicles.find(({ id }) => id === route.vehicleId);
      const workingSeconds = Math.max(0, (route.endsAt - route.startsAt) / 1_000);
      const { distanceMetres } = route;
      const litres = vehicle?.fuelLitresPer100Km;
      return {
        vehicleId: route.vehicleId,
        vehicleName: route.vehicleName,
        planId: plan.planId,
        distanceMetres,
        workingSeconds,
        trips: route.trips,
        stops: route.bins,
        collectedLitres: route.collectedLitres,
        costVnd: vehicle === undefined ? null : costOf(vehicle, distanceMetres, workingSeconds),
        fuelLitres: litres === undefined ? null : (litres * distanceMetres) / 100_000,
        adherence: adherenceOf(route, { words, emptiedAt }),
      };
    });
};
