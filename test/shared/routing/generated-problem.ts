import fc from 'fast-check';
import type { CollectionProblem } from '../../../shared/routing/problem.ts';
import { beginDays } from './generated-day-so-far.ts';
import { type FeatureName, featureNames, withoutFeatures } from './problem-features.ts';

/** Small collection problems with any mixture of what a problem can ask for. Whole numbers, so that times add up exactly. */

const hour = 3_600;
const streams = ['food', 'other', 'recyclable'] as const;
const streamPairs: readonly (readonly [string, string])[] = [
  ['food', 'other'],
  ['recyclable', 'other'],
  ['food', 'recyclable'],
];
const lifts = ['crane', 'side'];
const skills = ['hazard', 'keys'];
const zoneIds = ['zone-0', 'zone-1'];
const profileIds = ['profile-0', 'profile-1'];

/** The value in so many of ten cases. */
const inTen = <T>(cases: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - cases, arbitrary: fc.constant(undefined) }, { weight: cases, arbitrary: value });

/** All of them in half of the cases, so that not every other stop is out of reach. */
const mostOf = (items: readonly string[]): fc.Arbitrary<string[]> =>
  fc.oneof(fc.constant<string[]>([...items]), fc.subarray<string>([...items]));

const window = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .map(([from, hours]): [number, number] => [from * hour, (from + hours) * hour]);

const windows = fc.array(window, { minLength: 1, maxLength: 2 });

const heldByZone = fc.record({ vehicle: fc.nat(2), windows });

const stop = (locations: number) =>
  fc.record({
    location: fc.integer({ min: 0, max: locations - 1 }),
    load: fc.record({
      litres: fc.integer({ min: 0, max: 60 }),
      kg: fc.integer({ min: 0, max: 60 }),
      units: inTen(8, fc.integer({ min: 0, max: 2 })),
    }),
    serviceSeconds: fc.integer({ min: 0, max: 1_800 }),
    windows: inTen(5, windows),
    zone: inTen(5, fc.constantFrom(...zoneIds)),
    stream: fc.constantFrom(...streams),
    lift: inTen(3, fc.constantFrom(...lifts)),
    skills: inTen(3, fc.subarray(skills)),
    lockedTo: inTen(3, fc.nat(2)),
    prize: inTen(4, fc.integer({ min: 0, max: 20_000 })),
    priority: inTen(3, fc.integer({ min: 1, max: 10 })),
    releaseTime: inTen(3, fc.integer({ min: 0, max: 4 * hour })),
    publishedFor: inTen(6, fc.nat(5)),
  });

const vehicle = (locations: number) =>
  fc.record({
    type: fc.constant('truck'),
    count: fc.integer({ min: 1, max: 2 }),
    startLocation: fc.integer({ min: 0, max: locations - 1 }),
    endLocation: fc.oneof(
      { weight: 2, arbitrary: fc.integer({ min: 0, max: locations - 1 }) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    capacity: fc.record({
      litres: fc.integer({ min: 20, max: 150 }),
      kg: fc.integer({ min: 20, max: 150 }),
      units: inTen(7, fc.integer({ min: 0, max: 6 })),
    }),
    compactionRatio: inTen(5, fc.constantFrom(0.5, 1, 1.5, 3)),
    shift: fc
      .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 12 }))
      .map(([from, hours]): [number, number] => [from * hour, (from + hours) * hour]),
    fixedCost: fc.integer({ min: 0, max: 5_000 }),
    costPerMetre: fc.integer({ min: 0, max: 3 }),
    costPerSecond: fc.integer({ min: 0, max: 2 }),
    speedFactor: inTen(5, fc.constantFrom(0.5, 0.9, 1.25, 2)),
    travelProfile: inTen(7, fc.constantFrom(...profileIds)),
    breaks: fc.array(fc.record({ window, seconds: fc.integer({ min: 0, max: hour }) }), { maxLength: 2 }),
    maxDutySeconds: inTen(5, fc.integer({ min: hour, max: 10 * hour })),
    maxDrivingSeconds: inTen(5, fc.integer({ min: hour / 2, max: 6 * hour })),
    streams: inTen(5, fc.subarray([...streams], { minLength: 1 })),
    lifts: inTen(8, mostOf(lifts)),
    skills: inTen(8, mostOf(skills)),
    zones: inTen(5, mostOf(zoneIds)),
    maxStops: inTen(5, fc.integer({ min: 1, max: 5 })),
    maxLitresPerShift: inTen(5, fc.integer({ min: 30, max: 300 })),
  });

const disposal = (locations: number) =>
  fc.record({
    location: fc.integer({ min: 0, max: locations - 1 }),
    windows: inTen(5, windows),
    unloadSeconds: fc.integer({ min: 0, max: 1_800 }),
    costPerVisit: fc.integer({ min: 0, max: 500 }),
    costPerKg: inTen(5, fc.integer({ min: 0, max: 30 })),
    streams: inTen(5, fc.subarray([...streams], { minLength: 1 })),
  });

const travelProfile = fc.record({
  slots: fc
    .uniqueArray(fc.integer({ min: 0, max: 28 }), { minLength: 1, maxLength: 3 })
    .chain((starts) =>
      fc.tuple(
        ...starts.map((from) => fc.record({ from: fc.constant(from), tenths: fc.integer({ min: 5, max: 30 }) })),
      ),
    )
    .map((slots) =>
      slots
        .toSorted((a, b) => a.from - b.from)
        .map(({ from, tenths }) => ({ from: (from * hour) / 2, durationFactor: tenths / 10 })),
    ),
});

