import * as z from 'zod';
import { utcOffsetMinutes } from '../../shared/city/calendar.ts';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { indexAnswer, indexAnswerOf } from '../../shared/environment/indices/index-answer.ts';
import { indexOfSample, SAMPLE_STANDS_DAYS } from '../../shared/environment/laboratory/sample-index.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { stationSeriesId } from '../../shared/telemetry/derived-quantities.ts';
import type { OperationsParts } from './parts.ts';

const DAY_MS = 86_400_000;
const INDICATION_DAYS = 3;

const qualityAnswer = z
  .object({
    stationId: z.string(),
    standsDays: z.int().meta({ description: 'For so long a sample speaks for its station: a policy of this product' }),
    vnWqi: z
      .object({ sampledAt: instantSchema, standsUntil: instantSchema, laboratory: z.string(), result: indexAnswer })
      .nullable()
      .meta({ description: 'Of the newest sample that still stands; null without one. Sensors alone make none' }),
    indicative: z
      .object({ dayEndsAt: instantSchema, value: z.number().nullable(), reason: z.string().optional() })
      .nullable()
      .meta({ description: 'What the sensors say of the last whole day. It is not VN_WQI' }),
  })
  .meta({ id: 'WaterQuality' });

/** The newest indication of the sensors, as the daily run stored it. */
const indicationOf = async ({ readings, clock }: OperationsParts, stationId: string) => {
  const { readings: days } = await readings.series({
    sensorId: stationSeriesId(stationId),
    quantity: 'wqiIndicative',
    from: clock() - INDICATION_DAYS * DAY_MS,
    to: clock() + 1,
  });
  const newest = days.at(-1);
  if (newest === undefined) return null;
  const { measuredAt, value, quality } = newest;
  return { dayEndsAt: isoInstant(measuredAt), value, ...(value === null && { reason: quality.test }) };
};

const vnWqiOf = async (parts: OperationsParts, stationId: string) => {
  const { registry, laboratorySamples, readings, cityId, clock } = parts;
  const [station, city] = await Promise.all([registry.get('station', stationId), registry.get('city', cityId)]);
  if (station === undefined || city === undefined) throw notFound(`There is no station ${stationId}`);
  const from = clock() - SAMPLE_STANDS_DAYS * DAY_MS;
  const { samples } = await laboratorySamples.list({ stationId, from, to: clock() + DAY_MS, limit: 1 });
  const [sample] = samples;
  if (sample === undefined) return null;
  const sensors = (await registry.list('sensor')).filter(({ siteId }) => siteId === stationId);
  const offset = utcOffsetMinutes(city.timeZone, sample.sampledAt);
  const result = await indexOfSample({ station, sensors, readings, utcOffsetMinutes: offset }, sample);
  const { sampledAt, laboratory } = sample;
  const standsUntil = isoInstant(sampledAt + SAMPLE_STANDS_DAYS * DAY_MS);
  return { sampledAt: isoInstant(sampledAt), standsUntil, laboratory, result: indexAnswerOf(result) };
};

export const getWaterQuality = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations/{stationId}/water-quality',
    operationId: 'getWaterQuality',
    summary: 'VN_WQI of the newest sample, and what the sensors indicate',
    pathParameters: z.object({ stationId: entityIdSchema.meta({ description: 'A station of water' }) }),
    responses: { 200: { description: 'The water’s quality', content: { 'application/json': qualityAnswer } } },
    handle: async ({ path: { stationId } }) => {
      const vnWqi = await vnWqiOf(parts, stationId);
      const indicative = await indicationOf(parts, stationId);
      return json(qualityAnswer, { stationId, standsDays: SAMPLE_STANDS_DAYS, vnWqi, indicative });
    },
  });
