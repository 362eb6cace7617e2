/** Functions that mean the same in Timestream and DuckDB. */
const SAME = `
abs cbrt ceil ceiling degrees exp floor ln log2 log10 mod pi pow power radians random round sign sqrt
acos asin atan atan2 cos cosh sin tan tanh greatest least coalesce nullif if cast try_cast try
chr concat length lower lpad ltrim replace reverse rpad rtrim split_part strpos substr substring trim upper
date_trunc extract year month day hour minute second quarter week
array_agg avg bool_and bool_or count count_if corr covar_pop covar_samp kurtosis max min
regr_intercept regr_slope skewness stddev stddev_pop stddev_samp sum var_pop var_samp variance
cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
array_distinct array_join flatten date
`;

/** Functions that DuckDB has under another name, or that are macros of this endpoint. */
const RENAMED: Readonly<Record<string, string>> = {
  ago: 'ts_ago',
  bin: 'ts_bin',
  from_milliseconds: 'ts_from_milliseconds',
  from_nanoseconds: 'ts_from_nanoseconds',
  from_unixtime: 'ts_from_unixtime',
  to_milliseconds: 'ts_to_milliseconds',
  to_nanoseconds: 'ts_to_nanoseconds',
  to_unixtime: 'ts_to_unixtime',
  from_iso8601_timestamp: 'ts_from_iso8601_timestamp',
  from_iso8601_date: 'ts_from_iso8601_date',
  to_iso8601: 'ts_to_iso8601',
  date_diff: 'ts_date_diff',
  date_add: 'ts_date_add',
  max_by: 'ts_max_by',
  min_by: 'ts_min_by',
  create_time_series: 'ts_create_time_series',
  interpolate_linear: 'ts_interpolate_linear',
  interpolate_locf: 'ts_interpolate_locf',
  interpolate_fill: 'ts_interpolate_fill',
  approx_percentile: 'quantile_cont',
  approx_distinct: 'approx_count_distinct',
  arbitrary: 'any_value',
  cardinality: 'len',
  contains: 'list_contains',
  element_at: 'list_extract',
  every: 'bool_and',
  is_finite: 'isfinite',
  is_infinite: 'isinf',
  is_nan: 'isnan',
  levenshtein_distance: 'levenshtein',
  sequence: 'generate_series',
  split: 'string_split',
  truncate: 'trunc',
  geometric_mean: 'geomean',
  day_of_week: 'isodow',
  day_of_year: 'dayofyear',
  array_join: 'array_to_string',
  array_max: 'list_max',
  array_min: 'list_min',
  array_sort: 'list_sort',
  rand: 'random',
};

/** DuckDB's name of each Timestream function that this endpoint answers; what is not here is refused. */
export const functionNames: ReadonlyMap<string, string> = new Map([
  ...SAME.trim()
    .split(/\s+/)
    .map((name) => [name, name] as const),
  ...Object.entries(RENAMED),
]);

/** Words that may stand before a parenthesis without being a function. */
export const syntaxWords: ReadonlySet<string> = new Set(
  `all and any array as between by case distinct else end escape except exists filter from group having in intersect interval is join like
   limit not on or order over partition preceding rollup row select some then union using values when where with within
   bigint boolean char double integer timestamp time varchar decimal real`.split(/\s+/),
);

/** DuckDB's own additions to SELECT, which Timestream does not know. */
export const foreignWords: ReadonlySet<string> = new Set(
  'anti asof attach exclude glob ilike isnull notnull pivot positional qualify semi similar summarize unpivot'.split(
    ' ',
  ),
);
