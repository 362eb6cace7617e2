import { Buffer } from 'node:buffer';
import * as z from 'zod';
import { type HttpAnswer, json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { tableCsv } from '../../shared/open-data/csv.ts';
import { type FeatureCollection, featureCollectionSchema } from '../../shared/open-data/geojson.ts';
import { type Source, sourceShape } from '../../shared/open-data/source.ts';
import { CSVW_TYPE } from '../../shared/open-data/tables/csvw.ts';
import { PARQUET_TYPE, parquetSink } from '../../shared/open-data/tables/parquet.ts';
import type { Row, Table } from '../../shared/open-data/tables/table.ts';
import { BASE_PATH } from './parts.ts';

const formats = ['json', 'csv', 'geojson', 'parquet'] as const;
export type Format = (typeof formats)[number];

export const formatParameter = z
  .enum(formats, 'must be json, csv, geojson or parquet')
  .optional()
  .meta({ description: 'Wins over the Accept header, which links and spreadsheets cannot set' });

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';
export const GEO_JSON_TYPE = 'application/geo+json';

/** A JSON answer with its licence and source. */
export const withSource = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ ...shape, ...sourceShape });

const binary = z.string().meta({ override: { type: 'string', contentMediaType: PARQUET_TYPE } });

/** The 200 of a resource in some formats, for OpenAPI. */
export const inFormats = (description: string, schema: z.ZodType, names: readonly Format[]) => {
  const byFormat = {
    json: [JSON_TYPE, schema],
    csv: [CSV_TYPE, z.string()],
    geojson: [GEO_JSON_TYPE, featureCollectionSchema],
    parquet: [PARQUET_TYPE, binary],
  } as const;
  return { 200: { description, content: Object.fromEntries(names.map((name) => byFormat[name])) } };
};

/** The 200 of a resource in all formats. */
export const inAllFormats = (description: string, schema: z.ZodType) => inFormats(description, schema, formats);

/** @throws ProblemError 406 */
export const wantedFormat = (format: Format | undefined, accept: string | undefined): Format =>
  negotiate(
    [
      { format: 'json', mediaType: JSON_TYPE },
      { format: 'csv', mediaType: CSV_TYPE },
      { format: 'geojson', mediaType: GEO_JSON_TYPE },
      { format: 'parquet', mediaType: PARQUET_TYPE },
    ],
    { format, accept },
  );

export type Renderings<Schema extends z.ZodType> = {
  readonly json: () => z.output<Schema>;
  /** Of what is on the map. */
  readonly geojson?: () => FeatureCollection;
  /** What CSV and Parquet are made of; its name is the file's. */
  readonly table: Table;
  readonly rows: () => readonly Row[];
  readonly source: Source;
  /** The query as it was sent, which the description of the CSV repeats. */
  readonly rawQuery: string;
};

const linksOf = (...links: readonly (string | undefined)[]): { readonly link: string } => ({
  link: links.filter((link) => link !== undefined).join(', '),
});

/** The answer in one format; only that one is rendered. */
export const render = <Schema extends z.ZodType>(
  format: Format,
  schema: Schema,
  { table, source, rawQuery, ...renderings }: Renderings<Schema>,
  { link, ...headers }: Readonly<Record<string, string>>,
): HttpAnswer => {
  const licence = `<${source.licence.url}>; rel="license"`;
  const varied = { ...headers, ...linksOf(link, licence), vary: 'Accept' };
  const file = (ending: string) => ({ 'content-disposition': `attachment; filename="${table.name}.${ending}"` });
  if (format === 'json') return json(schema, renderings.json(), { headers: varied });
  if (format === 'geojson' && renderings.geojson !== undefined) {
    return text(GEO_JSON_TYPE, JSON.stringify({ ...renderings.geojson(), ...source }), varied);
  }
  if (format === 'parquet') {
    const sink = parquetSink(table, source);
    sink.add(renderings.rows());
    const body = Buffer.concat(sink.finish()).toString('base64');
    return { ...text(PARQUET_TYPE, body, { ...varied, ...file('parquet') }), isBase64Encoded: true };
  }
  const query = rawQuery === '' ? '' : `?${rawQuery}`;
  const sidecar = `<${BASE_PATH}/${table.name}-metadata.json${query}>; rel="describedby"; type="${CSVW_TYPE}"`;
  return text(`${CSV_TYPE}; charset=utf-8; header=present`, tableCsv(table, renderings.rows()), {
    ...varied,
    ...linksOf(link, licence, sidecar),
    ...file('csv'),
  });
};
