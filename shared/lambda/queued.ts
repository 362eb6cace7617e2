import middy, { type MiddyfiedHandler } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { logContext, metricsFlush } from './log-context.ts';
import { logger } from './observability.ts';

/**
 * A handler of a queue with partial-batch failures: `fn` answers the ids of the messages that must come again.
 * When it throws, the whole batch comes again, so that nothing is lost to a mistake of ours.
 *
 * @example
 * export const handler = queued(async (records) => {
 *   const { retry } = await ingest(records.map(({ messageId, body }) => ({ messageId, body })));
 *   return retry;
 * });
 */
export const queued = (
  fn: (records: readonly SQSRecord[]) => Promise<readonly string[]>,
): MiddyfiedHandler<SQSEvent, SQSBatchResponse> =>
  answering(async (records) => {
    const retry = await fn(records);
    return { batchItemFailures: retry.map((itemIdentifier) => ({ itemIdentifier })) };
  });

/** The same for a function that answers more than what must come again; SQS does not look at the rest. */
export const answering = <R extends SQSBatchResponse>(
  fn: (records: readonly SQSRecord[]) => Promise<R>,
): MiddyfiedHandler<SQSEvent, R> =>
  middy<SQSEvent, R>()
    .use(logContext())
    .use(metricsFlush())
    .handler(async ({ Records: records }) => {
      try {
        return await fn(records);
      } catch (error) {
        logger.error('The batch failed and comes again', { error, messages: records.length });
        throw error;
      }
    });
