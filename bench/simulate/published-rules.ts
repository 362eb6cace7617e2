import { binSchema, type City, type Depot, type Position, vehicleSchema } from '../../shared/city/entities.ts';
import type { Random } from '../forecast/random.ts';
import type { SimulatedCity, Source } from './city.ts';

/**
 * The rules of the published case (Wouda, Aerts-Veenstra & van Foreest 2024, arXiv 2409.13386): underground containers in clusters
 * that are emptied whole, one depot, trucks without a bound on their load that need not empty on the way, day shifts, deposits of
 * 30 to 65 litres, three minutes a container, 250 of 850 clusters a day at 48.9 % (122 cluster loads a day; 153.1 at 79.9 % are the
 * same). How fast each cluster fills is not published: rates are drawn from a log-normal distribution with the published sum.
 */
const PUBLISHED = { clusters: 850, loadsADay: 250 * 0.489 };
/** Mean fill at the collection under the published rule of selecting so many a day. */
const FILL_WHEN_SELECTED = 0.489;
/**
 * Clusters fill nearly alike: their paper's policy finds them 79.9 % full with 99.9 % in time, which no policy could if many of
 * them filled within a day or two.
 */
const RATE_SPREAD = 0.2;

/**
 * Chosen in simulation so that 99.9 % of collections come in time, as the paper chose the weight of its prizes. The share of late
 * collections is far smaller: few bins wait at the limit.
 */
const NIGHTLY_RISK = 0.04;

const CONTAINER_LITRES = 5_000;
const DEPOSIT_LITRES = (30 + 65) / 2;
const MINUTES_A_CONTAINER = 3;

export type Cluster = {
  readonly id: string;
  readonly containers: number;
  readonly position: Position;
  readonly ward?: string | undefined;
};

const truck = (number: number, depot: Depot) =>
  vehicleSchema.parse({
    id: `truck-${number}`,
    name: `Truck ${number}`,
    type: 'crane truck',
    depotId: depot.id,
    capacityLitres: 1e7,
    capacityKg: 1e7,
    // 07:00 to 15:30 less the two breaks of 45 minutes together.
    shift: { from: '07:00', to: '14:45' },
    // Crews are paid for the shift: what a plan can save is kilometres and whole trucks. In thousands.
    fixedCostVnd: 0,
    costPerKmVnd: 1_000,
    costPerHourVnd: 0,
  });

type Place = {
  readonly name: string;
  readonly city: City;
  readonly depot: Depot;
  readonly trucks: number;
  readonly clusters: readonly Cluster[];
};

/** Any city's clusters under the published rules. Rates are drawn from `random`, one a cluster in their order. */
export const byPublishedRules = ({ name, city, depot, trucks, clusters }: Place, random: Random): SimulatedCity => {
  const bins = clusters.map(({ id, containers, position, ward }) =>
    binSchema.parse({
      id,
      name: `Cluster ${id}, ${containers} containers`,
      position,
      ...(ward !== undefined && { ward }),
      stream: 'other',
      container: { depthMm: 2_500, blindZoneMm: 0, capacityLitres: containers * CONTAINER_LITRES },
      serviceLevel: 1,
      service: { overflowProbability: NIGHTLY_RISK },
      serviceSeconds: containers * MINUTES_A_CONTAINER * 60,
    }),
  );
  const raw = bins.map(() => Math.exp(RATE_SPREAD * random.normal()));
  const sum = raw.reduce((total, rate) => total + rate, 0);
  const loadsADay = (PUBLISHED.loadsADay * bins.length) / PUBLISHED.clusters;
  const sources = bins.map(
    ({ container }, index): Source => ({
      perDay: ((raw[index] as number) / sum) * loadsADay,
      bag: DEPOSIT_LITRES / container.capacityLitres,
    }),
  );
  return {
    name,
    city,
    fleet: {
      vehicles: Array.from({ length: trucks }, (_, index) => truck(index + 1, depot)),
      depots: [depot],
      disposalSites: [],
    },
    bins,
    sources,
    dayVariation: 0,
    firstDay: '2026-04-06',
    planTime: '06:30',
    selected: Math.round(loadsADay / FILL_WHEN_SELECTED),
  };
};
