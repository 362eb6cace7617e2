import type { Reading } from '../../telemetry/reading.ts';
import type {
  CountQuery,
  EdgeQuery,
  SeriesCount,
  SeriesExtent,
  SeriesPage,
  SeriesQuery,
} from '../../telemetry/reading-store.ts';
import { type PageRange, pageRange, seriesCursor, seriesLimit } from '../../telemetry/series-cursor.ts';
import { chunk, mapInParallel } from '../parallel.ts';
import { listDays } from './day-items.ts';
import { countItems, queryPages, type TableOptions } from './items.ts';
import {
  currentSortKey,
  DAY_MS,
  dayName,
  dayOf,
  daysPartition,
  readingOf,
  type SeriesName,
  seriesPartition,
} from './reading-items.ts';

/** Days read at once for a page of a series. */
const DAYS_IN_FLIGHT = 8;
/** Series whose ends are looked for at once. */
const SERIES_IN_FLIGHT = 32;
/** Days of which only names are read at once, looking for one that still has readings. */
const DAYS_A_LOOK = 4;
const LAST_DAY = Date.UTC(9999, 11, 31);

/**
 * The days of a range in its order, without those that are left out whole: what lies on these is counted where it lies. `before`: how
 * many to leave out of the first of the rest.
 */
const daysBehind = async (
  table: TableOptions,
  series: SeriesName,
  { from, to, descending, skip }: PageRange,
): Promise<{ readonly days: readonly number[]; readonly before: number }> => {
  const inOrder = <T>(days: readonly T[]): readonly T[] => (descending ? days.toReversed() : days);
  if (skip === 0) {
    const listed = await listDays(table, series, dayOf(from), dayOf(to - 1));
    return { days: inOrder(listed).map(({ day }) => day), before: 0 };
  }
  const days = [...inOrder(await countDays(table, series, { from, to }))];
  let before = skip;
  for (let first = days[0]; first !== undefined && before >= first.count; first = days[0]) {
    before -= first.count;
    days.shift();
  }
  return { days: days.map(({ day }) => day), before };
};

/** A page of a series, in the order asked for. */
export const seriesPage = async (table: TableOptions, query: SeriesQuery): Promise<SeriesPage> => {
  const range = pageRange(query);
  const limit = seriesLimit(query);
  if (range.from >= range.to) return { readings: [] };
  const { days, before } = await daysBehind(table, query, range);
  const all: Reading[] = [];
  for (const some of chunk(days, DAYS_IN_FLIGHT)) {
    const wanted = before + limit + 1 - all.length;
    const pages = await mapInParallel(some, DAYS_IN_FLIGHT, (day) => readSome(table, query, day, range, wanted));
    all.push(...pages.flat());
    if (all.length > before + limit) break;
  }
  const found = all.slice(before);
  const readings = found.slice(0, limit);
  const last = readings.at(-1);
  return found.length > limit && last ? { readings, nextCursor: seriesCursor(query, last.measuredAt) } : { readings };
};

const dayCondition = (
  series: SeriesName,
  day: number,
  { from, to }: { readonly from: number; readonly to: number },
) => ({
  KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: {
    ':pk': seriesPartition(series, day),
    ':first': currentSortKey(Math.max(day, from)),
    ':last': currentSortKey(Math.min(day + DAY_MS, to) - 1),
  },
});

/** The first readings of a day within a range, no more than are wanted. */
const readSome = async (
  table: TableOptions,
  series: SeriesName,
  day: number,
  range: PageRange,
  wanted: number,
): Promise<readonly Reading[]> => {
  const readings: Reading[] = [];
  const pages = queryPages(table, {
    ...dayCondition(series, day, range),
    ScanIndexForward: !range.descending,
    Limit: wanted,
  });
  for await (const page of pages) {
    readings.push(...page.map((item) => readingOf(series, item)));
    if (readings.length >= wanted) break;
  }
  return readings.slice(0, wanted);
};

const distinct = (series: readonly SeriesName[]): readonly SeriesName[] => [
  ...new Map(series.map((each) => [`${each.sensorId}|${each.quantity}`, each])).values(),
];

/** The ends of many series: two small queries for each that has any. */
export const readEdges = async (table: TableOptions, query: EdgeQuery): Promise<readonly Reading[]> => {
  const { series, edge, from, to } = query;
  if (from >= to) return [];
  const range = { from, to, descending: edge === 'newest', skip: 0 };
  return (await mapInParallel(distinct(series), SERIES_IN_FLIGHT, (each) => readEdge(table, each, range))).flat();
};

const readEdge = async (table: TableOptions, series: SeriesName, range: PageRange): Promise<readonly Reading[]> => {
  const days = queryPages(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
    ExpressionAttributeValues: {
      ':pk': daysPartition(series),
      ':first': dayName(Math.max(dayOf(range.from), 0)),
      ':last': dayName(Math.min(dayOf(range.to - 1), LAST_DAY)),
    },
    ProjectionExpression: 'sk',
    ScanIndexForward: !range.descending,
    Limit: DAYS_A_LOOK,
  });
  for await (const page of days) {
    // A day may be known and yet hold nothing in the range, or nothing any more.
    for (const { sk } of page) {
      const found = await readSome(table, series, Date.parse(String(sk)), range, 1);
      if (found.length > 0) return found;
    }
  }
  return [];
};

/** From when to when many series have readings: the two ends of each. */
export const readExtents = async (table: TableOptions, query: CountQuery): Promise<readonly SeriesExtent[]> => {
  const [oldest, newest] = await Promise.all([
    readEdges(table, { ...query, edge: 'oldest' }),
    readEdges(table, { ...query, edge: 'newest' }),
  ]);
  const lasts = new Map(newest.map(({ sensorId, quantity, measuredAt }) => [`${sensorId}|${quantity}`, measuredAt]));
  return oldest.map(({ sensorId, quantity, measuredAt }) => {
    const last = lasts.get(`${sensorId}|${quantity}`) ?? measuredAt;
    return { sensorId, quantity, first: measuredAt, last };
  });
};

/** How many readings there are on each day that has some, oldest day first, counted where they lie. */
const countDays = async (table: TableOptions, series: SeriesName, { from, to }: Omit<CountQuery, 'series'>) => {
  const days = await listDays(table, series, dayOf(from), dayOf(to - 1));
  return mapInParallel(days, DAYS_IN_FLIGHT, async ({ day }) => ({
    day,
    count: await countItems(table, dayCondition(series, day, { from, to })),
  }));
};

/** How many readings each of many series has. */
export const countReadings = async (
  table: TableOptions,
  { series, from, to }: CountQuery,
): Promise<readonly SeriesCount[]> => {
  if (from >= to) return [];
  return mapInParallel(distinct(series), DAYS_IN_FLIGHT, async ({ sensorId, quantity }) => {
    const days = await countDays(table, { sensorId, quantity }, { from, to });
    return { sensorId, quantity, count: days.reduce((total, { count }) => total + count, 0) };
  });
};
