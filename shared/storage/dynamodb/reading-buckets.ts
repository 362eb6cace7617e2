import { bucketEnd, byBucketOrder } from '../../telemetry/bucket-arithmetic.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { Bucket, BucketQuery } from '../../telemetry/reading-store.ts';
import { mapInParallel } from '../parallel.ts';
import {
  abandonedTokens,
  closeDay,
  type DayItem,
  isClosed,
  listDays,
  type RollupCell,
  storeRollup,
  validCells,
} from './day-items.ts';
import { queryItems, type TableOptions } from './items.ts';
import { currentSortKey, DAY_MS, dayOf, readingOf, seriesPartition } from './reading-items.ts';

const HOUR_MS = 3_600_000;
const DAYS_IN_FLIGHT = 16;
const SENSORS_IN_FLIGHT = 4;

type Options = TableOptions & { readonly clock: () => number };

/** A sum to be joined with others into a bucket. */
type PartialBucket = {
  readonly endsAt: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
};

/**
 * Buckets from readings, and for closed days from their rollups. The first who asks for a closed day rolls it up. Rollups go by
 * whole hours of UTC, so they serve the cities whose clocks differ from UTC by whole hours; for others, readings are read.
 */
export const dynamodbBuckets = async (options: Options, query: BucketQuery): Promise<readonly Bucket[]> => {
  if (query.from >= query.to) return [];
  const buckets = await mapInParallel([...new Set(query.sensorIds)], SENSORS_IN_FLIGHT, async (sensorId) => {
    const series = { sensorId, quantity: query.quantity };
    const days = await listDays(options, series, dayOf(query.from + 1), dayOf(query.to));
    const partials = await mapInParallel(days, DAYS_IN_FLIGHT, (day) => partialsOfDay(options, query, series, day));
    return joinPartials(sensorId, partials.flat());
  });
  return buckets.flat().sort(byBucketOrder);
};

const partialsOfDay = async (
  options: Options,
  query: BucketQuery,
  series: Pick<Reading, 'sensorId' | 'quantity'>,
  found: DayItem,
): Promise<readonly PartialBucket[]> => {
  const { day } = found;
  const wholeDay = query.from < day && query.to >= day + DAY_MS - 1;
  const byRollup = wholeDay && query.utcOffsetMinutes % 60 === 0 && isClosed(day, options.clock());
  const cells = byRollup ? (validCells(found) ?? (await rollUp(options, series, found))) : undefined;
  if (cells !== undefined) return partialsOfCells(query, day, cells);
  const first = Math.max(day, query.from + 1);
  const last = Math.min(day + DAY_MS - 1, query.to);
  return partialsOfReadings(query, await readDay(options, series, day, first, last));
};

const readDay = async (
  options: TableOptions,
  series: Pick<Reading, 'sensorId' | 'quantity'>,
  day: number,
  first: number,
  last: number,
): Promise<readonly Reading[]> => {
  const range = [currentSortKey(first), currentSortKey(last)] as const;
  const items = await queryItems(options, seriesPartition(series, day), range);
  return items.map((item) => readingOf(series, item));
};

/** The cells of a closed day, computed from its readings and kept for the next who asks. */
const rollUp = async (
  options: Options,
  series: Pick<Reading, 'sensorId' | 'quantity'>,
  found: DayItem,
): Promise<readonly RollupCell[]> => {
  const { day } = found;
  const readings = await readDay(options, series, day, day, day + DAY_MS - 1);
  const cells = cellsOf(day, readings);
  const abandoned = abandonedTokens(found, options.clock());
  if (abandoned.length > 0) await closeDay(options, series, day, abandoned);
  if (found.pending.size === 0) await storeRollup(options, series, found, cells);
  return cells;
};

const cellsOf = (day: number, readings: readonly Reading[]): readonly RollupCell[] => {
  const cells = new Map<string, RollupCell>();
  for (const { measuredAt, value, quality } of readings) {
    if (value === null) continue;
    const hour = Math.ceil((measuredAt - day) / HOUR_MS);
    const key = `${hour}|${quality.flag}`;
    const single = { count: 1, sum: value, min: value, max: value };
    const known = cells.get(key);
    cells.set(key, { hour, flag: quality.flag, ...(known ? joinTwo(known, single) : single) });
  }
  return [...cells.values()];
};

const partialsOfCells = (query: BucketQuery, day: number, cells: readonly RollupCell[]): readonly PartialBucket[] =>
  cells
    .filter(({ flag }) => query.flags.includes(flag))
    .map(({ hour, flag: _, ...sums }) => ({ ...sums, endsAt: bucketEnd(query, day + hour * HOUR_MS) }));

const partialsOfReadings = (query: BucketQuery, readings: readonly Reading[]): readonly PartialBucket[] =>
  readings.flatMap(({ measuredAt, value, quality }) =>
    value === null || !query.flags.includes(quality.flag)
      ? []
      : [{ endsAt: bucketEnd(query, measuredAt), count: 1, sum: value, min: value, max: value }],
  );

type Sums = Omit<PartialBucket, 'endsAt'>;

const joinTwo = (a: Sums, b: Sums): Sums => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  min: Math.min(a.min, b.min),
  max: Math.max(a.max, b.max),
});

const joinPartials = (sensorId: string, partials: readonly PartialBucket[]): readonly Bucket[] => {
  const byEnd = new Map<number, Sums>();
  for (const partial of partials) {
    const known = byEnd.get(partial.endsAt);
    byEnd.set(partial.endsAt, known ? joinTwo(known, partial) : partial);
  }
  return [...byEnd].map(([endsAt, { count, sum, min, max }]) => ({
    sensorId,
    endsAt,
    count,
    mean: sum / count,
    min,
    max,
  }));
};
