import type { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { type Reading, readingKey } from '../../telemetry/reading.ts';
import type { AcrossQuery, CountQuery, EdgeQuery, SeriesCount, SeriesExtent } from '../../telemetry/reading-store.ts';
import { chunk } from '../parallel.ts';
import { queryRows, recordOf } from './reader.ts';
import { acrossSql, countSql, currentSql, edgesSql, extentsSql, firstSql, type TableName, totalSql } from './sql.ts';

/** Timestream takes a query of 256 KB; what stands around the names is short. */
const NAME_CHARACTERS = 180_000;
const IDENTITIES_PER_QUERY = 100;
const HOUR = 3_600_000;
/** Where the end of most series lies: what sensors say, then hourly and daily means. */
const NEAR = [2 * HOUR, 30 * HOUR] as const;
/** Beyond this, `to` means "up to now". */
const FAR_AHEAD = 8_000_000_000_000;

type Series = Pick<Reading, 'sensorId' | 'quantity'>;

const nameOf = ({ sensorId, quantity }: Series): string => `${sensorId}|${quantity}`;

/** Pieces of lists that are asked again and again: those of a whole city. */
const knownPieces = new WeakMap<readonly Series[], readonly (readonly Series[])[]>();

/** Pieces whose names fit into one query; a sensor's series stay together. */
const pieces = (series: readonly Series[]): readonly (readonly Series[])[] => {
  const known = knownPieces.get(series) ?? cut(series);
  knownPieces.set(series, known);
  return known;
};

const cut = (series: readonly Series[]): readonly (readonly Series[])[] => {
  const distinct = [...new Map(series.map((each) => [nameOf(each), each])).values()];
  const all: Series[][] = [];
  let room = 0;
  for (const own of Map.groupBy(distinct, ({ sensorId }) => sensorId).values()) {
    const size = own.reduce((sum, each) => sum + each.quantity.length + 4, (own[0]?.sensorId.length ?? 0) + 50);
    if (size > room) {
      all.push([]);
      room = NAME_CHARACTERS;
    }
    room -= size;
    all.at(-1)?.push(...own);
  }
  return all;
};

/** What a query finds for all series, however many pieces they come in. */
const inPieces = async <Query extends CountQuery, Found>(
  client: TimestreamQueryClient,
  query: Query,
  sqlOf: (query: Query) => string,
  read: (row: readonly (string | undefined)[]) => Found,
): Promise<readonly Found[]> => {
  if (query.from >= query.to || query.series.length === 0) return [];
  const found: Found[] = [];
  for (const series of pieces(query.series)) {
    const rows = await queryRows(client, sqlOf({ ...query, series }));
    for (const row of rows) found.push(read(row));
  }
  return found;
};

/** How many readings each of many series has. */
export const readCounts = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: CountQuery,
): Promise<readonly SeriesCount[]> => {
  const wanted = new Map(query.series.map((each) => [nameOf(each), each]));
  const rows = await inPieces(
    client,
    query,
    (part) => countSql(table, part),
    (row) => row,
  );
  return rows.flatMap(([sensorId, quantity, readings]) => {
    const found = wanted.get(`${sensorId}|${quantity}`);
    return found === undefined ? [] : [{ sensorId: found.sensorId, quantity: found.quantity, count: Number(readings) }];
  });
};

export const readTotal = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: CountQuery,
): Promise<number> => {
  const totals = await inPieces(
    client,
    query,
    (part) => totalSql(table, part),
    ([readings]) => Number(readings),
  );
  return totals.reduce((sum, each) => sum + each, 0);
};

export const readExtents = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: CountQuery,
): Promise<readonly SeriesExtent[]> => {
  const wanted = new Map(query.series.map((each) => [nameOf(each), each]));
  const rows = await inPieces(
    client,
    query,
    (part) => extentsSql(table, part),
    (row) => row,
  );
  return rows.flatMap(([sensorId, quantity, first, last]) => {
    const found = wanted.get(`${sensorId}|${quantity}`);
    if (found === undefined) return [];
    return [{ sensorId: found.sensorId, quantity: found.quantity, first: Number(first), last: Number(last) }];
  });
};

/** Readings whose identities are known. */
const readAt = async (
  client: TimestreamQueryClient,
  table: TableName,
  identities: readonly Parameters<typeof readingKey>[0][],
): Promise<readonly Reading[]> => {
  const inTime = identities.toSorted((a, b) => a.measuredAt - b.measuredAt);
  const found: Reading[] = [];
  for (const some of chunk(inTime, IDENTITIES_PER_QUERY)) {
    const wanted = new Set(some.map(readingKey));
    const rows = await queryRows(client, currentSql(table, some));
    found.push(...rows.map((row) => recordOf(row).reading).filter((reading) => wanted.has(readingKey(reading))));
  }
  return found;
};

/** The stretches to look into first, where something must be newest (or oldest) of all. */
const nearRanges = ({
  edge,
  from,
  to,
}: EdgeQuery): readonly (Pick<EdgeQuery, 'from' | 'to'> & { since?: string })[] => {
  if (edge === 'oldest') return from === 0 ? [] : NEAR.map((length) => ({ from, to: Math.min(to, from + length) }));
  if (to < FAR_AHEAD) return NEAR.map((length) => ({ from: Math.max(from, to - length), to }));
  return NEAR.map((length) => ({ from, to, since: `${length / HOUR}h` }));
};

/**
 * The ends of many series. Most are found in the last hours, which is all that Timestream then reads; of the others it is asked first
 * when they end, and then for the records there.
 */
export const readEdges = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: EdgeQuery,
): Promise<readonly Reading[]> => {
  const found = new Map<string, Reading>();
  const missing = (): readonly Series[] => query.series.filter((each) => !found.has(nameOf(each)));
  for (const range of nearRanges(query)) {
    const some = await inPieces(
      client,
      { ...query, ...range, series: missing() },
      (part) => edgesSql(table, part),
      (row) => recordOf(row).reading,
    );
    for (const reading of some) found.set(nameOf(reading), reading);
  }
  const extents = await readExtents(client, table, { ...query, series: missing() });
  const ends = extents.map(({ first, last, ...series }) => ({
    ...series,
    measuredAt: query.edge === 'newest' ? last : first,
  }));
  return [...found.values(), ...(await readAt(client, table, ends))];
};

/** When the first of all these readings was measured. */
const firstOf = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: CountQuery,
): Promise<number | undefined> => {
  const firsts = await inPieces(
    client,
    query,
    (part) => firstSql(table, part),
    ([first]) => first,
  );
  const known = firsts.flatMap((first) => (first === undefined ? [] : [Number(first)]));
  return known.length === 0 ? undefined : Math.min(...known);
};

/** Readings of many series in the order of time: from the first hours (or the last) when those have as many as are wanted. */
export const readAcross = async (
  client: TimestreamQueryClient,
  table: TableName,
  query: AcrossQuery,
): Promise<readonly Reading[]> => {
  const descending = query.order === 'descending';
  const from = descending || query.from > 0 ? query.from : await firstOf(client, table, query);
  if (from === undefined) return [];
  const known = { ...query, from };
  for (const range of [...nearRanges({ ...known, edge: descending ? 'newest' : 'oldest' }), {}]) {
    const found = await inPieces(
      client,
      { ...known, ...range },
      (part) => acrossSql(table, part),
      (row) => recordOf(row).reading,
    );
    if (found.length < query.limit && 'from' in range) continue;
    const sign = descending ? -1 : 1;
    return [...found].sort((a, b) => sign * (a.measuredAt - b.measuredAt)).slice(0, query.limit);
  }
  return [];
};
