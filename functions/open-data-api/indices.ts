import * as z from 'zod';
import { entityIdSchema, type Station } from '../../shared/city/entities.ts';
import { mayPublishIndex } from '../../shared/city/station-class.ts';
import { airQualityOf } from '../../shared/environment/air-quality.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { readingsCacheControl } from '../../shared/open-data/freshness.ts';
import {
  indexRows,
  indicesGeoJson,
  openIndex,
  openIndexNames,
  openIndexSchema,
} from '../../shared/open-data/open-index.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { indexTable } from '../../shared/open-data/tables/index-table.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';

const indicesAnswer = withSource({ indices: z.array(openIndexSchema) }).meta({ id: 'StationIndices' });

const obstacleOf = (station: Station | undefined): string | undefined => {
  if (station === undefined) return 'there is no such station';
  if (station.kind !== 'air') return 'is no station of air; see /readings for the indices of water';
  if (mayPublishIndex(station)) return undefined;
  return 'is a reference station: concentrations yes, an index no (Thông tư 10/2021/TT-BTNMT, Điều 29)';
};

/** Every station of air that may publish an index, or the one that was asked for. @throws ProblemError 404 with the reason why not. */
const publishing = async ({ registry }: OpenDataParts, stationId: string | undefined): Promise<readonly Station[]> => {
  if (stationId === undefined) {
    return (await registry.list('station')).filter((station) => obstacleOf(station) === undefined);
  }
  const station = await registry.get('station', stationId);
  const obstacle = obstacleOf(station);
  if (station !== undefined && obstacle === undefined) return [station];
  const message = obstacle ?? 'there is no such station';
  throw notFound(`station ${stationId}: ${message}`, [{ in: 'query', field: 'station', message }]);
};

export const indicesQuery = z.strictObject({
  station: entityIdSchema.optional(),
  quantity: z
    .enum(openIndexNames, `must be one of ${openIndexNames.join(', ')}`)
    .optional()
    .meta({ description: 'Only this index; all four when absent' }),
  format: formatParameter,
});

export const listIndices = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/indices',
    operationId: 'listIndices',
    summary: 'VN_AQI and US AQI of the last hour and day, with category, colour, advice and sub-indices',
    description: 'Of every station of air that may publish an index. Reference stations publish concentrations only.',
    query: indicesQuery,
    responses: inAllFormats('The indices, by station', indicesAnswer),
    handle: async ({ query: { station: stationId, quantity, format }, event }) => {
      const wanted = wantedFormat(format, event.headers.accept);
      const at = parts.clock();
      const city = await requireCity(parts);
      const [stations, sensors] = await Promise.all([publishing(parts, stationId), parts.registry.list('sensor')]);
      const found = await airQualityOf({ ...parts, city }, { stations, sensors, at });
      const indices = stations.flatMap((station, place) =>
        (found[place]?.indices ?? [])
          .filter((index) => quantity === undefined || index.quantity === quantity)
          .map((index) => openIndex(city, station, index)),
      );
      const source = sourceOf(city);
      const renderings = {
        json: () => ({ indices, ...source }),
        geojson: () => indicesGeoJson(indices),
        table: indexTable,
        rows: () => indexRows(indices),
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, indicesAnswer, renderings, { 'cache-control': readingsCacheControl(at, at) });
    },
  });
