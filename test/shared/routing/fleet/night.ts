import type {
  Bin,
  City,
  Crew,
  Depot,
  DisposalSite,
  SpecialDay,
  Vehicle,
  Zone,
} from '../../../../shared/city/entities.ts';
import { crewSchema, depotSchema, disposalSiteSchema, zoneSchema } from '../../../../shared/city/entities.ts';
import { buildProblem, type Fleet } from '../../../../shared/routing/build-problem.ts';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import type { Solution } from '../../../../shared/routing/solution.ts';
import { solve } from '../../../../shared/routing/solver/solve.ts';
import { greatCircleTravelTimes } from '../../../../shared/routing/travel/great-circle.ts';
import { aBin, aTruck, city } from '../../../support/small-city.ts';

/** A Sunday. Shifts are by day here, so that hours read as they are: 05:00 to 15:00. */
export const DATE = '2026-11-22';
export const HOUR = 3_600;
export const dayTruck = (id: string, more: Partial<Vehicle> = {}): Vehicle =>
  aTruck(id, { shift: { from: '05:00', to: '15:00' }, costPerKmVnd: 10_000, ...more });

export const depot: Depot = depotSchema.parse({
  id: 'depot-1',
  name: 'Depot',
  position: { latitude: 10.99, longitude: 106.64 },
});
export const landfill: DisposalSite = disposalSiteSchema.parse({
  id: 'landfill',
  name: 'Landfill',
  position: { latitude: 11.02, longitude: 106.62 },
  unloadSeconds: 600,
});
export const inTown = aBin('town', { position: { latitude: 10.98, longitude: 106.65 }, serviceSeconds: 600 });
export const outOfTown = aBin('out', { position: { latitude: 10.93, longitude: 106.7 }, serviceSeconds: 600 });

/** Two kilometres around the bin in town. */
export const innerCity = (bans: Zone['bans'], more: Partial<Zone> = {}): Zone =>
  zoneSchema.parse({
    id: 'inner',
    name: 'Nội ô',
    area: {
      type: 'Polygon',
      coordinates: [
        [
          [106.64, 10.97],
          [106.66, 10.97],
          [106.66, 10.9899],
          [106.64, 10.9899],
          [106.64, 10.97],
        ],
      ],
    },
    bans,
    ...more,
  });

export const aCrew = (id: string, vehicleId: string, more: Partial<Crew> = {}): Crew =>
  crewSchema.parse({ id, name: id, vehicleId, members: [{ name: 'Lan', licences: ['C'] }], ...more });

export type Night = {
  readonly bins?: readonly Bin[];
  readonly fleet?: Partial<Fleet>;
  readonly city?: Partial<City>;
  readonly date?: string;
  readonly iterations?: number;
};

export type Outcome = { readonly problem: CollectionProblem; readonly solution: Solution };

/** Plans a day and has the independent checker look at the answer. */
export const plan = async ({
  bins = [inTown],
  fleet,
  city: more,
  date = DATE,
  iterations = 60,
}: Night): Promise<Outcome> => {
  const of = { ...city, ...more };
  const problem = await buildProblem({
    city: of,
    serviceDate: date,
    notBefore: 0,
    bins: bins.map((bin) => ({ bin, expectedFraction: 0.9 })),
    fleet: { vehicles: [dayTruck('t1')], depots: [depot], disposalSites: [landfill], ...fleet },
    travelTimes: greatCircleTravelTimes(of.travel),
  });
  if (problem === undefined) throw new Error('no truck drives');
  const solution = solve(problem, { seed: 1, iterations });
  const { faults } = checkSolution(problem, solution);
  if (faults.length > 0) throw new Error(faults.join('; '));
  return { problem, solution };
};

/** Who serves a bin and from when to when, in hours since midnight; `undefined` where nobody does. */
export const serviceOf = ({ solution }: Outcome, binId: string) => {
  for (const { vehicleId, visits } of solution.routes) {
    const visit = visits.find((each) => each.kind === 'stop' && each.stopId === binId);
    if (visit !== undefined)
      return {
        vehicleId,
        from: visit.serviceStartsAt / HOUR,
        to: visit.departsAt / HOUR,
        arrives: visit.arrivesAt / HOUR,
      };
  }
  return undefined;
};

export const reasonOf = ({ solution }: Outcome, binId: string): string | undefined =>
  solution.unserved.find(({ stopId }) => stopId === binId)?.reason;
export type { SpecialDay };