const anyMatrix = (size: number) => {
  const figure = fc.option(fc.integer({ min: 1, max: 5_000 }), { freq: 12 });
  return fc
    .array(fc.array(figure, { minLength: size, maxLength: size }), { minLength: size, maxLength: size })
    .map((rows) => rows.map((row, from) => row.map((value, to) => (from === to ? 0 : value))));
};

const metricMatrix = (size: number, distance: (dx: number, dy: number) => number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 3_000 })), {
      minLength: size,
      maxLength: size,
    })
    .map((points) => points.map(([x, y]) => points.map(([u, v]) => distance(x - u, y - v))));

const norms = { metric: (dx: number, dy: number) => Math.abs(dx) + Math.abs(dy), plane: Math.hypot };

const withIds = <T>(items: readonly T[], prefix: string): (T & { id: string })[] =>
  items.map((item, index) => ({ ...item, id: `${prefix}${index}` }));

/** The value without members that are `undefined`, as JSON would have it. */
const compact = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(compact) as T;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, compact(member)])) as T;
};

const parts = (locations: number, { stops, roads, vehicles = 3 }: Shape) =>
  fc.record({
    distanceMetres: roads === 'any' ? anyMatrix(locations) : metricMatrix(locations, norms[roads]),
    durationSeconds: roads === 'any' ? anyMatrix(locations) : fc.constant(undefined),
    vehicles: fc.array(vehicle(locations), { minLength: 1, maxLength: vehicles }),
    stops: fc.array(stop(locations), { maxLength: stops }),
    disposalSites: fc.array(disposal(locations), { maxLength: 2 }),
    zoneWindows: fc.tuple(inTen(5, windows), inTen(5, windows)),
    heldByZone: fc.tuple(inTen(4, heldByZone), inTen(4, heldByZone)),
    travelProfiles: fc.tuple(travelProfile, travelProfile),
    mixableStreams: fc.subarray(streamPairs.map(([a, b]): [string, string] => [a, b])),
    costPerHourSquared: fc.integer({ min: 0, max: 2_000 }),
    costPerMovedStop: fc.integer({ min: 0, max: 3_000 }),
  });

type Parts = ReturnType<typeof parts> extends fc.Arbitrary<infer T> ? T : never;

/** Every stop that was published for some vehicle, gathered into routes. */
const publishedRoutes = (
  stops: readonly { id: string; publishedFor: number | undefined }[],
  vehicles: CollectionProblem['vehicles'],
) => {
  const fleet = vehicles.flatMap(({ id, count }) => Array.from({ length: count }, (_, index) => ({ id, index })));
  return fleet.map(({ id, index }, at) => ({
    vehicleId: id,
    vehicleIndex: index,
    stopIds: stops.filter(({ publishedFor = -1 }) => publishedFor === at).map((each) => each.id),
  }));
};

const assemble = (drawn: Parts): CollectionProblem => {
  const vehicles = withIds(drawn.vehicles, 'vehicle-');
  const stops = withIds(drawn.stops, 'stop-');
  return {
    name: 'generated',
    travelSource: 'generated',
    locations: drawn.distanceMetres.map((_, index) => ({ id: `place-${index}` })),
    distanceMetres: drawn.distanceMetres,
    durationSeconds: drawn.durationSeconds ?? drawn.distanceMetres,
    vehicles: compact(vehicles),
    stops: stops.map(({ lockedTo = -1, publishedFor: _published, ...rest }) =>
      compact({ ...rest, vehicleId: vehicles[lockedTo]?.id }),
    ),
    disposalSites: compact(withIds(drawn.disposalSites, 'site-')),
    zones: compact(
      zoneIds.map((id, index) => {
        const held = drawn.heldByZone[index];
        const vehicle = held && vehicles[held.vehicle];
        const windowsFor = vehicle && [{ vehicleIds: [vehicle.id], windows: held.windows }];
        return { id, windows: drawn.zoneWindows[index], windowsFor };
      }),
    ),
    travelProfiles: profileIds.map((id, index) => ({ id, slots: drawn.travelProfiles[index]?.slots ?? [] })),
    mixableStreams: drawn.mixableStreams,
    balance: { costPerHourSquared: drawn.costPerHourSquared },
    published: { routes: publishedRoutes(stops, vehicles), costPerMovedStop: drawn.costPerMovedStop },
  };
};

export type Shape = {
  readonly stops: number;
  readonly roads: 'any' | 'metric' | 'plane';
  /** At most so many kinds of vehicle; 3 when absent. */
  readonly vehicles?: number;
  /** Features that no problem uses. */
  readonly without?: readonly FeatureName[];
  /** Features that every problem may use; each other one is left out of half of them. */
  readonly using?: readonly FeatureName[];
  /** Vehicles that have begun their day may have stood out of service. */
  readonly stands?: boolean;
};

/**
 * Any mixture of features over `roads`: one-way figures with missing links, a grid's whole ones, or a plane's irrational ones.
 * A vehicle that has begun its day, or is committed to stops, can always finish.
 */
export const generatedProblem = (shape: Shape): fc.Arbitrary<CollectionProblem> => {
  const { without = [], using = [], stands = false } = shape;
  const choices = featureNames.filter((name) => !without.includes(name));
  return fc
    .tuple(
      fc.integer({ min: 2, max: 6 }).chain((locations) => parts(locations, shape)),
      fc.tuple(...choices.map(() => fc.boolean())),
      fc.array(fc.nat(997), { minLength: 12, maxLength: 60 }),
    )
    .map(([drawn, isChosen, dice]) => {
      const chosen = choices.filter((name, index) => isChosen[index] || using.includes(name));
      const unused = featureNames.filter((name) => !chosen.includes(name));
      return beginDays(withoutFeatures(assemble(drawn), unused), dice, chosen, stands);
    });
};
