import * as z from 'zod';
import { utcOffsetMinutes } from '../../shared/city/calendar.ts';
import { type City, entityIdSchema } from '../../shared/city/entities.ts';
import { defaultAveragingPolicy } from '../../shared/environment/averaging-policy.ts';
import type { Period } from '../../shared/environment/calendar-periods.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { invalidRequest } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import {
  type AggregatePeriod,
  aggregate,
  aggregatePeriods,
  aggregatePeriodsOf,
  type HoursByFlag,
} from '../../shared/open-data/aggregates/aggregate.ts';
import {
  aggregatesGeoJson,
  aggregateTable,
  type OpenAggregate,
  openAggregate,
  openAggregateSchema,
} from '../../shared/open-data/aggregates/open-aggregate.ts';
import { type Statistics, statisticsOf } from '../../shared/open-data/aggregates/statistics.ts';
import { defaultEnd, readingsCacheControl } from '../../shared/open-data/freshness.ts';
import { cursorInstant, readCursor, writeCursor } from '../../shared/open-data/keyset-cursor.ts';
import { listSites } from '../../shared/open-data/site.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { type Quantity, quantityNames } from '../../shared/telemetry/quantity.ts';
import type { Bucket } from '../../shared/telemetry/reading-store.ts';
import { formatParameter, inAllFormats, render, wantedFormat, withSource } from './formats.ts';
import type { OpenDataParts } from './parts.ts';
import { continuedPeriod, filterText, nextPage, requireSeries } from './require.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Days a request, by default and at most. */
const spans: Readonly<Record<AggregatePeriod, { readonly usual: number; readonly most: number }>> = {
  hour: { usual: 1, most: 31 },
  day: { usual: 31, most: 366 },
  month: { usual: 366, most: 1_096 },
};

/** Hours of series that one request has the store add up; a page ends where they are used up. */
const HOURS_A_REQUEST = 60_000;

