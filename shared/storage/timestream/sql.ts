import { bucketLength } from '../../telemetry/bucket-arithmetic.ts';
import type { ReadingIdentity } from '../../telemetry/reading.ts';
import type {
  AcrossQuery,
  BucketQuery,
  CountQuery,
  EdgeQuery,
  PointsQuery,
  SeriesQuery,
} from '../../telemetry/reading-store.ts';
import type { PageRange } from '../../telemetry/series-cursor.ts';
import { supersededMeasure } from './records.ts';

/**
 * The queries, in Timestream's SQL. Each filters measure name, sensor and time: that is what Timestream prunes by and what it
 * bills for. Timestream has no query parameters, so literals are written out, escaped.
 */
export type TableName = { readonly database: string; readonly table: string };

const columns = (value: string): string =>
  `sensor_id, measure_name, to_milliseconds(time) AS measured_at, ${value}, quality_flag, quality_test, received_at, revision`;

const COLUMNS = columns('value');

const varchar = (column: string): string => `CAST(${column} AS VARCHAR)`;

/**
 * Of one series, whose names are known: what is not sent need not be read. Each record is one cell, because a month of them has
 * thousands and the SDK takes longer over a cell than Timestream over a record: instant, value, flag, instant of receipt, test.
 */
const seriesColumns = (value: string): string => {
  const parts = [
    varchar('to_milliseconds(time)'),
    `coalesce(${varchar(value)}, '')`,
    varchar('quality_flag'),
    varchar('received_at'),
    `coalesce(quality_test, '')`,
  ];
  return `concat(${parts.join(", ' ', ")}) AS record`;
};

const NO_VALUE = 'CAST(NULL AS DOUBLE)';
/** Flag of a reading without a value. */
const MISSING = 9;

const point = (value: string): string =>
  `concat(${varchar('to_milliseconds(time)')}, ' ', CASE WHEN quality_flag = ${MISSING} THEN '' ELSE coalesce(${varchar(value)}, '') END)`;

/** A record query for a table that has no column `value` yet, because all that was ever written to it is missing values. */
export const withoutValueColumn = (sql: string): string =>
  sql
    .replace(columns('value'), columns(`${NO_VALUE} AS value`))
    .replace(seriesColumns('value'), seriesColumns(NO_VALUE))
    .replace(point('value'), point(NO_VALUE))
    .replace(POINT_COLUMNS, `time, quality_flag`)
    .replace(/(?:max|min)_by\(value, time\)/, NO_VALUE);

const rangeSql = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  `time >= ${instant(from)} AND time < ${instant(to)}`;

const seriesWhere = (query: Pick<SeriesQuery, 'sensorId' | 'quantity'>, range: PageRange): string =>
  `WHERE measure_name = ${text(query.quantity)} AND sensor_id = ${text(query.sensorId)} AND ${rangeSql(range)}`;

const direction = ({ descending }: PageRange): string => (descending ? 'DESC' : 'ASC');

export const seriesSql = (table: TableName, query: SeriesQuery, range: PageRange, rows: number): string =>
  range.skip > 0
    ? placesSql(table, query, range, rows)
    : `SELECT ${seriesColumns('value')} FROM ${tableSql(table)}
${seriesWhere(query, range)}
ORDER BY time ${direction(range)} LIMIT ${rows}`;

/** Records from a place of their series on. Timestream has no OFFSET. */
const placesSql = (table: TableName, query: SeriesQuery, range: PageRange, rows: number): string =>
  `SELECT record
FROM (SELECT ${seriesColumns('value')}, row_number() OVER (ORDER BY time ${direction(range)}) AS place
FROM ${tableSql(table)}
${seriesWhere(query, range)})
WHERE place > ${range.skip} AND place <= ${range.skip + rows}
ORDER BY place`;

const POINT_COLUMNS = 'time, value, quality_flag';

/**
 * Instants and values of one series. Those of a day are one cell: `1700000000000 12.5,1700000300000 ,…`, in no order, a missing value
 * being nothing. A month in 30 cells is handed over in a tenth of the time of 8,640.
 */
export const pointsSql = (table: TableName, query: PointsQuery, range: PageRange, rows: number): string =>
  `SELECT array_join(array_agg(${point('value')}), ',') AS points
FROM (SELECT ${POINT_COLUMNS} FROM ${tableSql(table)}
${seriesWhere(query, range)}
ORDER BY time ${direction(range)} LIMIT ${rows})
GROUP BY bin(time, 1d)`;

/** A city's text is twenty kilobytes, and the list of its series the same for seconds. */
const listTexts = new WeakMap<CountQuery['series'], string>();

const seriesListSql = (series: CountQuery['series']): string => {
  const known = listTexts.get(series) ?? writeSeriesList(series);
  listTexts.set(series, known);
  return known;
};

/** These series and no others; sensors that say the same quantities stand together, so that a city's text stays short. */
const writeSeriesList = (series: CountQuery['series']): string => {
  const bySensor = Map.groupBy(series, ({ sensorId }) => sensorId);
  const byQuantities = Map.groupBy([...bySensor], ([, own]) => textList(own.map(({ quantity }) => quantity).sort()));
  const groups = [...byQuantities].map(
    ([quantities, own]) =>
      `measure_name IN (${quantities}) AND sensor_id IN (${textList(own.map(([sensorId]) => sensorId))})`,
  );
  return groups.length === 1 ? groups.join('') : `(${groups.map((group) => `(${group})`).join(' OR ')})`;
};

