import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../../shared/lambda/problem.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Takes as long for a wrong secret as for the right one, whatever their lengths. */
export const isSameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

/** RFC 6750, 2.1. The scheme's name has no case. */
const bearerPattern = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

const unauthorized = (detail: string, challenge: string): ProblemError =>
  new ProblemError({ status: 401, kind: 'unauthorized', detail, headers: { 'www-authenticate': challenge } });

/**
 * Asks for the sender's secret as a bearer token.
 * @throws ProblemError, 401, without saying more than that it is not there or not right.
 */
export const demandSecret = (authorization: string | undefined, secret: string): void => {
  const realm = 'Bearer realm="phosach"';
  const [, given] = bearerPattern.exec(authorization ?? '') ?? [];
  if (given === undefined) throw unauthorized('Send the secret as Authorization: Bearer <secret>', realm);
  if (!isSameSecret(given, secret)) throw unauthorized('The secret is not right', `${realm}, error="invalid_token"`);
};
