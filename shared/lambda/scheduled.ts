import middy, { type MiddyfiedHandler } from '@middy/core';
import * as z from 'zod';
import { logContext, metricsFlush } from './log-context.ts';
import { logger } from './observability.ts';

/**
 * What the scheduler hands over: `{ "time": "<aws.scheduler.scheduled-time>" }`, an ISO 8601 instant, so that a late or repeated
 * invocation works on the hour it was meant for. Other members pass through.
 */
const scheduledEventSchema = z.looseObject({ time: z.iso.datetime({ offset: true }).optional() });

export type ScheduledInvocation = {
  /** The instant it was scheduled for, UTC epoch milliseconds; of an invocation by hand without `time`, now. */
  readonly time: number;
  readonly event: Readonly<Record<string, unknown>>;
};

/**
 * A handler that the scheduler invokes. An error is logged and thrown on, so that the scheduler tries again.
 *
 * @example
 * export const handler = scheduled(async ({ time }) => evaluateCity({ at: time, ...stores }));
 */
export const scheduled = <Result>(
  fn: (invocation: ScheduledInvocation) => Promise<Result>,
  clock: () => number = Date.now,
): MiddyfiedHandler<unknown, Result> =>
  middy<unknown, Result>()
    .use(logContext())
    .use(metricsFlush())
    .handler(async (input: unknown) => {
      const event = scheduledEventSchema.parse(input ?? {});
      const time = event.time === undefined ? clock() : Date.parse(event.time);
      try {
        return await fn({ time, event });
      } catch (error) {
        logger.error('The scheduled run failed', { error, time: new Date(time).toISOString() });
        throw error;
      }
    });
