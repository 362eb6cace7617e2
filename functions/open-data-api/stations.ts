import * as z from 'zod';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { siteRows } from '../../shared/open-data/csv.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { sitesGeoJson } from '../../shared/open-data/geojson.ts';
import { listSites, siteKindSchema, siteSchema } from '../../shared/open-data/site.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { siteTable } from '../../shared/open-data/tables/site-table.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';

const stationsAnswer = withSource({ stations: z.array(siteSchema) }).meta({ id: 'Stations' });

export const stationsQuery = z.strictObject({
  kind: z.enum(siteKindSchema.options, 'must be air, water or bin').optional(),
  format: formatParameter,
});

export const listStations = ({ registry, cityId }: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations',
    operationId: 'listStations',
    summary: 'Every place the city observes: air and water stations, and bins',
    query: stationsQuery,
    responses: inAllFormats('The places, by id', stationsAnswer),
    handle: async ({ query: { kind, format }, event }) => {
      const wanted = wantedFormat(format, event.headers.accept);
      const [sites, city] = await Promise.all([listSites(registry, kind), registry.get('city', cityId)]);
      const source = sourceOf(city);
      const renderings = {
        json: () => ({ stations: [...sites], ...source }),
        geojson: () => sitesGeoJson(sites),
        table: siteTable,
        rows: () => siteRows(sites),
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, stationsAnswer, renderings, { 'cache-control': REGISTRY_CACHE_CONTROL });
    },
  });
