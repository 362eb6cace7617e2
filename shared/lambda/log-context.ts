import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { MiddlewareObj } from '@middy/core';
import { logger, metrics } from './observability.ts';

/** Every log line of an invocation carries its request id; what one invocation added is gone before the next. */
export const logContext = (): MiddlewareObj => injectLambdaContext(logger, { resetKeys: true });

/** Writes the invocation's metrics at its end, however it ends; an invocation without metrics writes nothing. */
export const metricsFlush = (): MiddlewareObj => {
  const flush = (): void => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: flush, onError: flush };
};
