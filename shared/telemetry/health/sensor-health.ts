import * as z from 'zod';

/** What can be wrong with a sensor that nothing in a single message shows. */
export const healthProblemKinds = ['silent', 'battery', 'clock'] as const;

export type HealthProblemKind = (typeof healthProblemKinds)[number];

const instant = z.int();

/** Why, in numbers; `reasonIn` says it in words. Instants are UTC epoch milliseconds. */
const healthReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('no-message'), lastReceivedAt: instant, limitSeconds: z.number() }),
  z.object({ code: z.literal('never-heard'), watchedSince: instant, limitSeconds: z.number() }),
  z.object({ code: z.literal('battery-low'), value: z.number(), limit: z.number(), unit: z.enum(['%', 'V']) }),
  z.object({ code: z.literal('battery-says-low') }),
  z.object({ code: z.literal('battery-fading'), value: z.number(), unit: z.enum(['%', 'V']), emptyAt: instant }),
  z.object({ code: z.literal('clock-ahead'), seconds: z.number(), limitSeconds: z.number() }),
  z.object({ code: z.literal('clock-behind'), seconds: z.number(), limitSeconds: z.number() }),
]);

export type HealthReason = z.infer<typeof healthReasonSchema>;

/** An open problem. */
const healthProblemSchema = z.object({
  kind: z.enum(healthProblemKinds),
  /** Since when it lasts: of silence, the last message; else when it was found. */
  since: instant,
  openedAt: instant,
  reason: healthReasonSchema,
  /** Since when it looks mended; it is closed once it has looked so for long enough. */
  wellSince: instant.optional(),
});

export type HealthProblem = z.infer<typeof healthProblemSchema>;

/** What is remembered of one sensor from check to check. A few hundred bytes, whatever happens. */
export const sensorHealthSchema = z.object({
  sensorId: z.string(),
  /** The first check that saw it. */
  watchedSince: instant,
  checkedAt: instant,
  lastReceivedAt: instant.nullable(),
  /** How old the newest measurement was when it arrived, milliseconds, one for each check that had a new one; the last few. */
  lagsMs: z.array(z.number()),
  lagSampledAt: instant.nullable(),
  /** About one a day, the oldest first. */
  batterySamples: z.array(z.object({ unit: z.enum(['%', 'V']), at: instant, value: z.number() })),
  problems: z.array(healthProblemSchema),
});

export type SensorHealth = z.infer<typeof sensorHealthSchema>;

/** For the record: a problem was opened or closed. */
export const healthEventSchema = z.object({
  sensorId: z.string(),
  kind: z.enum(healthProblemKinds),
  event: z.enum(['opened', 'closed']),
  at: instant,
  openedAt: instant,
  since: instant,
  reason: healthReasonSchema,
  /** Of a closed one. */
  closedBecause: z.enum(['mended', 'out-of-use']).optional(),
});

export type HealthEvent = z.infer<typeof healthEventSchema>;

export type HealthEventQuery = {
  /** UTC epoch milliseconds on `at`, inclusive and exclusive. */
  readonly from: number;
  readonly to: number;
  readonly sensorId?: string;
  readonly limit: number;
};

/** Where health and its record live. A port. */
export type SensorHealthStore = {
  /** All that are watched, by sensor id. */
  readonly list: () => Promise<readonly SensorHealth[]>;
  /** Writes the events before what they led to, so that none is missed; the same ones again are the same. */
  readonly record: (change: {
    readonly events: readonly HealthEvent[];
    readonly put: readonly SensorHealth[];
    readonly remove: readonly string[];
  }) => Promise<void>;
  /** Newest first, at most `limit`. */
  readonly events: (query: HealthEventQuery) => Promise<readonly HealthEvent[]>;
};
