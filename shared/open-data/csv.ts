import { stringify } from 'csv-stringify/sync';
import type { Site } from './site.ts';
import { columnNames, type Row, type Table } from './tables/table.ts';

/**
 * RFC 4180: a header row, CRLF, UTF-8. A text that a spreadsheet would run as a formula is sent with an apostrophe in front;
 * numbers, also negative ones, stay numbers. Missing values are empty.
 */
export const csv = (columns: readonly string[], rows: readonly object[]): string =>
  stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => String(value) },
  });

/** A table's rows as CSV. */
export const tableCsv = (table: Table, rows: readonly object[]): string => csv(columnNames(table), rows);

/** Sites in one level of columns. */
export const siteRows = (sites: readonly Site[]): readonly Row[] =>
  sites.map(({ position, sensorIds, ...site }) => ({ ...site, ...position, sensorIds: sensorIds.join(' ') }));
