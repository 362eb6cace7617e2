import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Registry } from '../city/registry.ts';
import { type Source, sourceOf } from '../open-data/source.ts';
import type { HttpAnswer } from './answer.ts';

const KEPT_MS = 300_000;

/** How the city publishes, from its profile; asked for once in five minutes. */
export const cityPublication = ({
  registry,
  cityId,
  clock,
}: {
  readonly registry: Pick<Registry, 'get'>;
  readonly cityId: string;
  readonly clock: () => number;
}): (() => Promise<Source>) => {
  let known: { readonly at: number; readonly published: Promise<Source> } | undefined;
  const ask = async (): Promise<Source> => sourceOf(await registry.get('city', cityId));
  return async () => {
    const at = clock();
    if (known === undefined || Math.abs(at - known.at) >= KEPT_MS) known = { at, published: ask() };
    try {
      return await known.published;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
};

export type PublishedApi = {
  readonly publication: () => Promise<Source>;
  /** Where the OpenAPI document is, e.g. `/open/v1/openapi.json`. */
  readonly description: string;
  /** False where a standard says every member of an answer: then the licence is in the header alone. */
  readonly inBody: boolean;
};

const OPEN_TYPES = /^application\/(json|geo\+json)(;|$)/;

/** A JSON object whose members are ours to say: not an OpenAPI document, not JSON-LD under the plain name. */
const isOpenObject = (
  { rawPath }: APIGatewayProxyEventV2,
  { statusCode, headers, body = '', isBase64Encoded }: HttpAnswer,
) =>
  statusCode === 200 &&
  OPEN_TYPES.test(String(headers?.['content-type'] ?? '')) &&
  isBase64Encoded !== true &&
  body.startsWith('{') &&
  !body.startsWith('{"@context"') &&
  !rawPath.endsWith('/openapi.json');

/** Begins the object with licence and attribution, without reading what may be megabytes. */
const withLicence = (body: string, published: Source): string => {
  const members = JSON.stringify(published).slice(0, -1);
  return body === '{}' ? `${members}}` : `${members},${body.slice(1)}`;
};

const linksOf = (source: Source | undefined, description: string): readonly string[] => [
  ...(source === undefined ? [] : [`<${source.licence.url}>; rel="license"`]),
  `<${description}>; rel="service-desc"; type="application/vnd.oai.openapi+json"`,
  '</data/api.html>; rel="service-doc"; type="text/html"',
  '</open/v1/catalog>; rel="describedby"; type="application/ld+json"',
];

/** What an operation links to itself is not linked again. */
const relOf = (link: string): string => /rel="[^"]*"/.exec(link)?.[0] ?? link;

/**
 * Licence and attribution in each answer: as RFC 8288 links in the header of all, and in the JSON objects. While the registry cannot
 * say what they are, what needs no store (a description, an error) is answered without them, and data are not.
 */
export const licensed = ({
  publication,
  description,
  inBody,
}: PublishedApi): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => {
  const link = (response: HttpAnswer, source: Source | undefined): void => {
    const own = String(response.headers?.link ?? '');
    const links = [own, ...linksOf(source, description).filter((each) => !own.includes(relOf(each)))];
    response.headers = { ...response.headers, link: links.filter((each) => each !== '').join(', ') };
  };
  const sourceOrNone = (): Promise<Source | undefined> => publication().catch(() => undefined);
  return {
    after: async ({ event, response }) => {
      if (!response) return;
      if (inBody && isOpenObject(event, response)) {
        const source = await publication();
        response.body = withLicence(response.body ?? '', source);
        link(response, source);
      } else link(response, await sourceOrNone());
    },
    onError: async ({ response }) => {
      if (response) link(response, await sourceOrNone());
    },
  };
};
