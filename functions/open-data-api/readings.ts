import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { type Period, requestedPeriod } from '../../shared/lambda/period.ts';
import { invalidRequest } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { defaultEnd, readingsCacheControl } from '../../shared/open-data/freshness.ts';
import { readingsGeoJson } from '../../shared/open-data/geojson.ts';
import { cursorInstant, readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import { openReading, openReadingSchema } from '../../shared/open-data/open-reading.ts';
import { type Position, readPage } from '../../shared/open-data/read-page.ts';
import type { SeriesFilter } from '../../shared/open-data/series.ts';
import { listSites } from '../../shared/open-data/site.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { readingTable } from '../../shared/open-data/tables/reading-table.ts';
import { quantityNames } from '../../shared/telemetry/quantity.ts';
import { InvalidCursorError } from '../../shared/telemetry/reading-store.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';
import { nextPage, requireSeries } from './require.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 31;
const MAX_READINGS = 5_000;

const quantitySchema = z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`);

export const readingsQuery = z.strictObject({
  station: entityIdSchema.optional().meta({ description: 'A station or bin: readings of all its sensors' }),
  sensor: entityIdSchema.optional(),
  quantity: quantitySchema.optional(),
  from: instantParameter('Start, inclusive; 24 hours before the end when absent').optional(),
  to: instantParameter('End, exclusive; now when absent').optional(),
  limit: limitParameter(MAX_READINGS, 1_000),
  cursor: cursorParameter,
  format: formatParameter,
});
type Query = z.infer<typeof readingsQuery>;

const readingsAnswer = withSource({
  from: instantSchema,
  to: instantSchema,
  readings: z.array(openReadingSchema),
  nextCursor: z.string().optional(),
}).meta({ id: 'Readings' });

/** Keeps the period of the first page, so that a page asked for later is of the same list. */
const cursorSchema = z.object({
  filter: z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable()]),
  from: cursorInstant,
  to: cursorInstant,
  after: z.object({ sensorId: z.string(), quantity: quantitySchema, measuredAt: cursorInstant }),
});

const filterOf = ({ station, sensor, quantity }: SeriesFilter): z.infer<typeof cursorSchema>['filter'] => [
  station ?? null,
  sensor ?? null,
  quantity ?? null,
];

const continued = (query: Query, cursor: string): Period & { readonly after: Position } => {
  const { filter, from, to, after } = readCursor(cursorSchema, cursor);
  const sameFilter = filterOf(query).every((part, index) => part === filter[index]);
  const samePeriod = (query.from ?? from) === from && (query.to ?? to) === to;
  if (!sameFilter || !samePeriod) throw new InvalidCursorError('A cursor of another query');
  return { from, to, after };
};

const started = (query: Query, at: number): Period & { readonly after?: Position } =>
  requestedPeriod(query, { at: defaultEnd(at), defaultMs: DAY_MS, maxMs: MAX_DAYS * DAY_MS });

const requireFilter = (query: Query): void => {
  if (filterOf(query).some((part) => part !== null)) return;
  const message = 'give at least one of station, sensor and quantity';
  throw invalidRequest(['station', 'sensor', 'quantity'].map((field) => ({ in: 'query', field, message })));
};

const nextLink = ({ station, sensor, quantity, limit, format }: Query, cursor: string): string =>
  nextPage('/readings', { station, sensor, quantity, limit, format }, cursor);

export const listReadings = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/readings',
    operationId: 'listReadings',
    summary: 'Readings as they were measured, with their quality flags',
    description: `Ordered by sensor, quantity and instant; at most ${MAX_DAYS} days a request, page by page. At least one of station, sensor and quantity must be given.`,
    query: readingsQuery,
    responses: inAllFormats('One page of readings', readingsAnswer),
    handle: async ({ query, event }) => {
      requireFilter(query);
      const wanted = wantedFormat(query.format, event.headers.accept);
      const at = parts.clock();
      const { from, to, after } = query.cursor === undefined ? started(query, at) : continued(query, query.cursor);
      const [city, { series, siteOf }] = await Promise.all([requireCity(parts), requireSeries(parts, query)]);
      const page = await readPage(parts.readings, { series, from, to, limit: query.limit, after });
      const readings = page.readings.map((reading) => openReading(reading, { timeZone: city.timeZone, siteOf }));
      const nextCursor = page.last && writeCursor({ filter: filterOf(query), from, to, after: page.last });
      const sites = wanted === 'geojson' ? await listSites(parts.registry) : [];
      const source = sourceOf(city);
      const renderings = {
        json: () => ({
          ...source,
          from: isoInstant(from),
          to: isoInstant(to),
          readings,
          ...(nextCursor === undefined ? {} : { nextCursor }),
        }),
        geojson: () => readingsGeoJson(readings, new Map(sites.map((site) => [site.id, site.position])), nextCursor),
        table: readingTable,
        rows: () => readings,
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, readingsAnswer, renderings, {
        'cache-control': readingsCacheControl(to, at),
        ...(nextCursor === undefined ? {} : { link: nextLink(query, nextCursor) }),
      });
    },
  });
