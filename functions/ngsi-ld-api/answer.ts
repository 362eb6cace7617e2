import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { type HttpAnswer, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { publicOrigin } from '../../shared/lambda/public-address.ts';
import type { JsonObject } from '../../shared/open-data/ngsi-ld/represent.ts';
import { USUAL_LICENCE } from '../../shared/open-data/publication.ts';
import { BASE_PATH, type NgsiLdParts } from './parts.ts';

export const JSON_TYPE = 'application/json';
export const LD_TYPE = 'application/ld+json';
export const GEO_TYPE = 'application/geo+json';
export type Format = 'json' | 'ld' | 'geo';

const offers = [
  { format: 'json', mediaType: JSON_TYPE },
  { format: 'ld', mediaType: LD_TYPE },
] as const;
const mediaTypes: Readonly<Record<Format, string>> = { json: JSON_TYPE, ld: LD_TYPE, geo: GEO_TYPE };

/** 6.3.4 and 6.3.15: JSON with the @context in a header, JSON-LD with it in the body, and of entities GeoJSON. @throws ProblemError 406 */
export const wantedFormat = ({ headers }: APIGatewayProxyEventV2, hasGeoJson: boolean): Format =>
  negotiate<Format>(
    [offers[0], offers[1], ...(hasGeoJson ? [{ format: 'geo', mediaType: GEO_TYPE } as const] : [])],
    // Nobody refuses a format here, so `format=` of the hint would not help; it is another thing in NGSI-LD.
    { accept: headers.accept, parameter: 'Accept' },
  );

export const rootOf = (event: APIGatewayProxyEventV2, { publicUrl }: Pick<NgsiLdParts, 'publicUrl'>): string =>
  `${publicOrigin(event, publicUrl)}${BASE_PATH}`;

/** Where our @context is: nothing else has to be fetched to read an answer. */
const contextAddress = (root: string): string => `${root}/context.jsonld`;

const loose = z.looseObject({ id: z.string(), type: z.string() });
export const entitySchema = loose.meta({
  id: 'Entity',
  description: 'ETSI GS CIM 009, 4.5: normalized, concise or simplified',
});
export const featureSchema = z
  .looseObject({
    id: z.string(),
    type: z.literal('Feature'),
    geometry: z.looseObject({}).nullable(),
    properties: loose.omit({ id: true }),
  })
  .meta({ id: 'EntityFeature' });
export const featureCollectionSchema = z
  .looseObject({ type: z.literal('FeatureCollection'), features: z.array(featureSchema) })
  .meta({ id: 'EntityFeatures' });

/** Latest states change by the minute. */
const CACHE_CONTROL = 'public, max-age=15, stale-while-revalidate=45';

type Answered = {
  readonly event: APIGatewayProxyEventV2;
  readonly parts: NgsiLdParts;
  readonly format: Format;
  readonly body: JsonObject | readonly JsonObject[];
  /** Links beside that of the @context, RFC 8288. */
  readonly links?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** RFC 7240. ETSI GS CIM 009, 6.3.6: GeoJSON brings its @context along unless told not to. */
const wantsBodyAsJson = ({ headers }: APIGatewayProxyEventV2): boolean =>
  /(^|[,;\s])body\s*=\s*"?(application\/)?json"?/i.test(headers.prefer ?? '');

const withContext = (body: Answered['body'], context: string): unknown => {
  const named = (object: JsonObject): JsonObject => ({ ...object, '@context': context });
  return Array.isArray(body) ? body.map(named) : named(body as JsonObject);
};

/** The answer in the wanted format, 6.3.5: with the @context in the body, or in a header. */
export const answer = ({ event, parts, format, body, links = [], headers = {} }: Answered): HttpAnswer => {
  const context = contextAddress(rootOf(event, parts));
  const isInBody = format === 'ld' || (format === 'geo' && !wantsBodyAsJson(event));
  const contextLink = `<${context}>; rel="http://www.w3.org/ns/json-ld#context"; type="${LD_TYPE}"`;
  const link = [...(isInBody ? [] : [contextLink]), ...links, `<${USUAL_LICENCE.url}>; rel="license"`];
  return text(mediaTypes[format], JSON.stringify(isInBody ? withContext(body, context) : body), {
    'cache-control': CACHE_CONTROL,
    vary: 'Accept, Prefer',
    link: link.join(', '),
    ...headers,
  });
};
