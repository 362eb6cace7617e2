import type { CollectionProblem, ProblemDisposal, ProblemStop, ProblemVehicle } from '../../shared/routing/problem.ts';
import { type Place, positionOf, randomOf, scatterPlaces, travelBetween } from './city-map.ts';

/**
 * The city that our own figures are measured on: a Vietnamese city's night (or day) with underground containers and wheeled bins,
 * three kinds of trucks, two depots, three disposal sites, rush hours, a break for every crew. All of it follows from the seed.
 */
export type CitySettings = {
  readonly bins: number;
  /** One for each 80 bins when absent: about two full loads each. */
  readonly trucks?: number;
  readonly seed: number;
  readonly shift: 'night' | 'day';
};

const HOUR = 3_600;
const clock = (hour: number, minute = 0): number => hour * HOUR + minute * 60;

type Span = [number, number];

type Hours = {
  readonly shift: Span;
  readonly crewBreak: Span;
  /** When trucks may work where traffic or markets keep them out at other times. */
  readonly centre: readonly Span[];
  readonly market: readonly Span[];
  readonly transferStation: readonly Span[];
  readonly incinerator: readonly Span[];
};

/** Seconds since the service day's midnight; a night passes 24:00. */
const hours: Readonly<Record<CitySettings['shift'], Hours>> = {
  night: {
    shift: [clock(19), clock(26, 30)],
    crewBreak: [clock(21, 45), clock(23, 45)],
    centre: [
      [clock(19), clock(19, 45)],
      [clock(21), clock(28)],
    ],
    market: [
      [clock(19), clock(21)],
      [clock(23, 30), clock(27)],
    ],
    transferStation: [
      [clock(19), clock(23)],
      [clock(24), clock(29)],
    ],
    incinerator: [[clock(20), clock(29)]],
  },
  day: {
    shift: [clock(5), clock(12, 30)],
    crewBreak: [clock(7, 45), clock(9, 45)],
    centre: [
      [clock(5), clock(6, 30)],
      [clock(8, 30), clock(14)],
    ],
    market: [
      [clock(5), clock(7)],
      [clock(10), clock(14)],
    ],
    transferStation: [
      [clock(5), clock(9)],
      [clock(10), clock(15)],
    ],
    incinerator: [[clock(6), clock(15)]],
  },
};

const vehicleKinds = [
  {
    share: 0.4,
    id: 'large',
    capacity: { litres: 12_000, kg: 5_400 },
    compactionRatio: 3,
    fixedCost: 95,
    costPerMetre: 0.0015,
    costPerSecond: 0.004,
    lifts: ['comb'],
    zones: ['centre', 'outer'],
  },
  {
    share: 0.4,
    id: 'medium',
    capacity: { litres: 8_000, kg: 3_700 },
    compactionRatio: 3,
    fixedCost: 70,
    costPerMetre: 0.0011,
    costPerSecond: 0.0038,
    lifts: ['comb'],
    zones: ['centre', 'old-quarter', 'outer'],
  },
  {
    share: 0.2,
    id: 'crane',
    capacity: { litres: 8_000, kg: 3_200 },
    compactionRatio: 2.5,
    fixedCost: 85,
    costPerMetre: 0.0012,
    costPerSecond: 0.0042,
    lifts: ['comb', 'crane'],
    zones: ['centre', 'old-quarter', 'outer'],
  },
] as const;

/** Counts by share that add up, each kind at least once. */
const countsOf = (trucks: number): number[] => {
  const large = Math.max(1, Math.round(trucks * vehicleKinds[0].share));
  const crane = Math.max(1, Math.round(trucks * vehicleKinds[2].share));
  return [large, Math.max(1, trucks - large - crane), crane];
};

const vehiclesOf = (trucks: number, shift: CitySettings['shift'], depots: readonly number[]): ProblemVehicle[] => {
  const counts = countsOf(trucks);
  return vehicleKinds.map(({ share: _share, lifts, zones, ...kind }, index) => {
    const depot = depots[index % depots.length] ?? 0;
    return {
      ...kind,
      type: kind.id,
      count: counts[index] ?? 1,
      startLocation: depot,
      endLocation: depot,
      shift: [...hours[shift].shift],
      breaks: [{ window: [...hours[shift].crewBreak], seconds: 30 * 60 }],
      lifts: [...lifts],
      zones: [...zones],
    };
  });
};

