import { type PlanRequest, planRequestSchema } from '../../events/plan-request.ts';
import { logger } from '../../shared/lambda/observability.ts';
import type { PlanQueueOutcome } from '../../shared/routing/lifecycle/plan-or-replan.ts';

type QueuedMessage = {
  readonly messageId: string;
  readonly body: string;
  /** SQS says when a message was first sent, epoch milliseconds as text. */
  readonly attributes?: { readonly SentTimestamp?: string };
};

/**
 * A message's request; `undefined` when the body is none, which no redelivery will mend. The schedule does not say when it
 * asked: the queue does, and keeps saying so when the message comes again.
 */
const readPlanRequest = ({ body, attributes }: QueuedMessage): PlanRequest | undefined => {
  try {
    const request = planRequestSchema.parse(JSON.parse(body));
    const sentAt = Number(attributes?.SentTimestamp);
    return request.requestedAt === undefined && sentAt > 0 ? { ...request, requestedAt: sentAt } : request;
  } catch {
    return undefined;
  }
};

const tell = (outcome: PlanQueueOutcome): void => {
  if (outcome.status === 'planned') {
    const { planId, totals, unserved, noData } = outcome.plan;
    logger.info('Collections planned', { planId, ...totals, unserved: unserved.length, noData: noData.length });
  } else if (outcome.status === 'replanned') {
    const { plan, version, diff } = outcome;
    logger.info('The rest of the day planned anew', {
      planId: plan.planId,
      version,
      ...diff.totals,
      changes: diff.summary.en,
    });
  } else if (outcome.status === 'drawn') {
    logger.info('Lines of an edit drawn', outcome);
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
  (plan: (request: PlanRequest) => Promise<PlanQueueOutcome>) =>
  async (messages: readonly QueuedMessage[]): Promise<readonly string[]> => {
    const retry: string[] = [];
    for (const message of messages) {
      const { messageId, body } = message;
      const request = readPlanRequest(message);
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
