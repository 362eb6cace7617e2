import { type BucketGrid, bucketEnd, byBucketOrder } from './bucket-arithmetic.ts';
import { type Reading, type ReadingIdentity, readingKey } from './reading.ts';
import type {
  AppendOutcome,
  Bucket,
  BucketQuery,
  EdgeQuery,
  ReadingStore,
  SeriesPage,
  SeriesQuery,
} from './reading-store.ts';
import { arrangeVersions, judge } from './reading-versions.ts';
import { pageRange, seriesCursor, seriesLimit } from './series-cursor.ts';

type Series = { readonly current: Map<number, Reading>; sorted: readonly Reading[] | undefined };

/** Everything that came, by its identity: what is current, and what it superseded. */
const openLedger = () => {
  const allSeries = new Map<string, Series>();
  const history = new Map<string, Reading[]>();

  const seriesOf = (sensorId: string, quantity: string): Series => {
    const key = `${sensorId}|${quantity}`;
    const series = allSeries.get(key) ?? { current: new Map(), sorted: undefined };
    allSeries.set(key, series);
    return series;
  };

  const keepAsHistory = (reading: Reading): void => {
    const key = readingKey(reading);
    history.set(key, [...(history.get(key) ?? []), reading]);
  };

  const appendOne = (reading: Reading): AppendOutcome => {
    const series = seriesOf(reading.sensorId, reading.quantity);
    const current = series.current.get(reading.measuredAt);
    const status = judge(current, reading);
    if (status === 'superseded') keepAsHistory(reading);
    if (status === 'corrected' && current !== undefined) keepAsHistory(current);
    if (status === 'stored' || status === 'corrected') {
      series.current.set(reading.measuredAt, reading);
      series.sorted = undefined;
    }
    return { status };
  };

  const inOrder = (sensorId: string, quantity: string): readonly Reading[] => {
    const series = seriesOf(sensorId, quantity);
    series.sorted ??= [...series.current.values()].sort((a, b) => a.measuredAt - b.measuredAt);
    return series.sorted;
  };

  const versions = (identity: ReadingIdentity): readonly Reading[] => {
    const current = seriesOf(identity.sensorId, identity.quantity).current.get(identity.measuredAt);
    return current === undefined ? [] : arrangeVersions(current, history.get(readingKey(identity)) ?? []);
  };

  return { appendOne, inOrder, versions };
};

/** The reference of the `ReadingStore` port: holds everything in memory and says what is right. It never rejects a reading. */
export const memoryReadingStore = (): ReadingStore => {
  const { appendOne, inOrder, versions } = openLedger();
  return {
    append: async (readings) => readings.map(appendOne),

    series: async (query) => pageOf(query, inOrder(query.sensorId, query.quantity)),

    points: async (query) =>
      pageOf(query, inOrder(query.sensorId, query.quantity)).readings.map(({ measuredAt, value }) => ({
        measuredAt,
        value,
      })),

    buckets: async (query) =>
      [...new Set(query.sensorIds)]
        .flatMap((sensorId) => summarize(query, inOrder(sensorId, query.quantity)))
        .sort(byBucketOrder),

    edges: async ({ series, edge, from, to }) =>
      distinctSeries(series).flatMap(({ sensorId, quantity }) => {
        const within = inRange(inOrder(sensorId, quantity), { from, to });
        return (edge === 'newest' ? within.at(-1) : within[0]) ?? [];
      }),

    counts: async ({ series, ...range }) =>
      distinctSeries(series).map(({ sensorId, quantity }) => ({
        sensorId,
        quantity,
        count: inRange(inOrder(sensorId, quantity), range).length,
      })),

    total: async ({ series, ...range }) =>
      distinctSeries(series).reduce(
        (sum, { sensorId, quantity }) => sum + inRange(inOrder(sensorId, quantity), range).length,
        0,
      ),

    extents: async ({ series, ...range }) =>
      distinctSeries(series).flatMap(({ sensorId, quantity }) => {
        const within = inRange(inOrder(sensorId, quantity), range);
        const [first, last] = [within[0], within.at(-1)];
        if (first === undefined || last === undefined) return [];
        return [{ sensorId, quantity, first: first.measuredAt, last: last.measuredAt }];
      }),

    across: async ({ series, order, limit, ...range }) => {
      const all = distinctSeries(series).flatMap(({ sensorId, quantity }) =>
        inRange(inOrder(sensorId, quantity), range),
      );
      const sign = order === 'descending' ? -1 : 1;
      return all.sort((a, b) => sign * (a.measuredAt - b.measuredAt)).slice(0, limit);
    },

    versions: async (identity) => versions(identity),
  };
};

const distinctSeries = (series: EdgeQuery['series']): EdgeQuery['series'] => [
  ...new Map(series.map((each) => [`${each.sensorId}|${each.quantity}`, each])).values(),
];

const inRange = (inOrder: readonly Reading[], { from, to }: { readonly from: number; readonly to: number }) =>
  inOrder.filter(({ measuredAt }) => measuredAt >= from && measuredAt < to);

const pageOf = (query: SeriesQuery, inOrder: readonly Reading[]): SeriesPage => {
  const { descending, skip, ...range } = pageRange(query);
  const limit = seriesLimit(query);
  const within = inRange(inOrder, range);
  const rest = (descending ? within.toReversed() : within).slice(skip);
  const readings = rest.slice(0, limit);
  const last = readings.at(-1);
  return rest.length > limit && last ? { readings, nextCursor: seriesCursor(query, last.measuredAt) } : { readings };
};

const summarize = (query: BucketQuery, readings: readonly Reading[]): readonly Bucket[] => {
  const { from, to, flags } = query;
  const inRange = readings.filter(
    ({ measuredAt, quality }) => measuredAt > from && measuredAt <= to && flags.includes(quality.flag),
  );
  return [...groupByEnd(query, inRange)].map(([endsAt, { sensorId, values }]) => ({
    sensorId,
    endsAt,
    count: values.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    min: values.reduce((least, value) => Math.min(least, value)),
    max: values.reduce((greatest, value) => Math.max(greatest, value)),
  }));
};

const groupByEnd = (grid: BucketGrid, readings: readonly Reading[]) => {
  const groups = new Map<number, { readonly sensorId: string; readonly values: number[] }>();
  for (const { sensorId, measuredAt, value } of readings) {
    if (value === null) continue;
    const endsAt = bucketEnd(grid, measuredAt);
    const group = groups.get(endsAt) ?? { sensorId, values: [] };
    group.values.push(value);
    groups.set(endsAt, group);
  }
  return groups;
};