/** `since`: how long ago at most, as an interval of Timestream's (`2h`). */
type Recent = { readonly since?: string };

const spanSql = (table: TableName, { series, from, to, since }: CountQuery & Recent): string =>
  `FROM ${tableSql(table)}
WHERE ${seriesListSql(series)} AND ${rangeSql({ from, to })}${since === undefined ? '' : ` AND time >= ago(${since})`}`;

/** Records a series. */
export const countSql = (table: TableName, query: CountQuery): string =>
  `SELECT sensor_id, measure_name, count(*) AS readings ${spanSql(table, query)}
GROUP BY sensor_id, measure_name`;

/** Records of all series together. */
export const totalSql = (table: TableName, query: CountQuery): string =>
  `SELECT count(*) AS readings ${spanSql(table, query)}`;

/** The first instant of all series together. */
export const firstSql = (table: TableName, query: CountQuery): string =>
  `SELECT to_milliseconds(min(time)) AS first_at ${spanSql(table, query)}`;

/** The first and the last instant of each series. */
export const extentsSql = (table: TableName, query: CountQuery): string =>
  `SELECT sensor_id, measure_name, to_milliseconds(min(time)) AS first_at, to_milliseconds(max(time)) AS last_at ${spanSql(table, query)}
GROUP BY sensor_id, measure_name`;

/** Records of many series in the order of time. */
export const acrossSql = (table: TableName, query: AcrossQuery & Recent): string =>
  `SELECT ${COLUMNS} ${spanSql(table, query)}
ORDER BY time ${query.order === 'descending' ? 'DESC' : 'ASC'} LIMIT ${query.limit}`;

const recordMeasures = ['value', 'quality_flag', 'quality_test', 'received_at', 'revision'] as const;

/** The newest or oldest record of each series, `max_by` keeping a missing value what it is. */
export const edgesSql = (table: TableName, query: EdgeQuery & Recent): string => {
  const [edge, by] = query.edge === 'newest' ? ['max', 'max_by'] : ['min', 'min_by'];
  const measures = recordMeasures.map((name) => `${by}(${name}, time) AS ${name}`).join(', ');
  return `SELECT sensor_id, measure_name, to_milliseconds(${edge}(time)) AS measured_at, ${measures} ${spanSql(table, query)}
GROUP BY sensor_id, measure_name`;
};

/** Current readings of several identities. It may find a few more, where sensors and instants cross. */
export const currentSql = (table: TableName, identities: readonly ReadingIdentity[]): string => {
  const times = identities.map(({ measuredAt }) => measuredAt);
  return `SELECT ${COLUMNS} FROM ${tableSql(table)}
WHERE measure_name IN (${textList(identities.map(({ quantity }) => quantity))})
  AND sensor_id IN (${textList(identities.map(({ sensorId }) => sensorId))})
  AND time >= ${instant(Math.min(...times))} AND time <= ${instant(Math.max(...times))}
  AND time IN (${[...new Set(times)].map(instant).join(', ')})`;
};

export const versionsSql = (table: TableName, { sensorId, quantity, measuredAt }: ReadingIdentity): string =>
  `SELECT ${COLUMNS} FROM ${tableSql(table)}
WHERE measure_name IN (${textList([quantity, supersededMeasure(quantity)])})
  AND sensor_id = ${text(sensorId)} AND time = ${instant(measuredAt)}`;

/**
 * One row per sensor and bucket. A bucket ends with its hour, so an instant on the hour belongs to the bucket it ends: one
 * millisecond earlier, moved to the city's clock, `bin` rounds it down to the start of that bucket.
 */
export const bucketsSql = (table: TableName, query: BucketQuery, sensorIds: readonly string[]): string => {
  const bin = `bin(time - 1ms${shift(query.utcOffsetMinutes)}, ${query.size === 'hour' ? '1h' : '1d'})`;
  const flags = query.flags.filter((flag) => flag !== MISSING);
  return `SELECT sensor_id, to_milliseconds(${bin}) AS bucket_start, count(value) AS readings, avg(value) AS mean, min(value) AS least, max(value) AS greatest
FROM ${tableSql(table)}
WHERE measure_name = ${text(query.quantity)} AND sensor_id IN (${textList(sensorIds)})
  AND time > ${instant(query.from)} AND time <= ${instant(query.to)}
  AND quality_flag IN (${flags.join(', ')})
GROUP BY sensor_id, ${bin}
ORDER BY sensor_id, bucket_start`;
};

/** UTC epoch milliseconds of the end of a bucket that `bucketsSql` names by its start on the city's clock. */
export const bucketEndOf = ({ size, utcOffsetMinutes }: BucketQuery, startOnCityClock: number): number =>
  startOnCityClock + bucketLength(size) - utcOffsetMinutes * 60_000;

const shift = (minutes: number): string =>
  minutes === 0 ? '' : minutes > 0 ? ` + ${minutes}m` : ` - ${Math.abs(minutes)}m`;

const tableSql = ({ database, table }: TableName): string => `${identifier(database)}.${identifier(table)}`;
const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const textList = (values: readonly string[]): string => [...new Set(values)].map(text).join(', ');

/** Timestream counts nanoseconds in 64 bits, so its time ends in the year 2262. */
const LAST_INSTANT = 9_223_372_036_854;

const instant = (epochMs: number): string =>
  `from_milliseconds(${Math.min(LAST_INSTANT, Math.max(0, Math.trunc(epochMs)))})`;
