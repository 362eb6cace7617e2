import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { instantParameter, instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { readingsTogether } from '../../shared/telemetry/readings-together.ts';
import { fillEvents } from '../../shared/waste/emptyings.ts';
import { fillQuantities } from '../../shared/waste/looks.ts';
import { binParameters, requireBin } from './bins.ts';
import type { OperationsParts } from './parts.ts';
import { sensorsBySite } from './sensors.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What was before tells a bag or a wet lens from waste, what comes after an open lid from an emptying. */
const BEFORE_MS = 36 * HOUR_MS;
const AFTER_MS = 3 * HOUR_MS;

export const eventsAnswer = z
  .object({
    binId: z.string(),
    events: z.array(
      z.object({
        kind: z.enum(['emptying', 'compaction']),
        after: instantSchema.meta({ description: 'The last look before' }),
        before: instantSchema.meta({ description: 'The first look after' }),
        fractionBefore: z.number().min(0).max(1),
        fractionAfter: z.number().min(0).max(1),
      }),
    ),
  })
  .meta({ id: 'FillEvents', description: 'Emptyings, and waste pressed down, oldest first' });

const asFraction = (level: number): number => Math.min(1, Math.max(0, level));

export const listFillEvents = ({ registry, readings, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins/{binId}/events',
    operationId: 'listFillEvents',
    summary: 'When a bin was emptied, or its waste pressed down',
    description:
      'Seen by the bin’s own sensors and confirmed by two looks; hanging bags, wet lenses, open lids and false echoes are none. The last 7 days when no period is given; at most 60 days.',
    pathParameters: binParameters,
    query: z.strictObject({
      from: instantParameter('Start, inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
    }),
    responses: { 200: { description: 'What happened', content: { 'application/json': eventsAnswer } } },
    handle: async ({ path: { binId }, query }) => {
      const bin = await requireBin(registry, binId);
      const { from, to } = requestedPeriod(query, { at: clock(), defaultMs: 7 * DAY_MS, maxMs: 60 * DAY_MS });
      const sensors = sensorsBySite(await registry.list('sensor')).get(bin.id) ?? [];
      const series = sensors.flatMap(({ id: sensorId }) => fillQuantities.map((quantity) => ({ sensorId, quantity })));
      const found = await readingsTogether(readings, series, { from: from - BEFORE_MS, to: to + AFTER_MS });
      const events = fillEvents(bin.container, found).filter(({ before }) => before >= from && before < to);
      return json(eventsAnswer, {
        binId,
        events: events.map(({ kind, after, before, levelBefore, levelAfter }) => ({
          kind,
          after: isoInstant(after),
          before: isoInstant(before),
          fractionBefore: asFraction(levelBefore),
          fractionAfter: asFraction(levelAfter),
        })),
      });
    },
  });
