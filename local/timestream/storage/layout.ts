import type { Column } from '../records/column.ts';
import type { Table } from './catalog.ts';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The hidden column with the series hash: with `time` it is a row's key. No dimension or measure may contain a colon. */
export const SERIES_COLUMN = 'stored::series';

const columnsOf = (table: Table, kind: Column['kind']): readonly Column[] =>
  [...table.columns.values()].filter((column) => column.kind === kind);

/** Creates DuckDB's table where it is missing and adds the columns that came since. No primary key: it would quarter the rate of appends. */
export const tableDefinition = (table: Table): string => {
  const name = `stored.t${table.id}`;
  const create = `CREATE TABLE IF NOT EXISTS ${name} (${quoted(SERIES_COLUMN)} BIGINT, time TIMESTAMP, measure_name VARCHAR);`;
  const alter = [...table.columns.values()].map(
    (column) => `ALTER TABLE ${name} ADD COLUMN IF NOT EXISTS ${quoted(column.name)} ${column.type};`,
  );
  return [create, ...alter].join('\n');
};

/** The table as queries see it: dimensions, measure name, time, measures, in Timestream's order. */
export const viewDefinition = (table: Table): string => {
  const names = [
    ...columnsOf(table, 'dimension').map(({ name }) => name),
    'measure_name',
    'time',
    ...columnsOf(table, 'measure').map(({ name }) => name),
  ];
  return `CREATE OR REPLACE VIEW ${quoted(table.database)}.${quoted(table.name)} AS
    SELECT ${names.map(quoted).join(', ')} FROM stored.t${table.id}`;
};
