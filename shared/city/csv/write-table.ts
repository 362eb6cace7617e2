import { stringify } from 'csv-stringify/sync';
import type * as z from 'zod';
import { columnsOf } from './columns.ts';
import { valueAt } from './members.ts';

/** Entities as CSV (RFC 4180: a header row, CRLF), with a mark in front by which spreadsheets know UTF-8. */
export const writeTable = (schema: z.core.$ZodType, entities: readonly object[]): string => {
  const columns = columnsOf(schema);
  const rows = entities.map((entity) =>
    columns.map(({ path, cell }) => {
      const value = valueAt(entity, path);
      return value === undefined ? '' : cell.write(value);
    }),
  );
  // The library quotes only its own record delimiter; readers take any line end for one.
  const quoted = /[\r\n]/;
  return stringify([columns.map(({ name }) => name), ...rows], {
    record_delimiter: 'windows',
    bom: true,
    quoted_match: quoted,
  });
};
