import * as z from 'zod';
import type { MatrixRow } from './travel/matrix.ts';

/**
 * A collection problem: everything the optimizer needs, in one value, with no clock and no names to look up. Times are seconds
 * since the service day's midnight in the city (they may pass 86,400), distances metres, money in one unit of the caller's.
 * `null` where a field of a matrix is unreachable.
 */
const windowSchema = z.tuple([z.number(), z.number()]);

/** What a stop loads and a vehicle holds, in up to three measures; the third (`units`) is the caller's: containers, cages, m². */
const loadSchema = z.strictObject({
  litres: z.number().min(0),
  kg: z.number().min(0),
  units: z.number().min(0).optional(),
});

const breakSchema = z.strictObject({ window: windowSchema, seconds: z.number().min(0) });

/** A visit that has already happened: what a vehicle did before the moment from which the rest of its day is planned. */
const doneVisitSchema = z.strictObject({
  kind: z.enum(['stop', 'disposal', 'break', 'stand']),
  /** Stop or disposal site; a break or a stand has none. */
  id: z.string().optional(),
  /** Of a stand only: where the vehicle stood out of service, an index into `locations`. It was driven or towed there. */
  location: z.int().min(0).optional(),
  /** Of a stand only: what it had on board was taken from it there. */
  emptied: z.literal(true).optional(),
  arrivesAt: z.number(),
  serviceStartsAt: z.number(),
  departsAt: z.number(),
});

export const problemVehicleSchema = z.strictObject({
  id: z.string(),
  type: z.string(),
  /** How many alike; each has its own shift. */
  count: z.int().min(1).default(1),
  /** Index into `locations`. */
  startLocation: z.int().min(0),
  /** `null` = an open route: the day ends with the last visit, wherever that is. */
  endLocation: z.int().min(0).nullable(),
  /** Litres of compacted waste; `units` absent = no bound. */
  capacity: loadSchema,
  /** Litres of loose waste that one litre of the body holds. */
  compactionRatio: z.number().positive().optional(),
  shift: windowSchema,
  fixedCost: z.number().min(0).default(0),
  costPerMetre: z.number().min(0).default(1),
  costPerSecond: z.number().min(0).default(0),
  /** Driving takes the matrix's seconds divided by this; 1 when absent. */
  speedFactor: z.number().positive().optional(),
  /** Id of the `travelProfiles` entry that this vehicle's driving follows; absent = the same speed all day. */
  travelProfile: z.string().optional(),
  /** Longest time between leaving and returning; absent = the shift. */
  maxDutySeconds: z.number().positive().optional(),
  /** Longest time at the wheel in the whole shift; absent = no bound. */
  maxDrivingSeconds: z.number().positive().optional(),
  /** A break of `seconds` that must start inside `window` (Kim et al. 2006: the lunch). */
  breaks: z.array(breakSchema).default([]),
  /** Waste streams it may carry; absent = all. */
  streams: z.array(z.string()).optional(),
  /** Kinds of bin it can lift, and what else it can do; absent = none. */
  lifts: z.array(z.string()).optional(),
  skills: z.array(z.string()).optional(),
  /** Zones it may enter; absent = all. */
  zones: z.array(z.string()).optional(),
  /** Stops a vehicle may serve and litres it may handle in the whole shift; absent = no bound. */
  maxStops: z.int().positive().optional(),
  maxLitresPerShift: z.number().positive().optional(),
  /** Its day so far, in order: kept as it is. Only where `count` is 1. */
  done: z.array(doneVisitSchema).optional(),
  /** Ids of stops that it serves next, in this order, before any other. Only where `count` is 1. */
  committed: z.array(z.string()).optional(),
});

export const problemStopSchema = z.strictObject({
  id: z.string(),
  location: z.int().min(0),
  load: loadSchema,
  serviceSeconds: z.number().min(0).default(0),
  /** Service must start inside one of these; absent = any time. */
  windows: z.array(windowSchema).optional(),
  /** Its zone's windows hold beside its own, and only vehicles that may enter the zone serve it. */
  zone: z.string().optional(),
  stream: z.string().default('other'),
  /** A vehicle needs this lift and all of these skills. */
  lift: z.string().optional(),
  skills: z.array(z.string()).optional(),
  /** Only this vehicle may serve it. */
  vehicleId: z.string().optional(),
  /** Absent = must be served; otherwise leaving it out costs this much. */
  prize: z.number().min(0).optional(),
  /** Of stops that must be served and cannot all be, those that weigh more stay in; 1 when absent. Without meaning beside a prize. */
  priority: z.number().min(1).optional(),
  /** Earliest a vehicle carrying it may have left its start or last disposal (multi-trip with release times). */
  releaseTime: z.number().min(0).optional(),
});

