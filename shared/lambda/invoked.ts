import middy, { type MiddyfiedHandler } from '@middy/core';
import { logContext, metricsFlush } from './log-context.ts';
import { logger } from './observability.ts';

/**
 * A handler that a program or an AWS service invokes and whose answer it waits for. An error is logged and thrown on, for the
 * caller to see. Neither the event nor the answer is logged: they may hold keys.
 *
 * @example
 * export const handler = invoked((event) => answerRequest(ports, event));
 */
export const invoked = <Result>(fn: (event: unknown) => Promise<Result>): MiddyfiedHandler<unknown, Result> =>
  middy<unknown, Result>()
    .use(logContext())
    .use(metricsFlush())
    .handler(async (event: unknown) => {
      try {
        return await fn(event);
      } catch (error) {
        logger.error('The invocation failed', { error });
        throw error;
      }
    });
