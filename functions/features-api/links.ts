import * as z from 'zod';

/** A link as OGC APIs write them; `rel` by IANA, or OGC's own address of it. */
export const linkSchema = z.object({ href: z.url(), rel: z.string(), type: z.string().optional(), title: z.string() });
export type Link = z.infer<typeof linkSchema>;

export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html';
export const GEO_JSON_TYPE = 'application/geo+json';
export const SCHEMA_TYPE = 'application/schema+json';
export const OPENAPI_TYPE = 'application/vnd.oai.openapi+json';
export const QUERYABLES_REL = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';

/** The address with a parameter set anew. */
export const withParameter = (address: string, name: string, value: string): string => {
  const url = new URL(address);
  url.searchParams.set(name, value);
  return url.href;
};

/** This document, and the same in its other format. */
export const selfAndAlternate = (
  address: string,
  format: 'json' | 'html',
  jsonType: string = JSON_TYPE,
): readonly Link[] => {
  const json = { href: withParameter(address, 'f', 'json'), type: jsonType, title: 'JSON' };
  const html = { href: withParameter(address, 'f', 'html'), type: HTML_TYPE, title: 'HTML' };
  return [
    { ...(format === 'json' ? json : html), rel: 'self', title: 'This document' },
    { ...(format === 'json' ? html : json), rel: 'alternate' },
  ];
};

/** The same links in the header, RFC 8288: for clients that look there, and for HTML. */
export const linkHeader = (links: readonly Link[]): string =>
  links
    .map(({ href, rel, type }) => `<${href}>; rel="${rel}"${type === undefined ? '' : `; type="${type}"`}`)
    .join(', ');
