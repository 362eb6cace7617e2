import { binSchema, type City, depotSchema, type Position, vehicleSchema } from '../../shared/city/entities.ts';
import { type Random, randomOf } from '../forecast/random.ts';
import type { SimulatedCity, Source } from './city.ts';

/**
 * A city of Groningen's size, after the published case (Wouda, Aerts-Veenstra & van Foreest 2024, arXiv 2409.13386): 1,120
 * underground containers in 850 clusters that are emptied whole, one depot, four trucks without a bound on their load, day
 * shifts, deposits of 30 to 65 litres, three minutes a container. Where the clusters stand and how fast each fills is not
 * published: places are drawn around the municipality's districts and villages, rates from a log-normal distribution whose sum
 * is the published one (250 clusters a day at 48.9 % = 122 cluster loads a day; 153.1 at 79.9 % are the same).
 */
const LOADS_A_DAY = 250 * 0.489;
/**
 * Clusters fill nearly alike: their paper's policy finds them 79.9 % full with 99.9 % in time, which no policy could if many of
 * them filled within a day or two.
 */
const RATE_SPREAD = 0.2;

/** Clusters by their number of containers: 850 with 1,120. */
const SIZES = [
  { containers: 1, count: 640 },
  { containers: 2, count: 160 },
  { containers: 3, count: 40 },
  { containers: 4, count: 10 },
] as const;

/**
 * Chosen in simulation so that 99.9 % of collections come in time, as the paper chose the weight of its prizes. The share of late
 * collections is far smaller: few bins wait at the limit.
 */
const NIGHTLY_RISK = 0.05;

const CONTAINER_LITRES = 5_000;
const DEPOSIT_LITRES = (30 + 65) / 2;
const MINUTES_A_CONTAINER = 3;

type District = { readonly position: Position; readonly share: number; readonly spreadMetres: number };

const district = (latitude: number, longitude: number, share: number, spreadMetres: number): District => ({
  position: { latitude, longitude },
  share,
  spreadMetres,
});

/** The inner city and its ring, the outer districts, and the villages of the municipality; shares of the clusters. */
const DISTRICTS: readonly District[] = [
  district(53.2175, 6.566, 0.27, 1_100),
  district(53.232, 6.545, 0.12, 900),
  district(53.2, 6.55, 0.11, 900),
  district(53.247, 6.59, 0.11, 800),
  district(53.223, 6.605, 0.09, 900),
  district(53.213, 6.51, 0.08, 800),
  district(53.173, 6.605, 0.1, 1_000),
  district(53.198, 6.64, 0.04, 1_000),
  district(53.277, 6.693, 0.05, 1_400),
  district(53.19, 6.71, 0.03, 1_500),
];

const city: City = {
  id: 'groningen-size',
  name: 'A city of Groningen’s size',
  timeZone: 'Europe/Amsterdam',
  centre: { latitude: 53.2194, longitude: 6.5665 },
  travel: { speedKmh: 26, detourFactor: 1.7 },
  densityKgPerLitre: { recyclable: 0.05, food: 0.4, other: 0.1 },
};

const depot = depotSchema.parse({
  id: 'depot',
  name: 'Depot',
  position: { latitude: 53.1976, longitude: 6.6128 },
});

const truck = (number: number) =>
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

const METRES_PER_DEGREE = 111_195;

const placeIn = ({ position, spreadMetres }: District, random: Random): Position => ({
  latitude: position.latitude + (random.normal() * spreadMetres) / METRES_PER_DEGREE,
  longitude:
    position.longitude +
    (random.normal() * spreadMetres) / METRES_PER_DEGREE / Math.cos((position.latitude * Math.PI) / 180),
});

const districtAt = (dice: number): District => {
  let sum = 0;
  return (
    DISTRICTS.find(({ share }) => {
      sum += share;
      return dice < sum;
    }) ?? (DISTRICTS[0] as District)
  );
};

export const groningen = (seed: number): SimulatedCity => {
  const random = randomOf(seed * 7_919 + 17);
  const bins = SIZES.flatMap(({ containers, count }) => Array.from({ length: count }, () => containers)).map(
    (containers, index) => {
      const where = districtAt(random.uniform());
      return binSchema.parse({
        id: `c${String(index).padStart(4, '0')}`,
        name: `Cluster ${index}, ${containers} containers`,
        position: placeIn(where, random),
        ward: `district-${DISTRICTS.indexOf(where)}`,
        stream: 'other',
        container: { depthMm: 2_500, blindZoneMm: 0, capacityLitres: containers * CONTAINER_LITRES },
        serviceLevel: 1,
        service: { overflowProbability: NIGHTLY_RISK },
        serviceSeconds: containers * MINUTES_A_CONTAINER * 60,
      });
    },
  );
  const raw = bins.map(() => Math.exp(RATE_SPREAD * random.normal()));
  const sum = raw.reduce((total, rate) => total + rate, 0);
  const sources = bins.map(
    ({ container }, index): Source => ({
      perDay: ((raw[index] as number) / sum) * LOADS_A_DAY,
      bag: DEPOSIT_LITRES / container.capacityLitres,
    }),
  );
  return {
    name: 'groningen',
    city,
    fleet: { vehicles: [1, 2, 3, 4].map(truck), depots: [depot], disposalSites: [] },
    bins,
    sources,
    dayVariation: 0,
    firstDay: '2026-04-06',
    planTime: '06:30',
    selected: 250,
  };
};
