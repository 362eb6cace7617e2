import { describe, expect, it } from 'vitest';
import { createDocument } from 'zod-openapi';
import { type CollectionProblem, collectionProblemSchema } from '../../../shared/routing/problem.ts';
import {
  assertValid,
  InfeasibleProblemError,
  InvalidProblemError,
  validateProblem,
} from '../../../shared/routing/validate-problem.ts';

const vehicle = {
  type: 'truck',
  startLocation: 0,
  endLocation: 0,
  capacity: { litres: 100, kg: 50 },
  shift: [0, 3_600],
};

const at = (seconds: number) => ({ arrivesAt: seconds, serviceStartsAt: seconds, departsAt: seconds });

/** A problem with something of everything, as a caller would send it. */
const input = () => ({
  name: 'two streets',
  travelSource: 'by hand',
  locations: [{ id: 'depot' }, { id: 'a' }, { id: 'b' }],
  distanceMetres: [
    [0, 1, 2],
    [1, 0, 1],
    [2, null, 0],
  ],
  durationSeconds: [
    [0, 1, 2],
    [1, 0, 1],
    [2, null, 0],
  ],
  vehicles: [
    {
      ...vehicle,
      id: 'early',
      travelProfile: 'rush',
      zones: ['old town'],
      breaks: [{ window: [100, 200], seconds: 60 }],
      done: [
        { kind: 'stop', id: 'x', ...at(10) },
        { kind: 'break', ...at(20) },
        { kind: 'disposal', id: 'tip', ...at(30) },
      ],
      committed: ['y'],
    },
    { ...vehicle, id: 'late', count: 2, endLocation: null },
  ],
  stops: [
    { id: 'x', location: 1, load: { litres: 1, kg: 1 } },
    { id: 'y', location: 2, load: { litres: 1, kg: 1, units: 1 }, zone: 'old town', vehicleId: 'early' },
    { id: 'z/~', location: 2, load: { litres: 1, kg: 1 }, windows: [[0, 10]], prize: 5 },
  ],
  disposalSites: [{ id: 'tip', location: 2 }],
  travelProfiles: [
    {
      id: 'rush',
      slots: [
        { from: 0, durationFactor: 1 },
        { from: 60, durationFactor: 2 },
      ],
    },
  ],
  zones: [{ id: 'old town', windows: [[0, 500]], windowsFor: [{ vehicleIds: ['late'], windows: [[100, 200]] }] }],
  published: { routes: [{ vehicleId: 'late', vehicleIndex: 1, stopIds: ['y', 'x'] }], costPerMovedStop: 3 },
  balance: { costPerHourSquared: 1 },
});

/** The input with one value put at a pointer. */
const withValue = (pointer: string, value: unknown): unknown => {
  const changed: unknown = JSON.parse(JSON.stringify(input()));
  const parts = pointer.split('/').slice(1);
  const last = parts.pop() ?? '';
  const parent = parts.reduce((item, part) => (item as Record<string, unknown>)[part], changed);
  (parent as Record<string, unknown>)[last] = value;
  return changed;
};

const problemsOf = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidProblemError) return error.problems;
    throw error;
  }
  return [];
};

