import * as z from 'zod';
import { localDate } from '../../shared/city/calendar.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { cursorParameter, limitParameter } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { invalidRequest } from '../../shared/lambda/problem.ts';
import { publicOrigin } from '../../shared/lambda/public-address.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { type BulkIssue, type BulkIssues, type BulkPlace, daySchema } from '../../shared/open-data/bulk/bulk-issue.ts';
import { bulkTable, openBulkFileSchema, openBulkFiles } from '../../shared/open-data/bulk/open-bulk-file.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { type Quantity, quantityNames } from '../../shared/telemetry/quantity.ts';
import { CSV_TYPE, inFormats, JSON_TYPE, render, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';
import { filterText, nextPage, requireSame } from './require.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 31;
const MAX_DAYS = 366;
/** Issues read from the record at a time, and at most in one request; a page ends where they are used up. */
const READ_AT_ONCE = 1_000;
const READ_AT_MOST = 20_000;

const quantitySchema = z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`);

const dayParameter = daySchema.refine((day) => day >= '1970-01-01', 'is before there was any data');

export const bulkQuery = z.strictObject({
  quantity: quantitySchema.optional(),
  from: dayParameter.optional().meta({ description: `First day; the last ${USUAL_DAYS} days when absent` }),
  to: dayParameter.optional().meta({ description: 'Last day, included; today when absent' }),
  versions: z
    .enum(['newest', 'all'], 'must be newest or all')
    .default('newest')
    .meta({ description: '`all` lists also versions that a later one took the place of: their files stay' }),
  limit: limitParameter(2_500, 1_000),
  cursor: cursorParameter,
  format: z.enum(['json', 'csv'], 'must be json or csv').optional(),
});
type Query = z.infer<typeof bulkQuery>;

const bulkAnswer = withSource({
  from: daySchema,
  to: daySchema,
  files: z.array(openBulkFileSchema),
  nextCursor: z.string().optional(),
}).meta({ id: 'BulkFiles' });

const placeSchema = z.object({ day: daySchema, quantity: quantitySchema, version: z.int() });
const cursorSchema = z.object({ filter: z.string(), from: daySchema, to: daySchema, after: placeSchema });

const daysOf = (query: Pick<Query, 'from' | 'to'>, today: string) => {
  const { to = today } = query;
  const dayBefore = (day: string, days: number): string =>
    new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);
  const { from = dayBefore(to, USUAL_DAYS - 1) } = query;
  if (from > to) throw invalidRequest([{ in: 'query', field: 'from', message: 'lies behind `to`' }]);
  if (from < dayBefore(to, MAX_DAYS - 1)) {
    const message = `at most ${MAX_DAYS} days a request: ask for the rest separately`;
    throw invalidRequest([{ in: 'query', field: 'from', message }]);
  }
  return { from, to };
};

const placeOf = ({ day, quantity, version }: BulkIssue): BulkPlace => ({ day, quantity, version });

type Listed = { readonly issue: BulkIssue; readonly newest: boolean };
type Wanted = {
  from: string;
  to: string;
  limit: number;
  quantity: Quantity | undefined;
  all: boolean;
  after: BulkPlace | undefined;
};

/** One page of issues; `next` is the place to go on behind. */
const pageOf = async (issues: BulkIssues, { from, to, limit, quantity, all, after }: Wanted) => {
  const found: Listed[] = [];
  let place = after;
  for (let read = 0; read < READ_AT_MOST; ) {
    // One more than is used tells whether the last one is its day's newest.
    const page = await issues.list({ from, to, limit: READ_AT_ONCE + 1, after: place });
    for (const [index, issue] of page.slice(0, READ_AT_ONCE).entries()) {
      const next = page[index + 1];
      const newest = next?.day !== issue.day || next.quantity !== issue.quantity;
      if ((quantity === undefined || issue.quantity === quantity) && (all || newest)) found.push({ issue, newest });
      place = placeOf(issue);
      if (found.length === limit) return { found, next: next === undefined ? undefined : place };
    }
    if (page.length <= READ_AT_ONCE) return { found, next: undefined };
    read += READ_AT_ONCE;
  }
  return { found, next: place };
};

export const listBulkFiles = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/bulk',
    operationId: 'listBulkFiles',
    summary: 'Daily files of readings, one a day and quantity, as Parquet and gzipped CSV',
    description:
      'The files never change: a day that changed is issued again under the next version. They answer range requests, so DuckDB and pandas read of a Parquet file only what they need. Ordered by day, quantity and version.',
    query: bulkQuery,
    responses: inFormats('The files', bulkAnswer, ['json', 'csv']),
    handle: async ({ query, event }) => {
      const offers = [
        { format: 'json', mediaType: JSON_TYPE },
        { format: 'csv', mediaType: CSV_TYPE },
      ] as const;
      const wanted = negotiate([...offers], { format: query.format, accept: event.headers.accept });
      const city = await requireCity(parts);
      const { timeZone } = city;
      const { quantity, versions, limit } = query;
      const filter = { quantity, versions, from: query.from, to: query.to };
      const cursor = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor);
      if (cursor !== undefined) requireSame(cursor, filter);
      const { from, to } = daysOf(cursor ?? query, localDate(timeZone, parts.clock()));
      const page = { from, to, limit, quantity, all: versions === 'all', after: cursor?.after };
      const { found, next } =
        parts.bulkIssues === undefined ? { found: [], next: undefined } : await pageOf(parts.bulkIssues, page);
      const origin = publicOrigin(event, parts.publicUrl);
      const files = found.flatMap(({ issue, newest }) => openBulkFiles(issue, { origin, timeZone, newest }));
      const nextCursor = next && writeCursor({ filter: filterText(filter), from, to, after: next });
      const source = sourceOf(city);
      const renderings = {
        json: () => ({ ...source, from, to, files, ...(nextCursor === undefined ? {} : { nextCursor }) }),
        table: bulkTable,
        rows: () => files,
        source,
        rawQuery: event.rawQueryString,
      };
      return render(wanted, bulkAnswer, renderings, {
        'cache-control': REGISTRY_CACHE_CONTROL,
        ...(nextCursor === undefined
          ? {}
          : { link: nextPage('/bulk', { ...filter, limit, format: query.format }, nextCursor) }),
      });
    },
  });
