import { type PlanRequest, planRequestSchema } from '../../events/plan-request.ts';
import { logger } from '../../shared/lambda/observability.ts';
import type { PlanningOutcome } from '../../shared/routing/plan-collections.ts';

type QueuedMessage = { readonly messageId: string; readonly body: string };

/** A message's request; `undefined` when the body is none, which no redelivery will mend. */
export const readPlanRequest = (body: string): PlanRequest | undefined => {
  try {
    return planRequestSchema.parse(JSON.parse(body));
  } catch {
    return undefined;
  }
};

const tell = (outcome: PlanningOutcome): void => {
  if (outcome.status === 'planned') {
    const { planId, totals, unserved, noData } = outcome.plan;
    logger.info('Collections planned', { planId, ...totals, unserved: unserved.length, noData: noData.length });
  } else if (outcome.status === 'failed') {
    logger.error('No plan could be made', outcome);
  } else {
    logger.info('The plan was finished before', outcome);
  }
};

/**
 * Plans message by message and answers the ids of those that must come again: when a store could not answer, and when the body
 * is no plan request, so that the queue moves it to its dead-letter queue for someone to read.
 */
export const planEach =
  (plan: (request: PlanRequest) => Promise<PlanningOutcome>) =>
  async (messages: readonly QueuedMessage[]): Promise<readonly string[]> => {
    const retry: string[] = [];
    for (const { messageId, body } of messages) {
      const request = readPlanRequest(body);
      try {
        if (request === undefined) throw new Error('Not a plan request');
        tell(await plan(request));
      } catch (error) {
        logger.error('A plan request goes back to the queue', { error, messageId, body: body.slice(0, 1_000) });
        retry.push(messageId);
      }
    }
    return retry;
  };
