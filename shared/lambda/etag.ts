import { createHash } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';

/** A strong entity tag: the same only for the same bytes. */
export const strongEtag = (body: string | Uint8Array): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/**
 * Whether If-None-Match names the current representation. "A recipient MUST use the weak comparison function" (RFC 9110,
 * 13.1.2): a cache that weakened our tag on the way still means the same.
 */
export const namesCurrent = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
};

/** Answers in bytes, as long as they are on their way: ten megabytes of text take as long to encode as to compress. */
const encoded = new WeakMap<HttpAnswer, Uint8Array>();

/** The bytes of a body, when its tag was made of them already. */
export const bytesOf = (answer: HttpAnswer): Uint8Array | undefined => encoded.get(answer);

/** RFC 9110, 15.4.5: what a 304 must repeat of the 200 it stands for; the body's own description stays away. */
const withoutBody = ({ 'content-type': _type, ...headers }: NonNullable<HttpAnswer['headers']>): HttpAnswer => ({
  statusCode: 304,
  headers,
});

/** Tags every 200 to GET and HEAD, and answers 304 to a caller who has it already. */
export const entityTags = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  after: (request) => {
    const { event, response } = request;
    const { method } = event.requestContext.http;
    if ((method !== 'GET' && method !== 'HEAD') || response?.statusCode !== 200) return;
    const bytes = Buffer.from(response.body ?? '');
    const etag = strongEtag(bytes);
    const tagged = { ...response, headers: { ...response.headers, etag } };
    encoded.set(tagged, bytes);
    request.response = namesCurrent(event.headers['if-none-match'], etag) ? withoutBody(tagged.headers) : tagged;
  },
});
