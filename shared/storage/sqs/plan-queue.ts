import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { PlanRequest } from '../../../events/plan-request.ts';

/** Where requests for plans wait for the planner. A port. */
export type PlanQueue = {
  /** Resolves when the request is durable. */
  readonly send: (request: PlanRequest) => Promise<void>;
};

export const sqsPlanQueue = ({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): PlanQueue => ({
  send: async (request) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(request) }));
  },
});

/** The plan queue of this deployment. */
export const openPlanQueue = (queueUrl: string): PlanQueue => sqsPlanQueue({ client: new SQSClient({}), queueUrl });
