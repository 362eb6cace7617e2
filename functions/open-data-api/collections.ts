import * as z from 'zod';
import { type Bin, entityIdSchema } from '../../shared/city/entities.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import {
  collectionRows,
  collectionsGeoJson,
  collectionTable,
  type OpenCollection,
  openCollection,
  openCollectionSchema,
} from '../../shared/open-data/collections/open-collection.ts';
import { defaultEnd, readingsCacheControl } from '../../shared/open-data/freshness.ts';
import { cursorInstant, readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { readingsTogether } from '../../shared/telemetry/readings-together.ts';
import { emptyings } from '../../shared/waste/emptyings.ts';
import { fillQuantities } from '../../shared/waste/looks.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';
import { continuedPeriod, filterText, nextPage } from './require.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MAX_DAYS = 31;
/** A level before is told from so much, bags that hang and lenses that are wet included, … */
const BEFORE_MS = 12 * HOUR_MS;
/** … and that it was no open lid from so much after. */
const AFTER_MS = 3 * HOUR_MS;
/** Hours of bins that one request looks through; a page ends where they are used up. */
const HOURS_A_REQUEST = 20_000;

export const collectionsQuery = z.strictObject({
  bin: entityIdSchema.optional(),
  from: instantParameter('Start, inclusive; 7 days before the end when absent').optional(),
  to: instantParameter('End, exclusive; now when absent').optional(),
  limit: limitParameter(5_000, 1_000),
  cursor: cursorParameter,
  format: formatParameter,
});

const collectionsAnswer = withSource({
  from: instantSchema,
  to: instantSchema,
  collections: z.array(openCollectionSchema),
  nextCursor: z.string().optional(),
}).meta({ id: 'Collections' });

const cursorSchema = z.object({
  filter: z.string(),
  from: cursorInstant,
  to: cursorInstant,
  binId: z.string(),
  emptiedBefore: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;

const requireBins = async ({ registry }: OpenDataParts, id: string | undefined): Promise<readonly Bin[]> => {
  if (id === undefined) return registry.list('bin');
  const bin = await registry.get('bin', id);
  if (bin !== undefined) return [bin];
  const message = `there is no bin ${id}`;
  throw notFound(`bin: ${message}`, [{ in: 'query', field: 'bin', message }]);
};

/** Each bin's readings of its fill, of all sensors that look into it. */
const readingsOf = async (
  { registry, readings }: OpenDataParts,
  bins: readonly Bin[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<ReadonlyMap<string, readonly Reading[]>> => {
  const wanted = new Set(bins.map(({ id }) => id));
  const sensors = (await registry.list('sensor')).filter(({ siteId }) => siteId !== undefined && wanted.has(siteId));
  const binOf = new Map(sensors.map(({ id, siteId = '' }) => [id, siteId]));
  const series = sensors.flatMap(({ id: sensorId }) => fillQuantities.map((quantity) => ({ sensorId, quantity })));
  const found = await readingsTogether(readings, series, { from: from - BEFORE_MS, to: to + AFTER_MS });
  return Map.groupBy(found, ({ sensorId }) => binOf.get(sensorId) ?? '');
};

/** One page: the collections of whole bins, as many as one request may look through. */
const pageOf = async (
  parts: OpenDataParts,
  bins: readonly Bin[],
  { after, limit, ...period }: { from: number; to: number; timeZone: string; after: Cursor | undefined; limit: number },
) => {
  const left = after === undefined ? bins : bins.filter(({ id }) => id >= after.binId);
  const hours = (period.to - period.from) / HOUR_MS;
  const chosen = left.slice(0, Math.max(1, Math.floor(HOURS_A_REQUEST / Math.max(1, hours))));
  const found = await readingsOf(parts, chosen, period);
  const rows = chosen
    .flatMap((bin) =>
      emptyings(bin.container, found.get(bin.id) ?? [])
        .filter(({ before }) => before >= period.from && before < period.to)
        .map((emptying) => openCollection(bin, emptying, period.timeZone)),
    )
    .filter(
      ({ binId, emptiedBefore }) => after === undefined || binId > after.binId || emptiedBefore > after.emptiedBefore,
    );
  const page: readonly OpenCollection[] = rows.slice(0, limit);
  const last = page.at(-1);
  if (rows.length > limit && last !== undefined) {
    return { page, next: { binId: last.binId, emptiedBefore: last.emptiedBefore } };
  }
  const followed = left.length > chosen.length ? left[chosen.length] : undefined;
  return { page, next: followed && { binId: followed.id, emptiedBefore: '' } };
};

export const listCollections = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/collections',
    operationId: 'listCollections',
    summary: 'Collections performed: which bin was emptied when, and how full it was',
    description: `Seen by the bins’ own sensors: a level that falls by more than half and by 10 % of the capacity, confirmed by two readings; waste pressed down, hanging bags, open lids and single false echoes are none. Told when the second reading confirms it, between two instants; ordered by bin and time; at most ${MAX_DAYS} days a request.`,
    query: collectionsQuery,
    responses: inAllFormats('One page of collections', collectionsAnswer),
    handle: async ({ query, event }) => {
      const { format, limit, bin } = query;
      const wanted = wantedFormat(format, event.headers.accept);
      const at = parts.clock();
      const cursor = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor);
      const maxMs = MAX_DAYS * DAY_MS;
      const { from, to } =
        cursor === undefined
          ? requestedPeriod(query, { at: defaultEnd(at), defaultMs: 7 * DAY_MS, maxMs })
          : continuedPeriod(cursor, query, { filter: { bin }, maxMs });
      const [city, bins] = await Promise.all([requireCity(parts), requireBins(parts, bin)]);
      const { timeZone } = city;
      const { page, next } = await pageOf(parts, bins, { from, to, timeZone, after: cursor, limit });
      const nextCursor = next && writeCursor({ filter: filterText({ bin }), from, to, ...next } satisfies Cursor);
      const source = sourceOf(city);
      const binById = new Map(bins.map((each) => [each.id, each]));
      const renderings = {
        json: () => ({
          ...source,
          from: isoInstant(from),
          to: isoInstant(to),
          collections: [...page],
          ...(nextCursor === undefined ? {} : { nextCursor }),
        }),
        geojson: () => collectionsGeoJson(page, binById, nextCursor),
        table: collectionTable,
        rows: () => collectionRows(page, binById),
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, collectionsAnswer, renderings, {
        'cache-control': readingsCacheControl(to, at),
        ...(nextCursor === undefined ? {} : { link: nextPage('/collections', { bin, limit, format }, nextCursor) }),
      });
    },
  });
