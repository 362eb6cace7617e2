import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';

/** Public data may be read by any page: no credentials, so `*` is safe. Includes the answer to a preflight. */
export const anyOrigin = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => {
  const allow = (request: { event: APIGatewayProxyEventV2; response: HttpAnswer | null | undefined }): void => {
    if (!request.response) return;
    const preflight = request.event.requestContext.http.method === 'OPTIONS';
    request.response.headers = {
      ...request.response.headers,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Link, Content-Disposition',
      ...(preflight
        ? {
            'access-control-allow-methods': String(request.response.headers?.allow ?? 'GET, HEAD, OPTIONS'),
            'access-control-allow-headers': 'If-None-Match, Accept',
            'access-control-max-age': '86400',
          }
        : {}),
    };
  };
  return { after: allow, onError: allow };
};
