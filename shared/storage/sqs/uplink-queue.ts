import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { UplinkMessage } from '../../../events/uplink-message.ts';

/** Where uplinks wait to be decoded. A port. */
export type UplinkQueue = {
  /** Resolves when the message is durable. */
  readonly send: (message: UplinkMessage) => Promise<void>;
};

const sqsUplinkQueue = ({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): UplinkQueue => ({
  send: async (message) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  },
});

/** The uplink queue of this deployment. */
export const openUplinkQueue = (queueUrl: string): UplinkQueue =>
  sqsUplinkQueue({ client: new SQSClient({}), queueUrl });