describe('validating a collection problem', () => {
  it('takes a problem with something of everything and fills in what is optional', () => {
    const problem = validateProblem(input());
    expect(problem.vehicles[0]).toMatchObject({ count: 1, costPerMetre: 1 });
    expect(() => assertValid(problem)).not.toThrow();
  });

  it('keeps the matrices that came in, for two copies of a city are more than a function has memory for', () => {
    const sent = input();
    expect(validateProblem(sent).distanceMetres).toBe(sent.distanceMetres);
  });

  it.each([
    ['/name', 7, 'expected string'],
    ['/distanceMetres', {}, 'expected array'],
    ['/distanceMetres/1', 'row', 'expected array'],
    ['/durationSeconds/2/1', 'far', 'a finite number'],
    ['/durationSeconds/2/1', -1, 'a finite number of at least 0'],
    ['/vehicles/0/capacity/litres', -1, '>=0'],
    ['/stops/1/load', undefined, 'expected object'],
    ['/vehicles/0/done/1/kind', 'lunch', 'Invalid option'],
  ])('names %s when the schema does not take %j there', (pointer, value, detail) => {
    const problems = problemsOf(() => validateProblem(withValue(pointer, value)));
    expect(problems).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });

  it.each([
    ['/distanceMetres', [[0, 1, 2]], '/distanceMetres', 'has 1 rows for 3 locations'],
    ['/durationSeconds/1', [0, 1], '/durationSeconds/1', 'has 2 columns for 3 locations'],
    ['/stops/0/location', 3, '/stops/0/location', 'one of 3 locations, not 3'],
    ['/vehicles/1/endLocation', 9, '/vehicles/1/endLocation', 'one of 3 locations'],
    ['/disposalSites/0/location', 9, '/disposalSites/0/location', 'one of 3 locations'],
    ['/vehicles/1/id', 'early', '/vehicles/1/id', 'is the id of /vehicles/0 too'],
    ['/stops/2/id', 'x', '/stops/2/id', 'is the id of /stops/0 too'],
    ['/vehicles/0/travelProfile', 'calm', '/vehicles/0/travelProfile', 'no travel profile is called calm'],
    ['/vehicles/0/zones/0', 'new town', '/vehicles/0/zones/0', 'no zone is called new town'],
    ['/stops/1/zone', 'new town', '/stops/1/zone', 'no zone is called new town'],
    ['/stops/0/vehicleId', 'nobody', '/stops/0/vehicleId', 'no vehicle is called nobody'],
    ['/published/routes/0/vehicleId', 'nobody', '/published/routes/0/vehicleId', 'no vehicle is called nobody'],
    ['/published/routes/0/vehicleIndex', 2, '/published/routes/0/vehicleIndex', 'one of 2 vehicles, not 2'],
    ['/published/routes/0/stopIds/1', 'w', '/published/routes/0/stopIds/1', 'no stop is called w'],
    ['/published/routes/0/stopIds/1', 'y', '/published/routes/0/stopIds/1', 'stop y is published twice'],
    ['/stops/2/windows/0', [10, 0], '/stops/2/windows/0', 'ends at 0, before it begins at 10'],
    ['/zones/0/windows/0', [10, 0], '/zones/0/windows/0', 'before it begins'],
    ['/zones/0/windowsFor/0/windows/0', [10, 0], '/zones/0/windowsFor/0/windows/0', 'before it begins'],
    ['/zones/0/windowsFor/0/vehicleIds/0', 'x', '/zones/0/windowsFor/0/vehicleIds/0', 'no vehicle is called x'],
    ['/vehicles/1/shift', [10, 0], '/vehicles/1/shift', 'before it begins'],
    ['/vehicles/0/breaks/0/window', [10, 0], '/vehicles/0/breaks/0/window', 'before it begins'],
    ['/travelProfiles/0/slots/1/from', 0, '/travelProfiles/0/slots/1/from', 'later than the slot before, 0'],
    ['/vehicles/0/count', 2, '/vehicles/0/done', 'belongs to one vehicle, and the count is 2'],
    ['/vehicles/0/done/0/id', 'w', '/vehicles/0/done/0/id', 'no stop is called w'],
    ['/vehicles/0/done/2/id', undefined, '/vehicles/0/done/2/id', 'must name a disposal site'],
    ['/vehicles/0/done/0/arrivesAt', -1, '/vehicles/0/done/0/arrivesAt', 'must not be before 0'],
    ['/vehicles/0/done/0/serviceStartsAt', 9, '/vehicles/0/done/0/serviceStartsAt', 'before the arrival'],
    ['/vehicles/0/done/2/departsAt', 29, '/vehicles/0/done/2/departsAt', 'before the service starts'],
    ['/vehicles/0/done/1/location', 0, '/vehicles/0/done/1/location', 'has no meaning for a break'],
    ['/vehicles/0/done/0/emptied', true, '/vehicles/0/done/0/emptied', 'has no meaning for a stop'],
    ['/vehicles/0/done/1/kind', 'stand', '/vehicles/0/done/1/location', 'must be the number of a location'],
    ['/vehicles/0/breaks', [], '/vehicles/0/done', 'has 1 breaks, of 0'],
    ['/distanceMetres/1/2', null, '/vehicles/0/done/2', 'the matrices know no such way'],
    ['/vehicles/0/committed/0', 'w', '/vehicles/0/committed/0', 'no stop is called w'],
    ['/vehicles/0/committed/0', 'x', '/vehicles/0/committed/0', 'stop x stands in /vehicles/0/done/0/id already'],
    ['/stops/1/vehicleId', 'late', '/vehicles/0/committed/0', 'may be served by vehicle late only'],
  ])('sees that %s cannot be %j', (changed, value, pointer, detail) => {
    const problems = problemsOf(() => validateProblem(withValue(changed, value)));
    expect(problems).toContainEqual({ pointer, detail: expect.stringContaining(detail) });
  });

  it('tells at most 31 streams apart', () => {
    const stops = Array.from({ length: 32 }, (_, index) => ({
      id: String(index),
      location: 0,
      load: { litres: 1, kg: 1 },
      stream: String(index),
    }));
    const many = { ...input(), vehicles: [{ ...vehicle, id: 'only' }], stops, zones: [], published: undefined };
    expect(problemsOf(() => validateProblem(many))).toEqual([
      { pointer: '/stops', detail: 'have 32 streams; at most 31 can be told' },
    ]);
  });

  it('names every fault, not only the first', () => {
    const twoWrong = { ...input(), zones: [], travelProfiles: [] };
    expect(problemsOf(() => validateProblem(twoWrong)).map(({ pointer }) => pointer)).toEqual([
      '/vehicles/0/travelProfile',
      '/vehicles/0/zones/0',
      '/stops/1/zone',
    ]);
  });
});

