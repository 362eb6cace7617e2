import type { Column } from '../records/column.ts';
import type { Table } from './catalog.ts';

/**
 * A table of Timestream's as four of DuckDB's:
 *
 * - `k`: a row a series, with its hash, measure name and dimensions. What a query says about those finds a few hashes, by which DuckDB
 *   leaves out whole row groups of the others.
 * - `t`: records as they came, of the last hours.
 * - `s`: all older ones in sorted runs (`sorted-runs.ts`), within a run by series and time.
 * - `n`: how many records `s` has of each series and day (UTC), and the first and last instant; several rows a day add up.
 */
export const seriesTable = ({ id }: Pick<Table, 'id'>): string => `stored.k${id}`;
export const recentTable = ({ id }: Pick<Table, 'id'>): string => `stored.t${id}`;
export const sortedTable = ({ id }: Pick<Table, 'id'>): string => `stored.s${id}`;
export const tallyTable = ({ id }: Pick<Table, 'id'>): string => `stored.n${id}`;
/** Names that those four have in the schema `stored`. */
export const storedNames = ({ id }: Pick<Table, 'id'>): readonly string[] =>
  ['k', 't', 's', 'n'].map((p) => `${p}${id}`);

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The hidden column with the series hash: with `time` it is a row's key. No dimension or measure may contain a colon. */
const SERIES_COLUMN = 'stored::series';
export const SERIES = quoted(SERIES_COLUMN);

/** UTC day of a record's time, counted from 1970. */
export const DAY_MICROS = 86_400_000_000;
export const dayOf = (time: string): string => `(epoch_us(${time}) // ${DAY_MICROS})`;

export const columnsOf = (table: Table, kind: Column['kind']): readonly Column[] =>
  [...table.columns.values()].filter((column) => column.kind === kind);

/** What `t` and `s` hold, in the order in which they are selected. */
export const recordColumns = (table: Table): readonly string[] => [
  SERIES,
  'time',
  ...columnsOf(table, 'measure').map(({ name }) => quoted(name)),
];

/** Creates what is missing and adds the columns that came since. No primary key: it would quarter the rate of appends. */
export const tableDefinition = (table: Table): string => {
  const [series, recent, sorted, tally] = [
    seriesTable(table),
    recentTable(table),
    sortedTable(table),
    tallyTable(table),
  ];
  const add = (name: string, columns: readonly Column[]): readonly string[] =>
    columns.map((column) => `ALTER TABLE ${name} ADD COLUMN IF NOT EXISTS ${quoted(column.name)} ${column.type};`);
  return [
    `CREATE TABLE IF NOT EXISTS ${series} (${SERIES} BIGINT, measure_name VARCHAR);`,
    `CREATE TABLE IF NOT EXISTS ${recent} (${SERIES} BIGINT, time TIMESTAMP);`,
    `CREATE TABLE IF NOT EXISTS ${sorted} (${SERIES} BIGINT, time TIMESTAMP);`,
    `CREATE TABLE IF NOT EXISTS ${tally} (${SERIES} BIGINT, day BIGINT, records BIGINT, earliest TIMESTAMP, latest TIMESTAMP);`,
    ...add(series, columnsOf(table, 'dimension')),
    ...add(recent, columnsOf(table, 'measure')),
    ...add(sorted, columnsOf(table, 'measure')),
  ].join('\n');
};

/** The table as queries see it: dimensions, measure name, time, measures, in Timestream's order. */
export const viewDefinition = (table: Table): string => {
  const records = recordColumns(table).join(', ');
  const shown = [
    ...columnsOf(table, 'dimension').map(({ name }) => `k.${quoted(name)}`),
    'k.measure_name',
    'r.time',
    ...columnsOf(table, 'measure').map(({ name }) => `r.${quoted(name)}`),
  ];
  return `CREATE OR REPLACE VIEW ${quoted(table.database)}.${quoted(table.name)} AS
    SELECT ${shown.join(', ')}
    FROM (SELECT ${records} FROM ${sortedTable(table)} UNION ALL SELECT ${records} FROM ${recentTable(table)}) AS r
    JOIN ${seriesTable(table)} AS k ON k.${SERIES} = r.${SERIES}`;
};
