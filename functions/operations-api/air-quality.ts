import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { mayPublishIndex, stationClassOf, stationClassSchema } from '../../shared/city/station-class.ts';
import { type AirQuality, airQualityOf } from '../../shared/environment/air-quality.ts';
import type { Period } from '../../shared/environment/calendar-periods.ts';
import { indexAnswer, indexAnswerOf } from '../../shared/environment/indices/index-answer.ts';
import type { MeanInput } from '../../shared/environment/indices/index-result.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantParameter, instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest, notFound } from '../../shared/lambda/problem.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import type { OperationsParts } from './parts.ts';

const periodSchema = z.object({ startsAt: instantSchema, endsAt: instantSchema });

const meanSchema = z
  .object({
    value: z.number().nullable().meta({ description: 'Null where there is too little data for a mean' }),
    completeness: z.number(),
  })
  .nullable()
  .meta({ description: 'Null where nothing was measured' });

const qualityAnswer = z
  .object({
    stationId: z.string(),
    class: stationClassSchema,
    mayPublishIndex: z.boolean(),
    hour: periodSchema.extend({ vnAqi: indexAnswer, usAqi: indexAnswer }),
    day: periodSchema.extend({ vnAqi: indexAnswer, usAqi: indexAnswer }),
    concentrations: z
      .array(
        z.object({
          quantity: z.string(),
          nameEn: z.string(),
          nameVi: z.string(),
          unit: z.string(),
          hour: meanSchema,
          day: meanSchema,
        }),
      )
      .meta({ description: 'Means of the hour and of the day; a reference station has these and no index' }),
  })
  .meta({ id: 'AirQuality' });

const periodAnswer = ({ startsAt, endsAt }: Period) => ({ startsAt: isoInstant(startsAt), endsAt: isoInstant(endsAt) });

const meanAnswer = (mean: MeanInput | undefined) =>
  mean === undefined ? null : { value: mean.isValid ? mean.value : null, completeness: mean.completeness };

const answerOf = ({ hour, day, indices, concentrations }: AirQuality) => {
  const [vnOfHour, usOfHour, vnOfDay, usOfDay] = indices.map(({ result }) => indexAnswerOf(result));
  return {
    hour: { ...periodAnswer(hour), vnAqi: vnOfHour, usAqi: usOfHour },
    day: { ...periodAnswer(day), vnAqi: vnOfDay, usAqi: usOfDay },
    concentrations: concentrations.map(({ quantity, ...means }) => {
      const { nameEn, nameVi, unit } = quantities[quantity];
      return { quantity, nameEn, nameVi, unit, hour: meanAnswer(means.hour), day: meanAnswer(means.day) };
    }),
  };
};

const requirePast = (at: number | undefined, now: number): number => {
  if (at === undefined || at <= now) return at ?? now;
  throw invalidRequest([{ in: 'query', field: 'at', message: 'must not lie in the future' }]);
};

export const getAirQuality = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations/{stationId}/air-quality',
    operationId: 'getAirQuality',
    summary: 'VN_AQI and US AQI of the hour and of the day, with all that they rest on',
    pathParameters: z.object({ stationId: entityIdSchema.meta({ description: 'A station of air' }) }),
    query: z.strictObject({
      at: instantParameter('The last whole hour and day before this instant; now when absent').optional(),
    }),
    responses: { 200: { description: 'The air’s quality', content: { 'application/json': qualityAnswer } } },
    handle: async ({ path: { stationId }, query }) => {
      const { registry, cityId, clock } = parts;
      const at = requirePast(query.at, clock());
      const [station, city] = await Promise.all([registry.get('station', stationId), registry.get('city', cityId)]);
      if (station?.kind !== 'air' || city === undefined) throw notFound(`There is no station of air ${stationId}`);
      const sensors = (await registry.list('sensor')).filter(({ siteId }) => siteId === stationId);
      const [quality] = await airQualityOf({ ...parts, city }, { stations: [station], sensors, at });
      if (quality === undefined) throw new Error(`No air quality of ${stationId}`);
      const common = { stationId, class: stationClassOf(station), mayPublishIndex: mayPublishIndex(station) };
      return json(qualityAnswer, qualityAnswer.parse({ ...common, ...answerOf(quality) }));
    },
  });
