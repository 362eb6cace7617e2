import type { Bin, City, Depot, DisposalSite, Position, Sensor, Vehicle } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';

/** What a plan needs besides bins. */
export type Surroundings = {
  readonly city: City;
  readonly depots: readonly Depot[];
  readonly disposalSites: readonly DisposalSite[];
  readonly vehicles: readonly Vehicle[];
};

export type SurroundingsOptions = {
  readonly cityId: string;
  readonly cityName: string;
  readonly timeZone: string;
  readonly trucks: number;
  /** Absent = in the middle of the bins. */
  readonly depot?: Position;
  /** Absent = ten kilometres north of the middle. */
  readonly disposalSite?: Position;
};

const TEN_KILOMETRES_IN_DEGREES = 0.09;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** The middle that one far-off bin does not move. */
const middleOf = (bins: readonly Bin[]): Position => ({
  latitude: median(bins.map(({ position }) => position.latitude)),
  longitude: median(bins.map(({ position }) => position.longitude)),
});

/**
 * An assumed city around imported bins: its profile, a depot, a disposal site and trucks, so that a plan can be made before
 * anyone has typed in the real ones. Every assumed place is marked as approximate.
 */
export const assumedSurroundings = (bins: readonly Bin[], options: SurroundingsOptions): Surroundings => {
  const { cityId, cityName, timeZone, trucks } = options;
  const centre = middleOf(bins);
  const north = { latitude: centre.latitude + TEN_KILOMETRES_IN_DEGREES, longitude: centre.longitude };
  return {
    city: {
      id: cityId,
      name: cityName,
      timeZone,
      centre,
      travel: { speedKmh: 28, detourFactor: 1.35 },
      densityKgPerLitre: { recyclable: 0.08, food: 0.35, other: 0.2 },
    },
    depots: [
      { id: 'depot-1', name: `${cityName}: depot`, position: options.depot ?? centre, positionApproximate: true },
    ],
    disposalSites: [
      {
        id: 'disposal-1',
        name: `${cityName}: disposal site`,
        position: options.disposalSite ?? north,
        positionApproximate: true,
        unloadSeconds: 1_200,
        streams: ['recyclable', 'food', 'other'],
      },
    ],
    vehicles: Array.from({ length: trucks }, (_, index) => truck(index + 1)),
  };
};

const truck = (number: number): Vehicle => ({
  id: `truck-${number}`,
  name: `Truck ${number}`,
  type: 'crane truck 16 m³',
  depotId: 'depot-1',
  capacityLitres: 48_000,
  capacityKg: 8_500,
  shift: { from: '20:00', to: '04:00' },
  streams: ['recyclable', 'food', 'other'],
  fixedCostVnd: 900_000,
  costPerKmVnd: 11_000,
  costPerHourVnd: 180_000,
  status: 'available',
});

/**
 * Adds of the surroundings what the registry has none of, and answers what it added, in words. The profile of a city without bins
 * is a placeholder, and is replaced.
 */
export const addMissing = async (registry: Registry, surroundings: Surroundings): Promise<readonly string[]> => {
  const added: string[] = [];
  if ((await registry.list('bin')).length === 0) {
    await registry.put('city', surroundings.city);
    added.push(`city ${surroundings.city.id}`);
  }
  const depots = await registry.list('depot');
  if (depots.length === 0) {
    await registry.putMany('depot', surroundings.depots);
    added.push(`${surroundings.depots.length} depot`);
  }
  if ((await registry.list('disposal-site')).length === 0) {
    await registry.putMany('disposal-site', surroundings.disposalSites);
    added.push(`${surroundings.disposalSites.length} disposal site`);
  }
  if ((await registry.list('vehicle')).length === 0) {
    // Trucks start from a depot that exists, assumed or not.
    const depotId = depots[0]?.id ?? surroundings.depots[0]?.id ?? 'depot-1';
    await registry.putMany(
      'vehicle',
      surroundings.vehicles.map((vehicle) => ({ ...vehicle, depotId })),
    );
    added.push(`${surroundings.vehicles.length} trucks`);
  }
  return added;
};

/** A level sensor for each bin, of the same id: a bin and a sensor are told apart by their kind. */
export const sensorsFor = (bins: readonly Bin[], intervalSeconds: number): readonly Sensor[] =>
  bins.map(({ id }) => ({
    id,
    kind: 'bin',
    siteId: id,
    intervalSeconds,
    status: 'active',
  }));
