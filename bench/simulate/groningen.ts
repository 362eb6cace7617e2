import { type City, depotSchema, type Position } from '../../shared/city/entities.ts';
import { type Random, randomOf } from '../forecast/random.ts';
import type { SimulatedCity } from './city.ts';
import { byPublishedRules, type Cluster } from './published-rules.ts';

/**
 * A city of Groningen's size: 1,120 underground containers in 850 clusters and four trucks, as published. Where the clusters
 * stand is not published: places are drawn around the municipality's districts and villages.
 */
/** Clusters by their number of containers: 850 with 1,120. */
const SIZES = [
  { containers: 1, count: 640 },
  { containers: 2, count: 160 },
  { containers: 3, count: 40 },
  { containers: 4, count: 10 },
] as const;

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
  const clusters = SIZES.flatMap(({ containers, count }) => Array.from({ length: count }, () => containers)).map(
    (containers, index): Cluster => {
      const where = districtAt(random.uniform());
      return {
        id: `c${String(index).padStart(4, '0')}`,
        containers,
        position: placeIn(where, random),
        ward: `district-${DISTRICTS.indexOf(where)}`,
      };
    },
  );
  return byPublishedRules({ name: 'groningen', city, depot, trucks: 4, clusters }, random);
};
