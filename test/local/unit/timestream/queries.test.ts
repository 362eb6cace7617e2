import { CancelQueryCommand, paginateQuery, QueryCommand, ValidationException } from '@aws-sdk/client-timestream-query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, openCity, pm25 } from './support.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const readings = '"city"."readings"';
const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000000`;

/** Two days of quarter-hourly values of three sensors; `aq-2` was silent for five hours. The value is the hour's number. */
const twoDays = async () => {
  const city = await openCity();
  const silent = (time: number) => time > NOW - 24 * HOUR && time < NOW - 19 * HOUR;
  const records = [];
  for (let time = NOW - 48 * HOUR; time < NOW; time += 15 * MINUTE)
    for (const sensor of ['aq-1', 'aq-2', 'aq-3'])
      if (sensor !== 'aq-2' || !silent(time))
        records.push(pm25(sensor, time, Math.floor((time - (NOW - 48 * HOUR)) / HOUR)));
  for (let from = 0; from < records.length; from += 100) await city.write(records.slice(from, from + 100));
  return city;
};

describe('queries', () => {
  it('find the latest value of each sensor', async () => {
    await using city = await twoDays();
    const rows = await city.rows(
      `SELECT sensor_id, max(time) AS last_time, max_by(measure_value::double, time) AS v FROM ${readings}
       WHERE measure_name = 'pm25' AND time > ago(1d) GROUP BY sensor_id ORDER BY sensor_id`,
    );
    const last = at(NOW - 15 * MINUTE);
    expect(rows).toEqual([
      ['aq-1', last, '47.0'],
      ['aq-2', last, '47.0'],
      ['aq-3', last, '47.0'],
    ]);
  });

  it('count how complete hours are', async () => {
    await using city = await twoDays();
    const rows = await city.rows(
      `SELECT sensor_id, bin(time, 1h) AS hour, avg(measure_value::double) AS mean, count(*) AS n, round(100.0 * count(*) / 4, 1) AS completeness
       FROM ${readings} WHERE measure_name = 'pm25' AND time BETWEEN ago(24h) AND now()
       GROUP BY sensor_id, bin(time, 1h) HAVING count(*) < 4 ORDER BY 1, 2`,
    );
    expect(rows).toEqual([['aq-2', at(NOW - 24 * HOUR), '24.0', '1', '25.0']]);
  });

  it('average over rolling windows of 24 hours', async () => {
    await using city = await twoDays();
    const rows = await city.rows(
      `WITH h AS (SELECT sensor_id, bin(time, 1h) AS hour, avg(measure_value::double) AS v FROM ${readings}
         WHERE measure_name = 'pm25' AND time >= ago(2d) GROUP BY sensor_id, bin(time, 1h))
       SELECT hour, avg(v) OVER (PARTITION BY sensor_id ORDER BY hour RANGE BETWEEN INTERVAL '23' HOUR PRECEDING AND CURRENT ROW) AS mean24,
         count(*) OVER (PARTITION BY sensor_id ORDER BY hour RANGE BETWEEN INTERVAL '23' HOUR PRECEDING AND CURRENT ROW) AS n
       FROM h WHERE sensor_id = 'aq-1' ORDER BY hour`,
    );
    expect(rows).toHaveLength(48);
    // Mean of 0..11 after twelve hours, of 24..47 at the end.
    expect(rows[11]).toEqual([at(NOW - 37 * HOUR), '5.5', '12']);
    expect(rows[47]).toEqual([at(NOW - HOUR), '35.5', '24']);
  });

  it('find gaps', async () => {
    await using city = await twoDays();
    const rows = await city.rows(
      `WITH x AS (SELECT sensor_id, time, lag(time) OVER (PARTITION BY sensor_id ORDER BY time) AS prev FROM ${readings}
         WHERE measure_name = 'pm25' AND time > ago(2d))
       SELECT sensor_id, prev AS gap_start, time AS gap_end, to_milliseconds(time - prev) / 60000 AS minutes, time - prev AS gap
       FROM x WHERE time - prev > 30m`,
    );
    expect(rows).toEqual([['aq-2', at(NOW - 24 * HOUR), at(NOW - 19 * HOUR), '300', '0 05:00:00.000000000']]);
  });

  it('interpolate over gaps and open series into rows', async () => {
    await using city = await twoDays();
    const rows = await city.rows(
      `WITH b AS (SELECT sensor_id, bin(time, 1h) AS t, avg(measure_value::double) AS v FROM ${readings}
         WHERE measure_name = 'pm25' AND sensor_id = 'aq-2' AND time > ago(25h) AND time < ago(17h) GROUP BY sensor_id, bin(time, 1h)),
       i AS (SELECT sensor_id, INTERPOLATE_LINEAR(CREATE_TIME_SERIES(t, v), SEQUENCE(min(t), max(t), 1h)) AS s FROM b GROUP BY sensor_id)
       SELECT sensor_id, time, value FROM i CROSS JOIN UNNEST(s) AS u (time, value) ORDER BY time`,
    );
    // Hours 23 to 30 hold their own numbers, so a straight line over the silence gives them back.
    expect(rows).toEqual(
      Array.from({ length: 8 }, (_, index) => ['aq-2', at(NOW - (25 - index) * HOUR), `${23 + index}.0`]),
    );
  });

  it('give series, arrays and missing values their own types', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW - 2000, 1), pm25('aq-1', NOW - 1000, 2)]);
    const { ColumnInfo, Rows } = await city.query(
      `SELECT create_time_series(time, measure_value::double) AS s, array_agg(sensor_id) AS a, null AS n, max(time) > now() AS b,
         count(*), 7 / 2 AS seven, 1.5 AS d, 2m AS i, date '2026-11-01' AS day FROM ${readings}`,
    );
    expect(ColumnInfo).toEqual([
      { Name: 's', Type: { TimeSeriesMeasureValueColumnInfo: { Type: { ScalarType: 'DOUBLE' } } } },
      { Name: 'a', Type: { ArrayColumnInfo: { Type: { ScalarType: 'VARCHAR' } } } },
      { Name: 'n', Type: { ScalarType: expect.any(String) } },
      { Name: 'b', Type: { ScalarType: 'BOOLEAN' } },
      { Name: '_col4', Type: { ScalarType: 'BIGINT' } },
      { Name: 'seven', Type: { ScalarType: 'INTEGER' } },
      { Name: 'd', Type: { ScalarType: 'DOUBLE' } },
      { Name: 'i', Type: { ScalarType: 'INTERVAL_DAY_TO_SECOND' } },
      { Name: 'day', Type: { ScalarType: 'DATE' } },
    ]);
    expect(Rows?.[0]?.Data).toEqual([
      {
        TimeSeriesValue: [
          { Time: at(NOW - 2000), Value: { ScalarValue: '1.0' } },
          { Time: at(NOW - 1000), Value: { ScalarValue: '2.0' } },
        ],
      },
      { ArrayValue: [{ ScalarValue: 'aq-1' }, { ScalarValue: 'aq-1' }] },
      { NullValue: true },
      { ScalarValue: 'false' },
      { ScalarValue: '2' },
      { ScalarValue: '3' },
      { ScalarValue: '1.5' },
      { ScalarValue: '0 00:02:00.000000000' },
      { ScalarValue: '2026-11-01' },
    ]);
  });

  it('come in pages that lose and repeat nothing', async () => {
    await using city = await openCity();
    const sent = Array.from({ length: 2500 }, (_, index) => pm25('aq-1', NOW - index, index));
    for (let from = 0; from < sent.length; from += 100) await city.write(sent.slice(from, from + 100));
    const sql = `SELECT measure_value::double AS v FROM ${readings} ORDER BY time DESC`;
    const sizes: number[] = [];
    const values: string[] = [];
    for await (const { Rows = [] } of paginateQuery(
      { client: city.clients().query, pageSize: 999 },
      { QueryString: sql },
    )) {
      sizes.push(Rows.length);
      values.push(...Rows.map(({ Data }) => Data?.[0]?.ScalarValue ?? ''));
    }
    expect(sizes).toEqual([999, 999, 502]);
    expect(values).toEqual(sent.map(({ MeasureValue }) => `${MeasureValue}.0`));
  });

  it('end a page at a megabyte', async () => {
    await using city = await openCity();
    const long = {
      Dimensions: [{ Name: 'sensor_id', Value: 'aq-1' }],
      MeasureName: 'note',
      MeasureValueType: 'VARCHAR' as const,
    };
    const records = Array.from({ length: 100 }, (_, index) => ({
      ...long,
      MeasureValue: 'x'.repeat(1900),
      Time: String(NOW - index),
    }));
    await city.write(records);
    const wide = 'measure_value::varchar';
    const { Rows = [], NextToken } = await city.query(`SELECT ${Array(10).fill(wide).join(', ')} FROM ${readings}`);
    expect(Rows.length).toBeGreaterThan(40);
    expect(Rows.length).toBeLessThan(60);
    expect(NextToken).toBeDefined();
  });

  it('refuse a token of another query, a cancelled one, and more than a thousand rows a page', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1), pm25('aq-2', NOW, 1)]);
    const { query } = city.clients();
    const sql = `SELECT sensor_id FROM ${readings}`;
    const first = await query.send(new QueryCommand({ QueryString: sql, MaxRows: 1 }));
    const next = (QueryString: string) => query.send(new QueryCommand({ QueryString, NextToken: first.NextToken }));
    await expect(next(`${sql} LIMIT 5`)).rejects.toThrow(ValidationException);
    await query.send(new CancelQueryCommand({ QueryId: first.QueryId }));
    await expect(next(sql)).rejects.toThrow(ValidationException);
    await expect(query.send(new QueryCommand({ QueryString: sql, MaxRows: 1001 }))).rejects.toThrow(
      ValidationException,
    );
  });

  it('see what was written before them, also while others write', async () => {
    await using city = await openCity();
    const writing = Promise.all(
      Array.from({ length: 20 }, (_, sensor) =>
        city.write(Array.from({ length: 50 }, (_, i) => pm25(`bg-${sensor}`, NOW - i, i))),
      ),
    );
    for (let round = 0; round < 5; round += 1) {
      await city.write([pm25('mine', NOW - round, round)]);
      const rows = await city.rows(`SELECT count(*) FROM ${readings} WHERE sensor_id = 'mine'`);
      expect(rows).toEqual([[String(round + 1)]]);
    }
    await writing;
    expect(await city.rows(`SELECT count(*) FROM ${readings}`)).toEqual([['1005']]);
  });
});

describe('queries of one city', () => {
  let city: Awaited<ReturnType<typeof openCity>>;
  beforeAll(async () => {
    city = await openCity();
    await city.write([pm25('aq-1', NOW, 1)]);
  });
  afterAll(() => city[Symbol.asyncDispose]());

  // Mostly after the examples of "Date / time functions" and "Date / time operators" in the developer guide.
  it.each([
    ["date_diff('hour', TIMESTAMP '2020-03-02 03:03:00', TIMESTAMP '2020-03-03 03:02:00')", '23'],
    ["date_add('hour', 9, TIMESTAMP '2022-07-07 00:00:00')", '2022-07-07 09:00:00.000000000'],
    ["date_trunc('minute', TIMESTAMP '2022-06-17 17:44:43')", '2022-06-17 17:44:00.000000000'],
    ["from_iso8601_timestamp('2022-06-17T08:04:05.000000000+05:00')", '2022-06-17 03:04:05.000000000'],
    ["to_iso8601(TIMESTAMP '2022-06-17 17:44:43')", '2022-06-17T17:44:43.000000000Z'],
    ['from_milliseconds(1)', '1970-01-01 00:00:00.001000000'],
    ["to_milliseconds(TIMESTAMP '2022-06-17 17:44:43.771')", '1655487883771'],
    ["bin(TIMESTAMP '2022-06-17 10:15:20', 5m)", '2022-06-17 10:15:00.000000000'],
    ["bin(TIMESTAMP '2022-06-17 10:15:20', 7d)", '2022-06-16 00:00:00.000000000'],
    ["TIMESTAMP '2022-06-17 01:00:00' - interval '7' hour", '2022-06-16 18:00:00.000000000'],
    ['1e7', '1.0E7'],
    ['0.0001', '1.0E-4'],
  ])('compute %s', async (expression, expected) => {
    expect(await city.rows(`SELECT ${expression}`)).toEqual([[expected]]);
  });

  it.each([
    ['an unknown column', `SELECT nope FROM ${readings}`, /Column 'nope' does not exist/],
    ['an unknown table', 'SELECT * FROM "city"."nowhere"', /city.nowhere does not exist/],
    ['a table without its database', 'SELECT * FROM readings', /needs its database/],
    ['the tables beneath', 'SELECT * FROM stored.t1', /does not exist/],
    ["DuckDB's catalogue", 'SELECT * FROM information_schema.tables', /does not exist/],
    ['a system view', 'SELECT * FROM duckdb_tables', /needs its database/],
    ['the tables beneath in the shadow of a WITH', 'WITH t1 AS (SELECT 1) SELECT * FROM stored.t1', /does not exist/],
    [
      'a system view in the shadow of a WITH',
      'WITH q AS (WITH duckdb_tables AS (SELECT 1) SELECT 1) SELECT * FROM duckdb_tables',
      /reserved/,
    ],
    ['a file', `SELECT * FROM '/etc/passwd'`, /./],
    ['a file as a name', 'SELECT * FROM "/etc/passwd"', /needs its database/],
    ['a table function', `SELECT * FROM read_csv('/etc/passwd')`, /Function read_csv not registered/],
    ['a table function Timestream has as a scalar', 'SELECT * FROM sequence(1, 3)', /Table functions/],
  ])('refuse %s', async (_, sql, message) => {
    const refused = city.query(sql);
    await expect(refused).rejects.toThrow(ValidationException);
    await expect(refused).rejects.toThrow(message);
  });
});
