import * as z from 'zod';
import { entityIdSchema, type Sensor } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import {
  instantParameter,
  instantSchema,
  isoInstant,
  isoInstantOrNull,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { reasonText } from '../../shared/telemetry/health/reason-text.ts';
import {
  type HealthEvent,
  type HealthProblem,
  type HealthReason,
  healthProblemKinds,
  type SensorHealth,
} from '../../shared/telemetry/health/sensor-health.ts';
import type { OperationsParts } from './parts.ts';

const DAY_MS = 86_400_000;

const kindSchema = z.enum(healthProblemKinds);

const reasonAnswer = z
  .object({ code: z.string(), en: z.string(), vi: z.string() })
  .meta({ id: 'HealthReason', description: 'Why, for a program and in English and Vietnamese' });

const problemAnswer = z
  .object({
    kind: kindSchema,
    since: instantSchema,
    openedAt: instantSchema,
    /** Set while it looks mended, before it is closed. */
    wellSince: instantSchema.nullable(),
    reason: reasonAnswer,
  })
  .meta({ id: 'HealthProblem', description: 'A problem that was opened and is not closed yet' });

const healthAnswer = z
  .object({
    sensorId: z.string(),
    kind: z.enum(['bin', 'air', 'water']),
    siteId: z.string().nullable(),
    lastReceivedAt: instantSchema.nullable(),
    checkedAt: instantSchema,
    problems: z.array(problemAnswer),
  })
  .meta({ id: 'SensorHealth', description: 'A sensor in use as the last check found it' });

const healthListAnswer = z
  .object({
    generatedAt: instantSchema,
    /** Sensors in use that were checked, and of them those with a problem of each kind. */
    watched: z.int(),
    /** The last check of any of them; `null` before the first. */
    checkedAt: instantSchema.nullable(),
    open: z.object({ silent: z.int(), battery: z.int(), clock: z.int() }),
    sensors: z.array(healthAnswer),
  })
  .meta({ id: 'SensorHealthList' });

const reasonOf = (reason: HealthReason): z.infer<typeof reasonAnswer> => ({ code: reason.code, ...reasonText(reason) });

const problemOf = ({ kind, since, openedAt, wellSince, reason }: HealthProblem): z.infer<typeof problemAnswer> => ({
  kind,
  since: isoInstant(since),
  openedAt: isoInstant(openedAt),
  wellSince: isoInstantOrNull(wellSince),
  reason: reasonOf(reason),
});

const answerOf = (
  sensor: Sensor,
  { lastReceivedAt, checkedAt, problems }: SensorHealth,
): z.infer<typeof healthAnswer> => ({
  sensorId: sensor.id,
  kind: sensor.kind,
  siteId: sensor.siteId ?? null,
  lastReceivedAt: isoInstantOrNull(lastReceivedAt),
  checkedAt: isoInstant(checkedAt),
  problems: problems.map(problemOf),
});

/** What a caller asks for by `problem`. */
const wanted = (problems: readonly HealthProblem[], problem: string | undefined): boolean =>
  problem === undefined || (problem === 'any' ? problems.length > 0 : problems.some(({ kind }) => kind === problem));

export const listSensorHealth = ({ registry, sensorHealth, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/sensors/health',
    operationId: 'listSensorHealth',
    summary: 'Sensors that fell silent, batteries that fade, clocks that drift',
    description:
      'As the last hourly check found them; all sensors in use, those without a problem too, unless filtered.',
    query: z.strictObject({
      problem: z
        .enum(['any', ...healthProblemKinds])
        .optional()
        .meta({ description: 'Only sensors with this problem, or with any' }),
    }),
    responses: { 200: { description: 'The sensors, by id', content: { 'application/json': healthListAnswer } } },
    handle: async ({ query: { problem } }) => {
      const [sensors, known] = await Promise.all([registry.list('sensor'), sensorHealth.list()]);
      const healthOf = new Map(known.map((health) => [health.sensorId, health]));
      const watched = sensors.flatMap((sensor) => {
        const health = healthOf.get(sensor.id);
        return health === undefined || sensor.status === 'retired' ? [] : [{ sensor, health }];
      });
      const count = (kind: (typeof healthProblemKinds)[number]): number =>
        watched.filter(({ health }) => health.problems.some((open) => open.kind === kind)).length;
      return json(healthListAnswer, {
        generatedAt: isoInstant(clock()),
        watched: watched.length,
        checkedAt: isoInstantOrNull(
          watched.length === 0 ? null : Math.max(...watched.map((one) => one.health.checkedAt)),
        ),
        open: { silent: count('silent'), battery: count('battery'), clock: count('clock') },
        sensors: watched
          .filter(({ health }) => wanted(health.problems, problem))
          .map(({ sensor, health }) => answerOf(sensor, health)),
      });
    },
  });

const eventAnswer = z
  .object({
    at: instantSchema,
    sensorId: z.string(),
    kind: kindSchema,
    event: z.enum(['opened', 'closed']),
    since: instantSchema,
    openedAt: instantSchema,
    closedBecause: z.enum(['mended', 'out-of-use']).nullable(),
    reason: reasonAnswer,
  })
  .meta({ id: 'SensorHealthEvent', description: 'A problem was opened or closed: each is told once' });

const eventsAnswer = z.object({ events: z.array(eventAnswer) }).meta({ id: 'SensorHealthEvents' });

const eventOf = ({
  at,
  since,
  openedAt,
  reason,
  closedBecause,
  ...rest
}: HealthEvent): z.infer<typeof eventAnswer> => ({
  ...rest,
  at: isoInstant(at),
  since: isoInstant(since),
  openedAt: isoInstant(openedAt),
  closedBecause: closedBecause ?? null,
  reason: reasonOf(reason),
});

export const listSensorHealthEvents = ({ sensorHealth, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/sensors/health/events',
    operationId: 'listSensorHealthEvents',
    summary: 'When problems of sensors were opened and closed, newest first',
    description: 'The last 30 days when no period is given; at most 366 days.',
    query: z.strictObject({
      from: instantParameter('Start, inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
      sensorId: entityIdSchema.optional(),
      limit: limitParameter(1_000, 200),
    }),
    responses: { 200: { description: 'The events', content: { 'application/json': eventsAnswer } } },
    handle: async ({ query: { sensorId, limit, ...asked } }) => {
      const period = requestedPeriod(asked, { at: clock() + 1, defaultMs: 30 * DAY_MS, maxMs: 366 * DAY_MS });
      const { from, to } = period;
      const events = await sensorHealth.events({ from, to, limit, ...(sensorId !== undefined && { sensorId }) });
      return json(eventsAnswer, { events: events.map(eventOf) });
    },
  });
