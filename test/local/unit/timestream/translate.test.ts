import { describe, expect, it } from 'vitest';
import { TimestreamError } from '../../../../local/timestream/errors.ts';
import { translate } from '../../../../local/timestream/sql/translate.ts';
import { NOW } from './support.ts';

const duck = (sql: string): string => translate(sql, NOW);

describe('translate', () => {
  it.each([
    ['SELECT 1h', "SELECT INTERVAL '1 hours'"],
    ['SELECT 30m, 5d, 1ms', "SELECT INTERVAL '30 minutes' , INTERVAL '5 days' , INTERVAL '1 milliseconds'"],
    ['SELECT 2000ns', "SELECT INTERVAL '2 microseconds'"],
    ["SELECT '1h'", "SELECT '1h'"],
    ["SELECT 'it''s 1h; -- no'", "SELECT 'it''s 1h; -- no'"],
    ['SELECT "1h" FROM "a 5d"."b"', 'SELECT "1h" FROM "a 5d" . "b"'],
    ['SELECT 1 -- after 1h\n, 2', 'SELECT 1 , 2'],
    ['SELECT 1 /* 1h ; \n */ + 2', 'SELECT 1 + 2'],
    ['SELECT x1h, h1', 'SELECT x1h , h1'],
    ['SELECT 1.5, .5, 2., 1e3, 7', 'SELECT 1.5e0 , .5e0 , 2.0e0 , 1e3 , 7'],
    ['SELECT now()', "SELECT TIMESTAMP '2026-11-01 00:00:00.000'"],
    ['SELECT NOW ( ), current_date', "SELECT TIMESTAMP '2026-11-01 00:00:00.000' , DATE '2026-11-01'"],
    [
      'SELECT ago(1h + 2m)',
      "SELECT ts_ago(TIMESTAMP '2026-11-01 00:00:00.000', INTERVAL '1 hours' + INTERVAL '2 minutes' )",
    ],
    ['SELECT measure_value::double', 'SELECT "measure_value::double"'],
    ['SELECT r.measure_value :: BIGINT', 'SELECT r . "measure_value::bigint"'],
    ['SELECT Bin(time, 1h)', "SELECT ts_bin ( time , INTERVAL '1 hours' )"],
    ['SELECT "now"', 'SELECT "now"'],
    ["SELECT array_join(array_agg(abs(a)), ',')", "SELECT string_agg(CAST(abs ( a ) AS VARCHAR), ',')"],
    ["SELECT array_join(array_agg(DISTINCT a), ',')", "SELECT array_to_string ( array_agg ( DISTINCT a ) , ',' )"],
    ["SELECT array_join(split(a, ' '), ',')", "SELECT array_to_string ( string_split ( a , ' ' ) , ',' )"],
    ['WITH "t" (a) AS (SELECT 1) SELECT a FROM t', 'WITH "t" ( a ) AS ( SELECT 1 ) SELECT a FROM t'],
    ['WITH t (a, b) AS (SELECT 1, 2) SELECT a FROM t', 'WITH t ( a , b ) AS ( SELECT 1 , 2 ) SELECT a FROM t'],
  ])('turns %s into what DuckDB reads', (timestream, duckdb) => {
    expect(duck(timestream)).toBe(duckdb);
  });

  it('opens a series beside each row, whatever its argument', () => {
    expect(duck('SELECT time FROM i CROSS JOIN UNNEST(f(bin(t, 1h))) AS u (time, value)'.replace('f(', 'abs('))).toBe(
      "SELECT time FROM i CROSS JOIN LATERAL (SELECT point.time AS time, point.value AS value FROM (SELECT unnest(abs ( ts_bin ( t , INTERVAL '1 hours' ) )) AS point)) AS u",
    );
  });

  it.each([
    ['no query', ''],
    ['a comment alone', '-- SELECT 1'],
    ['INSERT', 'INSERT INTO t VALUES (1)'],
    ['UPDATE', 'UPDATE t SET a = 1'],
    ['DELETE', 'DELETE FROM t'],
    ['CREATE', 'CREATE TABLE t (a int)'],
    ['DROP', 'DROP TABLE t'],
    ['COPY', "COPY t TO 'x.csv'"],
    ['ATTACH', "ATTACH 'x.db'"],
    ['PRAGMA', 'PRAGMA database_list'],
    ['SET', "SET memory_limit = '1TB'"],
    ['INSTALL', 'INSTALL httpfs'],
    ['CALL', 'CALL pragma_version()'],
    ['EXPORT', "EXPORT DATABASE 'x'"],
    ['FROM first', 'FROM t'],
    ['two statements', 'SELECT 1; SELECT 2'],
    ['a semicolon', 'SELECT 1;'],
    ['a parameter', 'SELECT $1'],
    ['another parameter', 'SELECT ?'],
    ['a cast by colons', "SELECT '1'::int"],
    ['an escape string', "SELECT E'\\n'"],
    ['a dollar string', 'SELECT $$a$$'],
    ['a struct', "SELECT {'a': 1}"],
    ['read_csv', "SELECT * FROM read_csv('x')"],
    ['read_parquet', "SELECT * FROM read_parquet('x')"],
    ['read_text', "SELECT read_text('x')"],
    ['getenv', "SELECT getenv('HOME')"],
    ['an unknown function', 'SELECT frobnicate(1)'],
    ['an unknown function in quotes', 'SELECT "getenv"(1)'],
    ["the endpoint's own macros", 'SELECT ts_bin(time, 1h)'],
    ['COLUMNS', "SELECT COLUMNS('a')"],
    ['EXCLUDE', 'SELECT * EXCLUDE (a) FROM "d"."t"'],
    ['QUALIFY', 'SELECT a FROM "d"."t" QUALIFY 1'],
    ['PIVOT', 'SELECT * FROM (PIVOT "d"."t" ON a)'],
    ['ASOF JOIN', 'SELECT 1 FROM a ASOF JOIN b'],
    ['an unknown unit', 'SELECT 5parsec'],
    ['an unclosed string', "SELECT 'a"],
    ['an unclosed parenthesis', 'SELECT bin(time, 1h'],
    ['UNNEST elsewhere', 'SELECT UNNEST(a)'],
  ])('refuses %s', (_, sql) => {
    expect(() => duck(sql)).toThrow(TimestreamError);
  });

  it('tells where', () => {
    expect(() => duck('SELECT 1,\n  getenv(2)')).toThrow('line 2:3: Function getenv not registered');
  });
});
