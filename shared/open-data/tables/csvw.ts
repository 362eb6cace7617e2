import * as z from 'zod';
import { inBothLanguages } from '../catalogue/vocabulary.ts';
import type { Source } from '../source.ts';
import type { Column, ColumnType, Table } from './table.ts';

/** Media type of CSV on the Web metadata (W3C, "Model for Tabular Data and Metadata on the Web", 5.2). */
export const CSVW_TYPE = 'application/csvm+json';

const columnSchema = z.looseObject({
  name: z.string(),
  titles: z.string(),
  datatype: z.union([z.string(), z.looseObject({ base: z.string() })]),
});

export const csvwSchema = z
  .looseObject({
    '@context': z.tuple([z.literal('http://www.w3.org/ns/csvw'), z.looseObject({})]),
    url: z.string(),
    'dc:license': z.looseObject({ '@id': z.url() }),
    'dc:publisher': z.string(),
    tableSchema: z.looseObject({ columns: z.array(columnSchema) }),
  })
  .meta({ id: 'CsvwTable', description: 'CSV on the Web: metadata of one table (W3C)' });
export type Csvw = z.infer<typeof csvwSchema>;

const datatypes: Readonly<Record<ColumnType, string>> = {
  text: 'string',
  number: 'double',
  integer: 'integer',
  boolean: 'boolean',
  instant: 'dateTimeStamp',
  'local-instant': 'dateTimeStamp',
  day: 'date',
};

const described = ({ name, type, about }: Column, key: readonly string[]) => ({
  name,
  titles: name,
  'dc:description': inBothLanguages(about),
  datatype: datatypes[type],
  required: key.includes(name),
});

/**
 * The description of a CSV file: what its columns mean, what holds in them, and what may be done with it.
 * @param url where the file is, as it is asked for: a reader ignores a description of another file.
 */
export const csvwOf = (
  { title, columns, key }: Pick<Table, 'title' | 'columns' | 'key'>,
  { licence, attribution }: Source,
  url: string,
): Csvw => ({
  '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
  url,
  'dc:title': inBothLanguages(title),
  'dc:license': { '@id': licence.url },
  'dc:publisher': attribution,
  dialect: {
    header: true,
    encoding: 'utf-8',
    delimiter: ',',
    quoteChar: '"',
    doubleQuote: true,
    lineTerminators: ['\r\n'],
  },
  tableSchema: {
    columns: columns.map((column) => described(column, key)),
    ...(key.length > 0 && { primaryKey: [...key] }),
  },
});
