import * as z from 'zod';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { sitesCsv } from '../../shared/open-data/csv.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { sitesGeoJson } from '../../shared/open-data/geojson.ts';
import { listSites, siteKindSchema, siteSchema } from '../../shared/open-data/site.ts';
import { formatParameter, inAllFormats, render, wantedFormat } from './formats.ts';
import type { OpenDataParts } from './parts.ts';

const stationsAnswer = z.object({ stations: z.array(siteSchema) }).meta({ id: 'Stations' });

export const listStations = ({ registry }: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations',
    operationId: 'listStations',
    summary: 'Every place the city observes: air and water stations, and bins',
    query: z.strictObject({
      kind: z.enum(siteKindSchema.options, 'must be air, water or bin').optional(),
      format: formatParameter,
    }),
    responses: inAllFormats('The places, by id', stationsAnswer),
    handle: async ({ query: { kind, format }, event }) => {
      const wanted = wantedFormat(format, event.headers.accept);
      const sites = await listSites(registry, kind);
      const renderings = {
        json: () => ({ stations: [...sites] }),
        csv: () => sitesCsv(sites),
        geojson: () => sitesGeoJson(sites),
        fileName: 'stations',
      };
      return render(wanted, stationsAnswer, renderings, { 'cache-control': REGISTRY_CACHE_CONTROL });
    },
  });
