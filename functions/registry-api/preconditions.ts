import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { entityDigest } from '../../shared/city/editing/entity-digest.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';

export const etagOf = (entity: object): string => `"${entityDigest(entity)}"`;

export const preconditionHeaders = z.object({
  'if-match': z.string().optional().meta({ description: 'The ETag of the version that you have seen' }),
  'if-none-match': z.literal('*').optional().meta({ description: '`*` creates and never replaces' }),
});

/** RFC 9110, 13.1.1, with tags compared weakly: a cache on the way may have weakened ours, and means the same version. */
const names = (header: string, etag: string): boolean =>
  header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

const failed = (detail: string, entity?: object): ProblemError =>
  new ProblemError({
    status: 412,
    kind: 'changed-meanwhile',
    detail,
    ...(entity && { headers: { etag: etagOf(entity) } }),
  });

/**
 * Holds a request to what its caller says to have seen.
 * @throws ProblemError 412 where something else is there.
 */
export const checkPreconditions = (event: APIGatewayProxyEventV2, what: string, current: object | undefined): void => {
  const match = event.headers['if-match'];
  if (match !== undefined) {
    if (current === undefined) throw failed(`${what} is not registered any more`);
    if (!names(match, etagOf(current))) throw failed(`${what} was changed meanwhile: look at it again`, current);
  }
  if (event.headers['if-none-match']?.trim() === '*' && current !== undefined) {
    throw failed(`${what} is registered already`, current);
  }
};

/** Nobody replaces what they have not seen (RFC 6585, 3). */
export const requireSeen = (event: APIGatewayProxyEventV2, what: string, current: object): void => {
  if (event.headers['if-match'] !== undefined) return;
  throw new ProblemError({
    status: 428,
    kind: 'if-match-required',
    detail: `${what} is registered already. To change it, send If-Match with the ETag that GET answers; * for whatever is there`,
    headers: { etag: etagOf(current) },
  });
};

export const changedMeanwhile = (what: string): ProblemError =>
  failed(`${what} was changed meanwhile: look at it again`);
