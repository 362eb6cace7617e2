import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';

/** What a page's script may read beside what browsers always show. */
const EXPOSED = [
  'ETag',
  'Link',
  'Location',
  'Allow',
  'Accept-Ranges',
  'Content-Crs',
  'Content-Disposition',
  'Content-Encoding',
  'Content-Range',
  'NGSILD-Results-Count',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
].join(', ');

/** What it may send; a token, too, which no browser sends by itself. */
const TAKEN = 'Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, Link, Prefer, Range';

/** Public data may be read by any page: no credentials, so `*` is safe. Includes the answer to a preflight. */
export const anyOrigin = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => {
  const allow = (request: { event: APIGatewayProxyEventV2; response: HttpAnswer | null | undefined }): void => {
    if (!request.response) return;
    const preflight = request.event.requestContext.http.method === 'OPTIONS';
    request.response.headers = {
      ...request.response.headers,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': EXPOSED,
      ...(preflight
        ? {
            'access-control-allow-methods': String(request.response.headers?.allow ?? 'GET, HEAD, OPTIONS'),
            'access-control-allow-headers': TAKEN,
            'access-control-max-age': '86400',
          }
        : {}),
    };
  };
  return { after: allow, onError: allow };
};
