import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant, isoInstantOrNull } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { type Forecast, fillQuantile, probabilityOver, timeToLevel } from '../../shared/waste/forecast/predict.ts';
import { basisSources } from '../../shared/waste/outlook/basis.ts';
import type { BinOutlook } from '../../shared/waste/outlook/bin-outlook.ts';
import { binOutlooks } from '../../shared/waste/outlook/bin-outlooks.ts';
import { fillAnswer, fillAnswerOf } from './bin-fill.ts';
import { binParameters, requireBin } from './bins.ts';
import type { OperationsParts } from './parts.ts';

const HOUR_MS = 3_600_000;
const MOST_HOURS = 14 * 24;
const MOST_POINTS = 200;

const fraction = z.number().min(0).max(1);
const quantilesSchema = z
  .object({ p05: fraction, p10: fraction, p50: fraction, p90: fraction, p95: fraction })
  .meta({ id: 'FillQuantiles', description: 'The level that is not passed with so many per cent' });

const startAnswer = z
  .discriminatedUnion('status', [
    z.object({ status: z.literal('known'), fraction, at: instantSchema }),
    z.object({ status: z.literal('unknown'), at: instantSchema }),
  ])
  .meta({ id: 'ForecastStart', description: 'The level last known, or that nobody knows it: any is then possible' });

const timeToFullSchema = z
  .object({ p50: instantSchema.nullable(), p80: instantSchema.nullable(), p95: instantSchema.nullable() })
  .meta({ id: 'TimeToFull', description: 'By when the bin is full with so many per cent; null: not within a year' });

export const forecastAnswer = z
  .object({
    binId: z.string(),
    generatedAt: instantSchema,
    fill: fillAnswer,
    start: startAnswer,
    points: z.array(
      z.object({
        at: instantSchema,
        hoursAhead: z.number().min(0),
        ...quantilesSchema.shape,
        overServiceLevel: fraction.meta({ description: 'Probability that the service level is passed by then' }),
      }),
    ),
    timeToFull: timeToFullSchema,
    lastEmptiedAt: instantSchema.nullable(),
    basis: z.object({
      source: z.enum(basisSources).meta({
        description: 'Mostly: a bin goes by its own history once a day of its filling was seen',
      }),
      hoursSeen: z.int().min(0).meta({ description: 'Hours of this bin’s own filling that were learnt from' }),
      updatedAt: instantSchema.nullable().meta({ description: 'When models were made last' }),
    }),
  })
  .meta({ id: 'BinForecast', description: 'How full the bin will be, as long as nobody empties it' });

const quantilesAt = (forecast: Forecast, at: number): z.infer<typeof quantilesSchema> => {
  const quantile = (p: number): number => Math.min(1, fillQuantile(forecast, at, p));
  return { p05: quantile(0.05), p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9), p95: quantile(0.95) };
};

const pointsOf = ({ bin, forecast }: BinOutlook, at: number, hours: number, stepHours: number) =>
  Array.from({ length: Math.floor(hours / stepHours) + 1 }, (_, index) => {
    const then = at + index * stepHours * HOUR_MS;
    return {
      at: isoInstant(then),
      hoursAhead: index * stepHours,
      ...quantilesAt(forecast, then),
      overServiceLevel: probabilityOver(forecast, then, bin.serviceLevel),
    };
  });

const timeToFull = (forecast: Forecast): z.infer<typeof timeToFullSchema> => {
  const by = (p: number): string | null => {
    const at = timeToLevel(forecast, 1, p);
    return at === null ? null : isoInstant(Math.round(at));
  };
  return { p50: by(0.5), p80: by(0.8), p95: by(0.95) };
};

const basisAnswer = ({ basis }: BinOutlook): z.infer<typeof forecastAnswer>['basis'] => {
  const { source = 'assumed', hoursSeen = 0, updatedAt = null } = basis ?? {};
  return { source, hoursSeen, updatedAt: isoInstantOrNull(updatedAt) };
};

const querySchema = z
  .strictObject({
    hours: z.coerce.number().int().min(1).max(MOST_HOURS).default(72).meta({ description: 'How far ahead' }),
    stepHours: z.coerce.number().int().min(1).max(24).default(3),
  })
  .refine(({ hours, stepHours }) => hours / stepHours < MOST_POINTS, `at most ${MOST_POINTS} points`);

export const getBinForecast = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins/{binId}/forecast',
    operationId: 'getBinForecast',
    summary: 'How full a bin will be until it is emptied, and when it will be full',
    pathParameters: binParameters,
    query: querySchema,
    responses: { 200: { description: 'The forecast', content: { 'application/json': forecastAnswer } } },
    handle: async ({ path: { binId }, query: { hours, stepHours } }) => {
      const [bin, city] = await Promise.all([requireBin(parts.registry, binId), requireCity(parts)]);
      const at = parts.clock();
      const [outlook] = await binOutlooks(parts, city, at, [bin.id]);
      if (outlook === undefined) throw notFound(`There is no bin ${binId}`);
      const { fill, forecast, lastEmptiedAt } = outlook;
      return json(forecastAnswer, {
        binId,
        generatedAt: isoInstant(at),
        fill: fillAnswerOf(fill),
        start: { ...forecast.start, at: isoInstant(forecast.start.at) },
        points: pointsOf(outlook, at, hours, stepHours),
        timeToFull: timeToFull(forecast),
        lastEmptiedAt: isoInstantOrNull(lastEmptiedAt),
        basis: basisAnswer(outlook),
      });
    },
  });