export const problemDisposalSchema = z.strictObject({
  id: z.string(),
  location: z.int().min(0),
  windows: z.array(windowSchema).optional(),
  /** Queueing and unloading. */
  unloadSeconds: z.number().min(0).default(0),
  costPerVisit: z.number().min(0).default(0),
  /** What it charges for a kilogram; 0 when absent. */
  costPerKg: z.number().min(0).optional(),
  streams: z.array(z.string()).optional(),
});

const zoneSchema = z.strictObject({
  id: z.string(),
  /** When service may start at its stops; absent = any time. */
  windows: z.array(windowSchema).optional(),
  /** For these vehicles instead of `windows`: a ban holds some trucks and not others. */
  windowsFor: z
    .array(z.strictObject({ vehicleIds: z.array(z.string()).min(1), windows: z.array(windowSchema).min(1) }))
    .optional(),
});

/**
 * How long driving takes by the time of day. From `from` (seconds) until the next slot a way takes `durationFactor` times the
 * matrix's seconds; 1 before the first slot. A way that crosses into another slot does its remaining share at that slot's pace,
 * so that who leaves later never arrives earlier (S. Ichoua, M. Gendreau and J.-Y. Potvin, EJOR 144 (2003) 379–396).
 */
const travelProfileSchema = z.strictObject({
  id: z.string(),
  slots: z.array(z.strictObject({ from: z.number(), durationFactor: z.number().positive() })).min(1),
});

/** The plan that people already know, and what changing it costs. */
const publishedSchema = z.strictObject({
  routes: z.array(
    z.strictObject({ vehicleId: z.string(), vehicleIndex: z.int().min(0).default(0), stopIds: z.array(z.string()) }),
  ),
  /** For each stop that a vehicle other than the published one serves. */
  costPerMovedStop: z.number().min(0),
});

type Matrix = MatrixRow[];

const isMatrixEntry = (value: unknown): boolean =>
  value === null || (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY);

/** Where the first entry stands that is no figure, as a path; `undefined` when all are. */
const firstWrongEntry = (matrix: readonly unknown[]): readonly number[] | undefined => {
  for (let from = 0; from < matrix.length; from += 1) {
    const row: unknown = matrix[from];
    if (!Array.isArray(row) && !(row instanceof Float32Array)) return [from];
    for (let to = 0; to < row.length; to += 1) if (!isMatrixEntry(row[to])) return [from, to];
  }
  return undefined;
};

/**
 * Row = from, column = to; `null` = no way. Looked at in place: zod's own arrays copy what they parse, and the two matrices of
 * 2,000 bins are 64 MB of numbers.
 */
const matrixSchema = z
  .custom<Matrix>((value) => Array.isArray(value), 'Invalid input: expected array')
  .meta({
    override: {
      type: 'array',
      items: { type: 'array', items: { anyOf: [{ type: 'number', minimum: 0 }, { type: 'null' }] } },
    },
  })
  .check(({ value, issues }) => {
    const path = firstWrongEntry(value);
    if (path === undefined) return;
    const expected = path.length === 1 ? 'expected array' : 'expected a finite number of at least 0, or null';
    issues.push({ code: 'custom', path: [...path], input: value, message: `Invalid input: ${expected}` });
  });

export const collectionProblemSchema = z.strictObject({
  name: z.string(),
  locations: z.array(
    z.strictObject({ id: z.string(), latitude: z.number().optional(), longitude: z.number().optional() }),
  ),
  distanceMetres: matrixSchema,
  durationSeconds: matrixSchema,
  /** Where the two matrices came from, for the plan to say: `great-circle × 1.3 at 28 km/h`. */
  travelSource: z.string(),
  vehicles: z.array(problemVehicleSchema).min(1),
  stops: z.array(problemStopSchema),
  /** Empty = loads end at the vehicle's end location, one trip a vehicle (plain CVRP). */
  disposalSites: z.array(problemDisposalSchema).default([]),
  travelProfiles: z.array(travelProfileSchema).optional(),
  zones: z.array(zoneSchema).optional(),
  /** Pairs of streams that may ride together; all others must not be on board at once. */
  mixableStreams: z.array(z.tuple([z.string(), z.string()])).optional(),
  /** A vehicle's day of h hours costs h² times this: of days with the same sum, equal ones cost least. */
  balance: z.strictObject({ costPerHourSquared: z.number().min(0) }).optional(),
  published: publishedSchema.optional(),
});

export type CollectionProblem = z.infer<typeof collectionProblemSchema>;
export type ProblemVehicle = z.infer<typeof problemVehicleSchema>;
export type ProblemStop = z.infer<typeof problemStopSchema>;
export type ProblemDisposal = z.infer<typeof problemDisposalSchema>;
export type DoneVisit = z.infer<typeof doneVisitSchema>;
export type Load = z.infer<typeof loadSchema>;
