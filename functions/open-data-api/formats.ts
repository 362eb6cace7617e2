import * as z from 'zod';
import { type HttpAnswer, json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { type FeatureCollection, featureCollectionSchema } from '../../shared/open-data/geojson.ts';

const formats = ['json', 'csv', 'geojson'] as const;
export type Format = (typeof formats)[number];

export const formatParameter = z
  .enum(formats, 'must be json, csv or geojson')
  .optional()
  .meta({ description: 'Wins over the Accept header, which links and spreadsheets cannot set' });

export const JSON_TYPE = 'application/json';
export const CSV_TYPE = 'text/csv';
export const GEO_JSON_TYPE = 'application/geo+json';

/** The 200 of a resource in all three formats, for OpenAPI. */
export const inAllFormats = (description: string, schema: z.ZodType) => ({
  200: {
    description,
    content: { [JSON_TYPE]: schema, [CSV_TYPE]: z.string(), [GEO_JSON_TYPE]: featureCollectionSchema },
  },
});

/** @throws ProblemError 406 */
export const wantedFormat = (format: Format | undefined, accept: string | undefined): Format =>
  negotiate(
    [
      { format: 'json', mediaType: JSON_TYPE },
      { format: 'csv', mediaType: CSV_TYPE },
      { format: 'geojson', mediaType: GEO_JSON_TYPE },
    ],
    { format, accept },
  );

export type Renderings<Schema extends z.ZodType> = {
  readonly json: () => z.output<Schema>;
  readonly csv: () => string;
  readonly geojson: () => FeatureCollection;
  /** Name of the file that a browser saves CSV as. */
  readonly fileName: string;
};

/** The answer in one format; only that one is rendered. */
export const render = <Schema extends z.ZodType>(
  format: Format,
  schema: Schema,
  renderings: Renderings<Schema>,
  headers: Readonly<Record<string, string>>,
): HttpAnswer => {
  const varied = { ...headers, vary: 'Accept' };
  if (format === 'json') return json(schema, renderings.json(), { headers: varied });
  if (format === 'geojson') return text(GEO_JSON_TYPE, JSON.stringify(renderings.geojson()), varied);
  return text(`${CSV_TYPE}; charset=utf-8; header=present`, renderings.csv(), {
    ...varied,
    'content-disposition': `attachment; filename="${renderings.fileName}.csv"`,
  });
};
