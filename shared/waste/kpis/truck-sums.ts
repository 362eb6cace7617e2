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
/** Crews run early and late; what fell within this of the route belongs to it. */
const LATE_MS = 3 * HOUR_MS;
const EARLY_MS = HOUR_MS;

const binsOf = (route: PlanRoute): readonly string[] =>
  route.stops.flatMap(({ kind, id }) => (kind === 'bin' && id !== undefined ? [id] : []));

const byCrews = (bins: readonly string[], words: ReadonlyMap<string, CrewReport>): TruckSums['adherence'] => ({
  told: 'crews',
  stops: bins.length,
  done: bins.filter((id) => words.get(id)?.outcome === 'collected').length,
});

/** Stops whose levels nobody saw are left out: no data is neither done nor undone. */
const bySensors = (route: PlanRoute, emptiedAt: PlannedDay['emptiedAt']): TruckSums['adherence'] => {
  const seen = binsOf(route).filter((id) => emptiedAt.has(id));
  if (seen.length === 0) return null;
  const [from, to] = [route.startsAt - EARLY_MS, route.endsAt + LATE_MS];
  const done = seen.filter((id) => emptiedAt.get(id)?.some((at) => at >= from && at <= to));
  return { told: 'sensors', stops: seen.length, done: done.length };
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
        adherence: reports.length > 0 ? byCrews(binsOf(route), words) : bySensors(route, emptiedAt),
      };
    });
};
