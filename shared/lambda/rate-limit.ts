import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';
import { addressNames, callersOf } from './client-address.ts';
import { ProblemError } from './problem.ts';
import { type Standing, tokenBuckets } from './token-buckets.ts';

const WINDOW_SECONDS = 60;
/** A proxy speaks for many viewers; somebody who makes viewers up has only one connection. */
const VIEWERS_A_CONNECTION = 20;

/** One unit for asking, and one more for every 100 KB and every 100 ms of an answer: heavy queries count for what they take. */
const BYTES_A_UNIT = 100_000;
const MS_A_UNIT = 100;
export const costOf = (bytes: number, ms: number): number =>
  1 + Math.floor(bytes / BYTES_A_UNIT) + Math.floor(ms / MS_A_UNIT);

/** draft-ietf-httpapi-ratelimit-headers-10, 2.1 to 2.3: names of policies are strings, parameters are integers. */
const headersOf = (perMinute: number, { remaining, fullInSeconds }: Standing) => ({
  'ratelimit-policy': `"address";q=${perMinute};w=${WINDOW_SECONDS}`,
  ratelimit: `"address";r=${remaining};t=${fullInSeconds}`,
});

const exceeded = (policy: string, { retryInSeconds }: Standing): ProblemError =>
  new ProblemError({
    status: 429,
    // The same draft, 5.1.
    type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
    detail: `Too much was asked for from here. Ask again in ${retryInSeconds} s; long answers count more than short ones`,
    violatedPolicies: [policy],
    headers: { 'retry-after': String(retryInSeconds) },
  });

type Limited = MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer>;

/**
 * Limits what each address may ask for, and says in every answer how much is left. What it counts stays in this isolate's memory,
 * under names that mean nothing tomorrow; across isolates and against floods there is the gateway's own throttling.
 */
export const rateLimit = (perMinute: number, clock: () => number = Date.now): Limited => {
  const nameOf = addressNames();
  const viewers = tokenBuckets({ quota: perMinute, windowSeconds: WINDOW_SECONDS });
  const connections = tokenBuckets({ quota: perMinute * VIEWERS_A_CONNECTION, windowSeconds: WINDOW_SECONDS });
  const startedAt = new WeakMap<object, number>();

  const keysOf = (event: APIGatewayProxyEventV2, at: number) => {
    const { viewer, connection } = callersOf(event);
    return { viewer: nameOf(viewer, at), connection: nameOf(connection, at) };
  };
  const settle: Limited['after'] = (request) => {
    const { event, response } = request;
    if (!response) return;
    const at = clock();
    const keys = keysOf(event, at);
    const cost = costOf(response.body?.length ?? 0, at - (startedAt.get(event) ?? at));
    // A refusal costs nothing: whoever asks again too early would otherwise wait for ever. Nor does a preflight, which the browser
    // asks for and not its page.
    const isFree = response.statusCode === 429 || event.requestContext.http.method === 'OPTIONS';
    const units = isFree ? 0 : cost;
    connections.take(keys.connection, units, at);
    response.headers = { ...response.headers, ...headersOf(perMinute, viewers.take(keys.viewer, units, at)) };
  };
  return {
    before: ({ event }) => {
      const at = clock();
      startedAt.set(event, at);
      if (event.requestContext.http.method === 'OPTIONS') return;
      const keys = keysOf(event, at);
      const viewer = viewers.standing(keys.viewer, at);
      if (viewer.retryInSeconds > 0) throw exceeded('address', viewer);
      const connection = connections.standing(keys.connection, at);
      if (connection.retryInSeconds > 0) throw exceeded('connection', connection);
    },
    after: settle,
    onError: settle,
  };
};