const quantitySchema = z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`);

export const aggregatesQuery = z.strictObject({
  quantity: quantitySchema,
  by: z.enum(aggregatePeriods, 'must be hour, day or month').default('hour'),
  station: entityIdSchema.optional().meta({ description: 'A station or bin: all its sensors' }),
  sensor: entityIdSchema.optional(),
  from: instantParameter('Periods that end after it; a day, 31 days or a year before the end when absent').optional(),
  to: instantParameter('Periods that end by then; now when absent').optional(),
  limit: limitParameter(5_000, 1_000),
  cursor: cursorParameter,
  format: formatParameter,
});
type Query = z.infer<typeof aggregatesQuery>;

const aggregatesAnswer = withSource({
  from: instantSchema,
  to: instantSchema,
  aggregates: z.array(openAggregateSchema),
  nextCursor: z.string().optional(),
}).meta({ id: 'Aggregates' });

const cursorSchema = z.object({
  filter: z.string(),
  from: cursorInstant,
  to: cursorInstant,
  sensorId: z.string(),
  endsAt: cursorInstant,
});
type Cursor = z.infer<typeof cursorSchema>;

const requireStatistics = (quantity: Quantity): Statistics => {
  const statistics = statisticsOf(quantity);
  if (statistics !== undefined) return statistics;
  const message = 'is a mean or an index already: ask /readings for it';
  throw invalidRequest([{ in: 'query', field: 'quantity', message }]);
};

type Call = {
  readonly parts: OpenDataParts;
  readonly query: Query;
  readonly city: City;
  readonly statistics: Statistics;
  readonly periods: readonly Period[];
  readonly siteOf: ReadonlyMap<string, string>;
};

const flags = [1, 2, 3, 4] as const;

/** Hourly buckets of some sensors, apart by flag, so that an aggregate can tell what it left out. */
const hoursOf = async ({ parts, query, city, periods }: Call, sensorIds: readonly string[]) => {
  const from = periods[0]?.startsAt ?? 0;
  const range = { from, to: periods.at(-1)?.endsAt ?? 0, size: 'hour' as const };
  const offset = utcOffsetMinutes(city.timeZone, from);
  const ask = (flag: (typeof flags)[number]): Promise<readonly Bucket[]> =>
    parts.readings.buckets({ ...range, sensorIds, quantity: query.quantity, utcOffsetMinutes: offset, flags: [flag] });
  const [good, unevaluated, suspect, failed] = (await Promise.all(flags.map(ask))).map((buckets) =>
    Map.groupBy(buckets, ({ sensorId }) => sensorId),
  );
  return (sensorId: string): HoursByFlag => ({
    1: good?.get(sensorId) ?? [],
    2: unevaluated?.get(sensorId) ?? [],
    3: suspect?.get(sensorId) ?? [],
    4: failed?.get(sensorId) ?? [],
  });
};

const rowsOf = async (call: Call, sensorIds: readonly string[]): Promise<readonly OpenAggregate[]> => {
  const { parts, query, city, statistics, periods, siteOf } = call;
  if (sensorIds.length === 0 || periods.length === 0) return [];
  const { by, quantity } = query;
  const { timeZone, averaging: policy = defaultAveragingPolicy } = city;
  const [hours, sensors] = await Promise.all([hoursOf(call, sensorIds), parts.registry.getMany('sensor', sensorIds)]);
  const intervals = new Map(sensors.map(({ id, intervalSeconds }) => [id, intervalSeconds]));
  return sensorIds.flatMap((sensorId) =>
    aggregate({
      ...{ by, periods, statistics, policy, timeZone },
      hours: hours(sensorId),
      intervalSeconds: intervals.get(sensorId) ?? 900,
      utcOffsetMinutes: utcOffsetMinutes(timeZone, periods[0]?.startsAt ?? 0),
    }).map((each) => openAggregate(each, { sensorId, quantity, by, timeZone, siteOf })),
  );
};

/** One page: whole series until there are enough rows, or as many hours were added up as one request may ask for. */
const pageOf = async (call: Call, sensorIds: readonly string[], after: Cursor | undefined) => {
  const { periods, query } = call;
  const left = after === undefined ? sensorIds : sensorIds.filter((id) => id >= after.sensorId);
  const hours = ((periods.at(-1)?.endsAt ?? 0) - (periods[0]?.startsAt ?? 0)) / HOUR_MS;
  const affordable = Math.max(1, Math.floor(HOURS_A_REQUEST / Math.max(1, hours)));
  const needed = Math.ceil(query.limit / Math.max(1, periods.length)) + 1;
  const chosen = left.slice(0, Math.min(affordable, needed));
  const behind = ({ sensorId, endsAt }: OpenAggregate): boolean =>
    after === undefined || sensorId > after.sensorId || Date.parse(endsAt) > after.endsAt;
  const rows = (await rowsOf(call, chosen)).filter(behind);
  const page = rows.slice(0, query.limit);
  const more = rows.length > page.length || left.length > chosen.length;
  return { page, last: more ? page.at(-1) : undefined };
};

const filterOf = ({ quantity, by, station, sensor }: Query) => ({ quantity, by, station, sensor });

const periodOf = (query: Query, cursor: Cursor | undefined, at: number) => {
  const { usual, most } = spans[query.by];
  const maxMs = most * DAY_MS;
  if (cursor !== undefined) return continuedPeriod(cursor, query, { filter: filterOf(query), maxMs });
  return requestedPeriod(query, { at: defaultEnd(at), defaultMs: usual * DAY_MS, maxMs });
};

export const listAggregates = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/aggregates',
    operationId: 'listAggregates',
    summary: 'A quantity by hour, day or month of the city, with coverage and quality on every row',
    description:
      'Periods that ended, on the city’s clock; a period without data has a row that says so. Hours end at their instant (07:00 < t ≤ 08:00). Ordered by sensor and end.',
    query: aggregatesQuery,
    responses: inAllFormats('One page of aggregates', aggregatesAnswer),
    handle: async ({ query, event }) => {
      const wanted = wantedFormat(query.format, event.headers.accept);
      const statistics = requireStatistics(query.quantity);
      const at = parts.clock();
      const cursor = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor);
      const { from, to } = periodOf(query, cursor, at);
      const { station, sensor, quantity } = query;
      const [city, { series, siteOf }] = await Promise.all([
        requireCity(parts),
        requireSeries(parts, { station, sensor, quantity }),
      ]);
      const clock = { timeZone: city.timeZone, utcOffsetMinutes: utcOffsetMinutes(city.timeZone, from) };
      const periods = from < at ? aggregatePeriodsOf(query.by, { from, to: Math.min(to, at) }, clock) : [];
      const sensorIds = series.map(({ sensorId }) => sensorId);
      const { page, last } = await pageOf({ parts, query, city, statistics, periods, siteOf }, sensorIds, cursor);
      const nextCursor =
        last &&
        writeCursor({
          ...{ filter: filterText(filterOf(query)), from, to },
          ...{ sensorId: last.sensorId, endsAt: Date.parse(last.endsAt) },
        } satisfies Cursor);
      const sites = wanted === 'geojson' ? await listSites(parts.registry) : [];
      const source = sourceOf(city);
      const renderings = {
        json: () => ({
          ...source,
          from: isoInstant(from),
          to: isoInstant(to),
          aggregates: [...page],
          ...(nextCursor === undefined ? {} : { nextCursor }),
        }),
        geojson: () => aggregatesGeoJson(page, sites, nextCursor),
        table: aggregateTable,
        rows: () => page,
        source,
        rawQuery: event.rawQueryString,
      };
      const { cursor: _, from: __, to: ___, ...rest } = query;
      return render(wanted, aggregatesAnswer, renderings, {
        'cache-control': readingsCacheControl(to, at),
        ...(nextCursor === undefined ? {} : { link: nextPage('/aggregates', rest, nextCursor) }),
      });
    },
  });
