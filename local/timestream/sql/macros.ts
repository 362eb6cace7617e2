/**
 * Timestream's functions that DuckDB does not have, or has with another meaning, as DuckDB macros. Times are UTC throughout.
 * Names begin with `ts_` because no column may: nothing in a query can be mistaken for them.
 */
export const macros = `
CREATE OR REPLACE MACRO ts_ago(now, i) AS (now - i);
CREATE OR REPLACE MACRO ts_bin(t, i) AS time_bucket(i, t, TIMESTAMP '1970-01-01');
CREATE OR REPLACE MACRO ts_from_milliseconds(ms) AS epoch_ms(ms::BIGINT);
CREATE OR REPLACE MACRO ts_from_nanoseconds(ns) AS make_timestamp(ns::BIGINT // 1000);
CREATE OR REPLACE MACRO ts_from_unixtime(s) AS make_timestamp((s * 1000000)::BIGINT);
CREATE OR REPLACE MACRO ts_to_milliseconds(x) AS epoch_ms(x);
CREATE OR REPLACE MACRO ts_to_nanoseconds(x) AS epoch_ns(x);
CREATE OR REPLACE MACRO ts_to_unixtime(t) AS epoch(t);
CREATE OR REPLACE MACRO ts_from_iso8601_timestamp(s) AS (s::TIMESTAMPTZ::TIMESTAMP);
CREATE OR REPLACE MACRO ts_from_iso8601_date(s) AS (s::DATE);
CREATE OR REPLACE MACRO ts_to_iso8601(t) AS strftime(t, '%Y-%m-%dT%H:%M:%S.%f000Z');
CREATE OR REPLACE MACRO ts_date_diff(unit, a, b) AS date_sub(unit, a::TIMESTAMP, b::TIMESTAMP);
CREATE OR REPLACE MACRO ts_date_add(unit, n, t) AS t + CASE lower(unit)
  WHEN 'millisecond' THEN to_milliseconds(n) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n)
  WHEN 'hour' THEN to_hours(n) WHEN 'day' THEN to_days(n::INTEGER) WHEN 'week' THEN to_weeks(n::INTEGER)
  WHEN 'month' THEN to_months(n::INTEGER) WHEN 'quarter' THEN to_months(3 * n::INTEGER) WHEN 'year' THEN to_years(n::INTEGER) END;
CREATE OR REPLACE MACRO ts_create_time_series(t, v) AS list({'time': t, 'value': v} ORDER BY t);
CREATE OR REPLACE MACRO ts_max_by(x, y) AS arg_max_null(x, y), (x, y, n) AS arg_max(x, y, n);
CREATE OR REPLACE MACRO ts_min_by(x, y) AS arg_min_null(x, y), (x, y, n) AS arg_min(x, y, n);
CREATE OR REPLACE MACRO ts_at_or_before(series, instant) AS list_last(list_filter(series, lambda p: p.time <= instant));
CREATE OR REPLACE MACRO ts_at_or_after(series, instant) AS list_filter(series, lambda p: p.time >= instant)[1];
CREATE OR REPLACE MACRO ts_between(a, b, instant) AS
  CASE WHEN a.time = b.time THEN a.value
  ELSE a.value + (b.value - a.value) * (epoch_us(instant) - epoch_us(a.time))::DOUBLE / (epoch_us(b.time) - epoch_us(a.time)) END;
CREATE OR REPLACE MACRO ts_interpolate_linear(series, instants) AS list_transform(instants, lambda instant:
  {'time': instant, 'value': ts_between(ts_at_or_before(series, instant), ts_at_or_after(series, instant), instant)});
CREATE OR REPLACE MACRO ts_interpolate_locf(series, instants) AS list_transform(instants, lambda instant:
  {'time': instant, 'value': ts_at_or_before(series, instant).value});
CREATE OR REPLACE MACRO ts_interpolate_fill(series, instants, v) AS list_transform(instants, lambda instant:
  {'time': instant, 'value': coalesce(list_filter(series, lambda p: p.time = instant)[1].value, v)});
`;
