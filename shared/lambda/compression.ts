import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';
import { bytesOf } from './etag.ts';

/** Below this a compressed answer is hardly shorter. */
const WORTH_IT = 2_048;
/** Half the time of zlib's own choice for an answer that is hardly longer. */
const FAST = 3;
/** As fast as gzip's 3, and a tenth shorter. */
const BROTLI_FAST = 3;

const codings = {
  br: (body: Uint8Array) =>
    brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_FAST,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body: Uint8Array) => gzipSync(body, { level: FAST }),
} as const;
export type Coding = keyof typeof codings;

/** RFC 9110, 12.4.2: three digits after the point at most; what is no weight is none. */
const weightOf = (parameters: readonly string[]): number => {
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  if (weight === undefined) return 1;
  const value = Number(weight.slice(2));
  return value >= 0 && value <= 1 ? value : 0;
};

/** The weight of each coding that Accept-Encoding names (RFC 9110, 12.5.3), `x-gzip` being gzip (8.4.1.3). */
const weights = (acceptEncoding: string | undefined): ReadonlyMap<string, number> =>
  new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.toLowerCase().replace(/\s/g, '').split(';');
      return [name === 'x-gzip' ? 'gzip' : name, weightOf(parameters)] as const;
    }),
  );

/** The coding that the caller likes best of ours; br where it likes both as much; `undefined` where it would rather have none. */
export const codingFor = (acceptEncoding: string | undefined): Coding | undefined => {
  const asked = weights(acceptEncoding);
  const weight = (name: string): number => asked.get(name) ?? asked.get('*') ?? 0;
  const best: Coding = weight('br') >= weight('gzip') ? 'br' : 'gzip';
  const identity = asked.get('identity') ?? 0;
  return weight(best) > 0 && weight(best) >= identity ? best : undefined;
};

/** Whether the caller takes gzip: named, or by `*`, and not with a weight of zero. */
export const acceptsGzip = (acceptEncoding: string | undefined): boolean => {
  const asked = weights(acceptEncoding);
  return (asked.get('gzip') ?? asked.get('*') ?? 0) > 0;
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
    const coding = codingFor(event.headers['accept-encoding']);
    if (coding === undefined) {
      request.response = { ...response, headers: { ...response.headers, vary } };
      return;
    }
    const { etag, ...headers } = response.headers ?? {};
    request.response = {
      ...response,
      headers: { ...headers, vary, 'content-encoding': coding, ...(etag !== undefined && { etag: weak(etag) }) },
      body: codings[coding](bytesOf(response) ?? Buffer.from(body)).toString('base64'),
      isBase64Encoded: true,
    };
  },
});
