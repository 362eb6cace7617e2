import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { believedFraction } from '../../shared/waste/fill-state.ts';
import { binParameters, requireBin } from './bins.ts';
import type { OperationsParts } from './parts.ts';
import { sensorsBySite } from './sensors.ts';

const DAY_MS = 86_400_000;
const MAX_POINTS = 5_000;

const fillPointSchema = z.object({
  measuredAt: instantSchema,
  /** Null where the reading is missing, failed its tests or is a lost echo. */
  fraction: z.number().min(0).max(1).nullable(),
  flag: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]),
});

const historyAnswer = z
  .object({ binId: z.string(), points: z.array(fillPointSchema), nextCursor: z.string().optional() })
  .meta({ id: 'FillHistory', description: 'Fill over time, oldest first' });

/** Of the last point sent; a cursor of another bin is none of this query's. */
const positionSchema = (binId: string) =>
  z.object({ binId: z.literal(binId), to: z.int(), measuredAt: z.int(), sensorId: z.string() });
type Position = Pick<Reading, 'measuredAt' | 'sensorId'>;

const comesAfter = (reading: Reading, { measuredAt, sensorId }: Position): boolean =>
  reading.measuredAt > measuredAt || (reading.measuredAt === measuredAt && reading.sensorId > sensorId);

const inOrder = (a: Reading, b: Reading): number =>
  a.measuredAt - b.measuredAt || (a.sensorId < b.sensorId ? -1 : Number(a.sensorId > b.sensorId));

export const getFillHistory = ({ registry, readings, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins/{binId}/fill',
    operationId: 'getFillHistory',
    summary: 'How a bin filled and was emptied',
    description: 'The last 7 days when no period is given; at most 366 days.',
    pathParameters: binParameters,
    query: z.strictObject({
      from: instantParameter('Start, inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
      limit: limitParameter(MAX_POINTS, 1_000),
      cursor: cursorParameter,
    }),
    responses: { 200: { description: 'The points', content: { 'application/json': historyAnswer } } },
    handle: async ({ path: { binId }, query }) => {
      const bin = await requireBin(registry, binId);
      const period = requestedPeriod(query, { at: clock(), defaultMs: 7 * DAY_MS, maxMs: 366 * DAY_MS });
      const after = query.cursor === undefined ? undefined : readCursor(positionSchema(binId), query.cursor);
      const { from, to } = after === undefined ? period : { from: after.measuredAt, to: after.to };
      const sensors = sensorsBySite(await registry.list('sensor')).get(bin.id) ?? [];
      // One more than the page tells whether there is a next one; one more again may be the page before's last.
      const limit = query.limit + 2;
      const pages = await Promise.all(
        sensors.map(({ id }) => readings.series({ sensorId: id, quantity: 'fillDistance', from, to, limit })),
      );
      const found = pages
        .flatMap((page) => page.readings)
        .filter((reading) => after === undefined || comesAfter(reading, after))
        .sort(inOrder);
      const page = found.slice(0, query.limit);
      const last = found.length > query.limit ? page.at(-1) : undefined;
      return json(historyAnswer, {
        binId,
        points: page.map((reading) => ({
          measuredAt: isoInstant(reading.measuredAt),
          fraction: believedFraction(bin, reading) ?? null,
          flag: reading.quality.flag,
        })),
        ...(last && {
          nextCursor: writeCursor({ binId, to, measuredAt: last.measuredAt, sensorId: last.sensorId }),
        }),
      });
    },
  });
