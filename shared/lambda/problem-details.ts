import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { InvalidCursorError, StoreUnavailableError } from '../telemetry/reading-store.ts';
import type { HttpAnswer } from './answer.ts';
import { logger } from './observability.ts';
import { type Fault, type Problem, ProblemError, type ProblemOptions, problemOf } from './problem.ts';

const CURSOR_FAULT: Fault = {
  in: 'query',
  field: 'cursor',
  message: 'must be the `nextCursor` of an answer to the same query',
};

const optionsOf = (error: unknown): ProblemOptions => {
  if (error instanceof ProblemError) return error.options;
  if (error instanceof InvalidCursorError) {
    return { status: 400, kind: 'invalid-request', detail: `cursor: ${CURSOR_FAULT.message}`, errors: [CURSOR_FAULT] };
  }
  if (error instanceof StoreUnavailableError) {
    return {
      status: 503,
      detail: 'The city’s data store is busy. Try again shortly.',
      headers: { 'retry-after': '5' },
    };
  }
  return { status: 500, detail: 'Something went wrong on our side. The request id finds it in the logs.' };
};

/** Members that an API's own standard asks for beside those of RFC 9457. */
export type DescribeProblem = (problem: Problem) => Readonly<Record<string, unknown>>;

/** Every error becomes an answer in problem details; what nobody foresaw is logged whole and told only by its request id. */
export const problemDetails = (describe?: DescribeProblem): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  onError: (request) => {
    const options = optionsOf(request.error);
    // 501 is something that a caller asked for and this API never does: nothing failed.
    if (options.status >= 500 && options.status !== 501)
      logger.error('A request failed', { error: request.error ?? undefined });
    const problem = problemOf(options, request.event.rawPath, request.context.awsRequestId);
    request.response = {
      statusCode: options.status,
      headers: {
        'content-type': 'application/problem+json; charset=utf-8',
        'cache-control': 'no-store',
        ...options.headers,
      },
      body: JSON.stringify({ ...problem, ...describe?.(problem) }),
    };
  },
});
