import * as z from 'zod';
import type { createDocument } from 'zod-openapi';
import { sourceSchema } from '../open-data/source.ts';

/** What every public API answers with, whatever was asked, for its OpenAPI document. */

const text = (description: string) => ({ description, schema: { type: 'string' as const } });

/** As `#/components/headers`. */
export const manneredHeaders = {
  ETag: text('Names this representation; send it back in If-None-Match (RFC 9110, 8.8.3)'),
  CacheControl: text('How long the answer may be used, and how long while a new one is fetched (RFC 9111, RFC 5861)'),
  Link: text('license, service-desc, service-doc, describedby; next where there is more (RFC 8288)'),
  RateLimitPolicy: text('Units a window: `"address";q=600;w=60` (draft-ietf-httpapi-ratelimit-headers-10)'),
  RateLimit: text('Units left, and seconds until all are back: `"address";r=597;t=1`'),
};

const ref = (name: keyof typeof manneredHeaders) => ({ $ref: `#/components/headers/${name}` as const });

export const headerRefs = {
  ETag: ref('ETag'),
  'Cache-Control': ref('CacheControl'),
  Link: ref('Link'),
  'RateLimit-Policy': ref('RateLimitPolicy'),
  RateLimit: ref('RateLimit'),
};

/** The answers that no operation lists, because any of them may give them. */
export const refusals = <Content extends object>(content: Content, isRead: boolean) => ({
  ...(isRead && { '304': { description: 'Unchanged since the representation that If-None-Match names' } }),
  '400': { description: 'Something in the request is wrong; `errors` names what', content },
  '404': { description: 'There is no such thing', content },
  ...(isRead && { '406': { description: 'None of the media types that Accept names is on offer', content } }),
  '413': { description: 'The body is too long', content },
  '414': { description: 'The address is too long', content },
  '429': {
    description: 'Too much was asked for from one address: ask again after Retry-After seconds',
    headers: {
      'Retry-After': { description: 'Seconds', schema: { type: 'integer' as const, minimum: 1 } },
      'RateLimit-Policy': ref('RateLimitPolicy'),
      RateLimit: ref('RateLimit'),
    },
    content,
  },
  '503': { description: 'The city’s data store is busy: ask again after Retry-After seconds', content },
});

type Document = ReturnType<typeof createDocument>;
type Described = { $ref?: string; type?: string; properties?: Record<string, unknown> };

const OPEN_TYPES = ['application/json', 'application/geo+json'];

/** Adds licence and attribution to the schema of each object that is answered, where the middleware adds them to the object. */
export const withLicenceMembers = (document: Document): Document => {
  const published = z.toJSONSchema(sourceSchema, { io: 'output' });
  const named = (document.components?.schemas ?? {}) as Record<string, Described>;
  const target = (schema: Described): Described | undefined =>
    schema.$ref === undefined ? schema : named[schema.$ref.slice('#/components/schemas/'.length)];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (path === '/openapi.json') continue;
    for (const mediaType of OPEN_TYPES) {
      const { schema } = item.get?.responses?.['200']?.content?.[mediaType] ?? {};
      const object = schema && target(schema as Described);
      if (object?.type === 'object' && object.properties?.['@context'] === undefined) {
        object.properties = { ...object.properties, ...published.properties };
      }
    }
  }
  return document;
};
