import type { Reading } from '../../telemetry/reading.ts';
import type {
  CountQuery,
  EdgeQuery,
  InstantQuery,
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

/** A page of a series, in the order asked for. */
export const seriesPage = async (table: TableOptions, query: SeriesQuery): Promise<SeriesPage> => {
  const range = pageRange(query);
  const limit = seriesLimit(query);
  if (range.from >= range.to) return { readings: [] };
  const listed = await listDays(table, query, dayOf(range.from), dayOf(range.to - 1));
  const days = range.descending ? listed.toReversed() : listed;
  const found: Reading[] = [];
  for (const some of chunk(days, DAYS_IN_FLIGHT)) {
    const wanted = limit + 1 - found.length;
    const pages = await mapInParallel(some, DAYS_IN_FLIGHT, ({ day }) => readSome(table, query, day, range, wanted));
    found.push(...pages.flat());
    if (found.length > limit) break;
  }
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
  const range = { from, to, descending: edge === 'newest' };
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

/** Goes from day to day by their counts, and reads the day that holds the place. */
export const instantAt = async (table: TableOptions, query: InstantQuery): Promise<number | undefined> => {
  const { from, to, order, index } = query;
  if (from >= to) return undefined;
  const descending = order === 'descending';
  const counted = await countDays(table, query, { from, to });
  let before = index;
  for (const { day, count } of descending ? counted.toReversed() : counted) {
    if (before < count) {
      const readings = await readSome(table, query, day, { from, to, descending }, before + 1);
      return readings[before]?.measuredAt;
    }
    before -= count;
  }
  return undefined;
};
