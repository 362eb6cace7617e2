import fc from 'fast-check';
import type { CollectionProblem } from '../../../shared/routing/problem.ts';

/** Small collection problems with any mixture of what a problem can ask for. Whole numbers, so that times add up exactly. */

const hour = 3_600;
const streams = ['food', 'other'] as const;

const window = fc
  .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 6 }))
  .map(([from, hours]): [number, number] => [from * hour, (from + hours) * hour]);

const stop = (locations: number) =>
  fc.record(
    {
      location: fc.integer({ min: 0, max: locations - 1 }),
      load: fc.record({ litres: fc.integer({ min: 0, max: 60 }), kg: fc.integer({ min: 0, max: 60 }) }),
      serviceSeconds: fc.integer({ min: 0, max: 1_800 }),
      windows: fc.array(window, { minLength: 1, maxLength: 2 }),
      stream: fc.constantFrom(...streams),
      prize: fc.integer({ min: 0, max: 20_000 }),
      releaseTime: fc.integer({ min: 0, max: 4 * hour }),
    },
    { requiredKeys: ['location', 'load', 'serviceSeconds', 'stream'] },
  );

const vehicle = (locations: number) =>
  fc.record(
    {
      type: fc.constant('truck'),
      count: fc.integer({ min: 1, max: 2 }),
      startLocation: fc.integer({ min: 0, max: locations - 1 }),
      endLocation: fc.integer({ min: 0, max: locations - 1 }),
      capacity: fc.record({ litres: fc.integer({ min: 20, max: 150 }), kg: fc.integer({ min: 20, max: 150 }) }),
      shift: fc
        .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 12 }))
        .map(([from, hours]): [number, number] => [from * hour, (from + hours) * hour]),
      fixedCost: fc.integer({ min: 0, max: 5_000 }),
      costPerMetre: fc.integer({ min: 0, max: 3 }),
      costPerSecond: fc.integer({ min: 0, max: 2 }),
      breaks: fc.array(fc.record({ window, seconds: fc.integer({ min: 0, max: hour }) }), { maxLength: 2 }),
      maxDutySeconds: fc.integer({ min: hour, max: 10 * hour }),
      streams: fc.subarray([...streams], { minLength: 1 }),
      maxStops: fc.integer({ min: 1, max: 5 }),
      maxLitresPerShift: fc.integer({ min: 30, max: 300 }),
    },
    {
      requiredKeys: [
        'type',
        'count',
        'startLocation',
        'endLocation',
        'capacity',
        'shift',
        'fixedCost',
        'costPerMetre',
        'costPerSecond',
        'breaks',
      ],
    },
  );

const disposal = (locations: number) =>
  fc.record(
    {
      location: fc.integer({ min: 0, max: locations - 1 }),
      windows: fc.array(window, { minLength: 1, maxLength: 2 }),
      unloadSeconds: fc.integer({ min: 0, max: 1_800 }),
      costPerVisit: fc.integer({ min: 0, max: 500 }),
      streams: fc.subarray([...streams], { minLength: 1 }),
    },
    { requiredKeys: ['location', 'unloadSeconds', 'costPerVisit'] },
  );

const matrix = (size: number, holes: boolean) =>
  fc
    .array(
      fc.array(
        holes ? fc.option(fc.integer({ min: 1, max: 5_000 }), { freq: 12 }) : fc.integer({ min: 1, max: 5_000 }),
        {
          minLength: size,
          maxLength: size,
        },
      ),
      { minLength: size, maxLength: size },
    )
    .map((rows) => rows.map((row, from) => row.map((value, to) => (from === to ? 0 : value))));

export type Shape = { readonly stops: number; readonly roads: 'any' | 'metric' | 'plane' };

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

/** Any mixture of features over `roads`: one-way figures with missing links, a grid's whole ones, or a plane's irrational ones. */
export const generatedProblem = ({ stops, roads }: Shape): fc.Arbitrary<CollectionProblem> =>
  fc.integer({ min: 2, max: 6 }).chain((locations) =>
    fc
      .record({
        distanceMetres: roads === 'any' ? matrix(locations, true) : metricMatrix(locations, norms[roads]),
        durationSeconds: roads === 'any' ? matrix(locations, true) : fc.constant(undefined),
        vehicles: fc.array(vehicle(locations), { minLength: 1, maxLength: 3 }),
        stops: fc.array(stop(locations), { maxLength: stops }),
        disposalSites: fc.array(disposal(locations), { maxLength: 2 }),
      })
      .map((parts) => ({
        name: 'generated',
        travelSource: 'generated',
        locations: Array.from({ length: locations }, (_, index) => ({ id: `place-${index}` })),
        distanceMetres: parts.distanceMetres,
        durationSeconds: parts.durationSeconds ?? parts.distanceMetres,
        vehicles: withIds(parts.vehicles, 'vehicle-') as CollectionProblem['vehicles'],
        stops: withIds(parts.stops, 'stop-') as CollectionProblem['stops'],
        disposalSites: withIds(parts.disposalSites, 'site-') as CollectionProblem['disposalSites'],
      })),
  );