const sitesOf = (shift: CitySettings['shift'], locations: readonly number[]): ProblemDisposal[] => {
  const { transferStation, incinerator } = hours[shift];
  const [transfer = 0, plant = 0, landfill = 0] = locations;
  return [
    {
      id: 'transfer-station',
      location: transfer,
      windows: transferStation.map((span): Span => [...span]),
      unloadSeconds: 15 * 60,
      costPerVisit: 6,
      costPerKg: 0.002,
    },
    {
      id: 'incinerator',
      location: plant,
      windows: incinerator.map((span): Span => [...span]),
      unloadSeconds: 20 * 60,
      costPerVisit: 2,
      costPerKg: 0.001,
    },
    { id: 'landfill', location: landfill, unloadSeconds: 12 * 60, costPerVisit: 0 },
  ];
};

/** Litres of a container and what share of the bins are such. */
const containers = [
  { share: 0.25, litres: 240, lift: 'comb', seconds: 45 },
  { share: 0.5, litres: 660, lift: 'comb', seconds: 65 },
  { share: 0.22, litres: 1_100, lift: 'comb', seconds: 85 },
  { share: 0.03, litres: 3_000, lift: 'crane', seconds: 300 },
] as const;

const containerAt = (throwOfDice: number) => {
  let sum = 0;
  return (
    containers.find(({ share }) => {
      sum += share;
      return throwOfDice < sum;
    }) ?? containers[0]
  );
};

const zoneOf = ({ east, north }: Place): string => {
  const fromCentre = Math.abs(east) + Math.abs(north);
  if (fromCentre < 1_100) return 'old-quarter';
  return fromCentre < 3_200 ? 'centre' : 'outer';
};

const stopAt = (place: Place, location: number, shift: CitySettings['shift'], random: () => number): ProblemStop => {
  const container = containerAt(random());
  const litres = Math.round(container.litres * (0.65 + 0.35 * random()));
  const atMarket = random() < 0.08;
  return {
    id: place.id,
    location,
    load: { litres, kg: Math.round(litres * (0.1 + 0.08 * random())) },
    serviceSeconds: container.seconds + Math.round(random() * 20),
    zone: zoneOf(place),
    stream: 'household',
    lift: container.lift,
    ...(atMarket && { windows: hours[shift].market.map((span): Span => [...span]) }),
  };
};

/** The city as a problem; two depots and three sites are locations 0 to 4. */
export const generateCity = ({ bins, trucks, seed, shift }: CitySettings): CollectionProblem => {
  const random = randomOf(seed);
  const radius = 50 * Math.sqrt(bins) + 3_500;
  const at = (id: string, east: number, north: number): Place => ({
    id,
    east: Math.round(east * radius),
    north: Math.round(north * radius),
    metresIn: 60,
    metresOut: 60,
  });
  const facilities = [
    at('depot-west', -0.6, 0.15),
    at('depot-south', 0.25, -0.55),
    at('transfer-station', 0.45, 0.3),
    at('incinerator', -0.75, -0.5),
    at('landfill', 0.5, 1.3),
  ];
  const places = [...facilities, ...scatterPlaces(bins, radius, random)];
  const { metres, seconds } = travelBetween(places);
  return {
    name: `city-${bins}-${shift}-${seed}`,
    locations: places.map((place) => ({ id: place.id, ...positionOf(place) })),
    distanceMetres: metres,
    durationSeconds: seconds,
    travelSource: 'generated: Manhattan with one-way streets, 16 to 32 km/h',
    vehicles: vehiclesOf(trucks ?? Math.max(3, Math.round(bins / 80)), shift, [0, 1]),
    stops: places
      .slice(facilities.length)
      .map((place, index) => stopAt(place, facilities.length + index, shift, random)),
    disposalSites: sitesOf(shift, [2, 3, 4]),
    zones: [
      { id: 'centre', windows: hours[shift].centre.map((span): Span => [...span]) },
      { id: 'old-quarter', windows: hours[shift].centre.map((span): Span => [...span]) },
      { id: 'outer' },
    ],
  };
};