describe('asserting that a typed problem is valid', () => {
  const typed = (): CollectionProblem => collectionProblemSchema.parse(input());

  it.each([
    [
      'NaN in a matrix',
      (problem: CollectionProblem) => ({
        ...problem,
        distanceMetres: problem.distanceMetres.map((row) => Array.from(row, () => Number.NaN)),
      }),
      '/distanceMetres/0/0',
    ],
    [
      'an endless service',
      (problem: CollectionProblem) => ({
        ...problem,
        stops: problem.stops.map((stop) => ({ ...stop, serviceSeconds: Number.POSITIVE_INFINITY })),
      }),
      '/stops/0/serviceSeconds',
    ],
    [
      'half a vehicle',
      (problem: CollectionProblem) => ({
        ...problem,
        vehicles: problem.vehicles.map((each) => ({ ...each, count: 0.5 })),
      }),
      '/vehicles/0/count',
    ],
    [
      'a window without an end',
      (problem: CollectionProblem) => ({
        ...problem,
        zones: [{ id: 'old town', windows: [[0, Number.NaN] as [number, number]] }],
      }),
      '/zones/0/windows/0/1',
    ],
  ])('sees %s', (_, change, pointer) => {
    const problems = problemsOf(() => assertValid(change(typed())));
    expect(problems[0]?.pointer).toBe(pointer);
  });

  it('stops listing at a hundred faults', () => {
    const rows = Array.from({ length: 300 }, () => [Number.NaN]);
    expect(problemsOf(() => assertValid({ ...typed(), distanceMetres: rows }))).toHaveLength(100);
  });

  it('says it in one line for a log', () => {
    const error = new InfeasibleProblemError([{ pointer: '/vehicles/0', detail: 'cannot be home by 18:00' }]);
    expect(error.message).toBe('/vehicles/0 cannot be home by 18:00');
    expect(error).toBeInstanceOf(Error);
  });
});

describe('the schema of a collection problem in an API description', () => {
  it('shows the matrices as arrays of arrays of numbers or null', () => {
    const document = createDocument({
      openapi: '3.1.0',
      info: { title: 'test', version: '1' },
      paths: {
        '/plans': {
          post: {
            requestBody: { content: { 'application/json': { schema: collectionProblemSchema } } },
            responses: {
              200: { description: 'the same', content: { 'application/json': { schema: collectionProblemSchema } } },
            },
          },
        },
      },
    });
    expect(JSON.stringify(document)).toContain(
      '"distanceMetres":{"type":"array","items":{"type":"array","items":{"anyOf":[{"type":"number","minimum":0},{"type":"null"}]}}}',
    );
  });
});

describe('a member that the model does not know', () => {
  it('is named, not dropped: a misspelt prize would make a stop one that must be served', () => {
    const misspelt = input();
    const [first, ...others] = misspelt.stops;
    const send = { ...misspelt, stops: [{ ...first, prise: 5 }, ...others] };
    try {
      validateProblem(send);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidProblemError);
      expect((error as InvalidProblemError).problems[0]).toMatchObject({
        pointer: '/stops/0',
        detail: expect.stringContaining('prise'),
      });
    }
  });
});
