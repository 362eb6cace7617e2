import { gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';

/** Below this a compressed answer is hardly shorter. */
const WORTH_IT = 2_048;
/** Half the time of zlib's own choice for an answer that is hardly longer. */
const FAST = 3;

/** Whether the caller takes gzip (RFC 9110, 12.5.3): named, or by `*`, and not with a weight of zero. */
export const acceptsGzip = (acceptEncoding: string | undefined): boolean => {
  const codings = (acceptEncoding ?? '').split(',').map((part) => part.replace(/\s/g, '').toLowerCase());
  const coding = codings.find((each) => /^(x-)?gzip(;|$)/.test(each)) ?? codings.find((each) => /^\*(;|$)/.test(each));
  return coding !== undefined && !/;q=0(\.0*)?$/.test(coding);
};

/** Other bytes than those of the strong tag, but the same meaning. */
const weak = (etag: boolean | number | string): string => (String(etag).startsWith('W/') ? String(etag) : `W/${etag}`);

/** Compresses long answers for those who take it: a function may answer six megabytes, which are ten times as much compressed. */
export const compression = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  after: (request) => {
    const { event, response } = request;
    const body = response?.body;
    if (!response || body === undefined || response.isBase64Encoded || body.length < WORTH_IT) return;
    const vary = [response.headers?.vary, 'Accept-Encoding'].filter((part) => part !== undefined).join(', ');
    if (!acceptsGzip(event.headers['accept-encoding'])) {
      request.response = { ...response, headers: { ...response.headers, vary } };
      return;
    }
    const { etag, ...headers } = response.headers ?? {};
    request.response = {
      ...response,
      headers: { ...headers, vary, 'content-encoding': 'gzip', ...(etag !== undefined && { etag: weak(etag) }) },
      body: gzipSync(body, { level: FAST }).toString('base64'),
      isBase64Encoded: true,
    };
  },
});
