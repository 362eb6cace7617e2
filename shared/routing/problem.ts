import * as z from 'zod';

/**
 * A collection problem: everything the optimizer needs, in one value, with no clock and no names to look up. Times are seconds
 * since the service day's midnight in the city (they may pass 86,400), distances metres, money in one unit of the caller's.
 * `null` where a field of a matrix is unreachable.
 */
const windowSchema = z.tuple([z.number(), z.number()]);

const loadSchema = z.object({ litres: z.number().min(0), kg: z.number().min(0) });

export const problemVehicleSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** How many alike; each has its own shift. */
  count: z.int().min(1).default(1),
  /** Index into `locations`. */
  startLocation: z.int().min(0),
  endLocation: z.int().min(0),
  capacity: loadSchema,
  shift: windowSchema,
  fixedCost: z.number().min(0).default(0),
  costPerMetre: z.number().min(0).default(1),
  costPerSecond: z.number().min(0).default(0),
  /** Longest time between leaving and returning; absent = the shift. */
  maxDutySeconds: z.number().positive().optional(),
  /** A break of `seconds` that must start inside `window` (Kim et al. 2006: the lunch). */
  breaks: z.array(z.object({ window: windowSchema, seconds: z.number().min(0) })).default([]),
  /** Waste streams it may carry; absent = all. Never two at once unless they are the same. */
  streams: z.array(z.string()).optional(),
  /** Stops a vehicle may serve and litres it may handle in the whole shift; absent = no bound. */
  maxStops: z.int().positive().optional(),
  maxLitresPerShift: z.number().positive().optional(),
});

export const problemStopSchema = z.object({
  id: z.string(),
  location: z.int().min(0),
  load: loadSchema,
  serviceSeconds: z.number().min(0).default(0),
  /** Service must start inside one of these; absent = any time. */
  windows: z.array(windowSchema).optional(),
  stream: z.string().default('other'),
  /** Absent = must be served; otherwise leaving it out costs this much. */
  prize: z.number().min(0).optional(),
  /** Of stops that must be served and cannot all be, those that weigh more stay in; 1 when absent. Without meaning beside a prize. */
  priority: z.number().min(1).optional(),
  /** Earliest a vehicle carrying it may have left its start or last disposal (multi-trip with release times). */
  releaseTime: z.number().min(0).optional(),
});

export const problemDisposalSchema = z.object({
  id: z.string(),
  location: z.int().min(0),
  windows: z.array(windowSchema).optional(),
  unloadSeconds: z.number().min(0).default(0),
  costPerVisit: z.number().min(0).default(0),
  streams: z.array(z.string()).optional(),
});

/** Row = from, column = to; `null` = no way. */
const matrixSchema = z.array(z.array(z.number().min(0).nullable()));

export const collectionProblemSchema = z.object({
  name: z.string(),
  locations: z.array(z.object({ id: z.string(), latitude: z.number().optional(), longitude: z.number().optional() })),
  distanceMetres: matrixSchema,
  durationSeconds: matrixSchema,
  /** Where the two matrices came from, for the plan to say: `great-circle × 1.3 at 28 km/h`. */
  travelSource: z.string(),
  vehicles: z.array(problemVehicleSchema).min(1),
  stops: z.array(problemStopSchema),
  /** Empty = loads end at the vehicle's end location, one trip a vehicle (plain CVRP). */
  disposalSites: z.array(problemDisposalSchema).default([]),
});

export type CollectionProblem = z.infer<typeof collectionProblemSchema>;
export type ProblemVehicle = z.infer<typeof problemVehicleSchema>;
export type ProblemStop = z.infer<typeof problemStopSchema>;
export type ProblemDisposal = z.infer<typeof problemDisposalSchema>;
export type Load = z.infer<typeof loadSchema>;
