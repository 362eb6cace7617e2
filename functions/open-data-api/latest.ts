import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { cursorParameter, limitParameter } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { readingsCacheControl } from '../../shared/open-data/freshness.ts';
import { readingsGeoJson } from '../../shared/open-data/geojson.ts';
import { readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import { openReading, openReadingSchema } from '../../shared/open-data/open-reading.ts';
import { compareSeries, type Series } from '../../shared/open-data/series.ts';
import { listSites } from '../../shared/open-data/site.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { readingTable } from '../../shared/open-data/tables/reading-table.ts';
import { isDerived } from '../../shared/telemetry/derived-quantities.ts';
import { quantityNames } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';
import { nextPage, requireSeries } from './require.ts';

const DAY_MS = 86_400_000;
/** Means of months and years are derived too, but their newest may be a year old: they are asked for by `/readings`. */
const DERIVED_WITHIN_MS = 45 * DAY_MS;

export const latestTable = {
  ...readingTable,
  name: 'latest',
  title: { en: 'Latest readings', vi: 'Số đo mới nhất' },
};

const quantitySchema = z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`);

export const latestQuery = z.strictObject({
  station: entityIdSchema.optional().meta({ description: 'A station or bin: all its sensors' }),
  sensor: entityIdSchema.optional(),
  quantity: quantitySchema
    .optional()
    .meta({ description: 'Means and indices are told when they are asked for by name' }),
  limit: limitParameter(5_000, 5_000),
  cursor: cursorParameter,
  format: formatParameter,
});

const latestAnswer = withSource({
  readings: z.array(openReadingSchema),
  nextCursor: z.string().optional(),
}).meta({ id: 'LatestReadings' });

const cursorSchema = z.object({ sensorId: z.string(), quantity: quantitySchema });

/** The newest of each: of what sensors send as their states know it, of what is worked out as the store does. */
const newestOf = async (parts: OpenDataParts, series: readonly Series[], at: number): Promise<readonly Reading[]> => {
  const derived = series.filter(({ quantity }) => isDerived(quantity));
  const sensorIds = [...new Set(series.map(({ sensorId }) => sensorId))];
  const [states, stored] = await Promise.all([
    parts.sensorStates.get(sensorIds),
    derived.length === 0
      ? []
      : parts.readings.edges({ series: derived, edge: 'newest', from: at - DERIVED_WITHIN_MS, to: at + 1 }),
  ]);
  const wanted = new Set(series.map(({ sensorId, quantity }) => `${sensorId}|${quantity}`));
  const known = states.flatMap(({ latest }) => Object.values(latest));
  return [...known, ...stored]
    .filter(({ sensorId, quantity }) => wanted.has(`${sensorId}|${quantity}`))
    .sort(compareSeries);
};

export const listLatest = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/latest',
    operationId: 'listLatest',
    summary: 'The newest reading of each quantity of each sensor',
    description: 'However old it is: `measuredAt` says. Ordered by sensor and quantity.',
    query: latestQuery,
    responses: inAllFormats('The newest readings', latestAnswer),
    handle: async ({ query, event }) => {
      const { format, limit, cursor, ...filter } = query;
      const wanted = wantedFormat(format, event.headers.accept);
      const after = cursor === undefined ? undefined : readCursor(cursorSchema, cursor);
      const at = parts.clock();
      const [city, { series, siteOf }] = await Promise.all([requireCity(parts), requireSeries(parts, filter)]);
      const left = after === undefined ? series : series.filter((each) => compareSeries(each, after) > 0);
      const page = left.slice(0, limit);
      const last = left.length > limit ? page.at(-1) : undefined;
      const found = await newestOf(parts, page, at);
      const readings = found.map((reading) => openReading(reading, { timeZone: city.timeZone, siteOf }));
      const nextCursor = last && writeCursor({ sensorId: last.sensorId, quantity: last.quantity });
      const sites = wanted === 'geojson' ? await listSites(parts.registry) : [];
      const source = sourceOf(city);
      const renderings = {
        json: () => ({ ...source, readings, ...(nextCursor === undefined ? {} : { nextCursor }) }),
        geojson: () => readingsGeoJson(readings, new Map(sites.map((site) => [site.id, site.position])), nextCursor),
        table: latestTable,
        rows: () => readings,
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, latestAnswer, renderings, {
        'cache-control': readingsCacheControl(at, at),
        ...(nextCursor === undefined ? {} : { link: nextPage('/latest', { ...filter, limit, format }, nextCursor) }),
      });
    },
  });
