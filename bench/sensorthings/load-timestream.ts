import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parseRecord } from '../../local/timestream/records/record.ts';
import { openCatalog, type Table } from '../../local/timestream/storage/catalog.ts';
import { openDatabase } from '../../local/timestream/storage/database.ts';
import { recentTable, SERIES, seriesTable } from '../../local/timestream/storage/layout.ts';
import { RUN_ROWS, sortRecent } from '../../local/timestream/storage/sorted-runs.ts';
import { openWarehouse } from '../../local/timestream/storage/warehouse.ts';
import type { MadeSeries } from './city-of-size.ts';

type Span = { readonly series: readonly MadeSeries[]; readonly from: number; readonly until: number };

/** The hash by which the endpoint knows a series. */
const hashOf = ({ sensorId, quantity }: MadeSeries): bigint =>
  parseRecord(
    {},
    {
      Dimensions: [{ Name: 'sensor_id', Value: sensorId }],
      MeasureName: quantity,
      MeasureValueType: 'MULTI',
      MeasureValues: [{ Name: 'value', Value: '1', Type: 'DOUBLE' }],
      Time: '0',
    },
  ).series;

const enterSeries = async (
  connection: DuckDBConnection,
  table: Table,
  series: readonly MadeSeries[],
): Promise<void> => {
  const rows = series.map((each) => {
    const { sensorId, quantity, intervalMs, offsetMs, middle, swing } = each;
    return `(${hashOf(each)}::BIGINT, '${sensorId}', '${quantity}', ${intervalMs}::BIGINT, ${offsetMs}::BIGINT, ${middle}::DOUBLE, ${swing}::DOUBLE)`;
  });
  await connection.run(
    `CREATE TEMP TABLE plan AS SELECT * FROM (VALUES ${rows.join(', ')})
     AS p (hash, sensor_id, measure_name, every, beyond, middle, swing)`,
  );
  await connection.run(
    `INSERT INTO ${seriesTable(table)} BY NAME SELECT hash AS ${SERIES}, sensor_id, measure_name FROM plan
     WHERE hash NOT IN (SELECT ${SERIES} FROM ${seriesTable(table)})`,
  );
};

/** What the series say between two instants, in the order of time, as it would have come in. */
const speak = async (connection: DuckDBConnection, table: Table, from: number, until: number): Promise<void> => {
  const place = (at: number): string => `CAST(ceil((${at} - beyond) / every::DOUBLE) AS BIGINT)`;
  await connection.run(`
    INSERT INTO ${recentTable(table)} BY NAME
    SELECT hash AS ${SERIES}, make_timestamp(ms * 1000) AS time,
      round(middle + swing * (0.8 * sin(i / 40.0) + 0.2 * ((hash(i + hash) % 100) / 50.0 - 1)), 2) AS value,
      CASE WHEN hash(i * 7 + hash) % 50 = 0 THEN 3 ELSE 1 END::BIGINT AS quality_flag, 'gross-range' AS quality_test,
      ms + 2000 AS received_at, 1::BIGINT AS revision
    FROM (SELECT hash, middle, swing, i, i * every + beyond AS ms
      FROM (SELECT *, unnest(range(${place(from)}, ${place(until)})) AS i FROM plan))
    ORDER BY time`);
};

/** Fills a stopped city's store, run by run as the endpoint would have made them. Answers how many records there are. */
export const bulkLoad = async (
  home: string,
  names: { readonly database: string; readonly table: string },
  { series, from, until }: Span,
): Promise<number> => {
  const directory = join(home, 'timestream');
  const sqlite = openDatabase(directory);
  const table = openCatalog(sqlite).table(names.database, names.table);
  sqlite.close();
  const warehouse = await openWarehouse(directory);
  const connection = await warehouse.connect();
  await enterSeries(connection, table, series);
  const perMs = series.reduce((sum, { intervalMs }) => sum + 1 / intervalMs, 0);
  const step = Math.ceil(RUN_ROWS / perMs);
  for (let start = from; start < until; start += step) {
    const end = Math.min(until, start + step);
    await connection.run('BEGIN');
    await speak(connection, table, start, end);
    if (end < until) await sortRecent(connection, table);
    await connection.run('COMMIT');
    process.stderr.write(`\r${Math.round(((end - from) / (until - from)) * 100)} %`);
  }
  process.stderr.write('\n');
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${names.database}.${names.table}`);
  connection.closeSync();
  await warehouse.close();
  return Number(counted.getRows()[0]?.[0]);
};
