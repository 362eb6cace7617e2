import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { HeldMessage } from './dead-letter.ts';
import type { DeadLetterQueue } from './redrive.ts';

const MAX_MESSAGES = 10;

/** Long enough to go through a queue; after a crash of ours the messages are back in two minutes. */
const HOLD_SECONDS = 120;

/** SQS asks all its servers when a receive waits; without waiting it may miss messages. */
const WAIT_SECONDS = 1;

export type SqsDeadLettersOptions = {
  readonly queueUrl: string;
  /** The uplink queue. */
  readonly targetUrl: string;
  /** 1 when absent. */
  readonly waitSeconds?: number;
};

/** The dead-letter queue and the uplink queue, on AWS or in the city running here. */
export const sqsDeadLetters = (
  client: SQSClient,
  { queueUrl, targetUrl, waitSeconds = WAIT_SECONDS }: SqsDeadLettersOptions,
): DeadLetterQueue => ({
  receive: async () => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: MAX_MESSAGES,
        VisibilityTimeout: HOLD_SECONDS,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', Attributes }): HeldMessage => {
      const sentAt = Number(Attributes?.SentTimestamp ?? 0);
      return { messageId: MessageId, receipt: ReceiptHandle, body: Body, sentAt };
    });
  },
  sendBack: async (body) => {
    await client.send(new SendMessageCommand({ QueueUrl: targetUrl, MessageBody: body }));
  },
  remove: async ({ receipt }) => {
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
  },
  release: async (messages) => {
    for (let start = 0; start < messages.length; start += MAX_MESSAGES) {
      const entries = messages.slice(start, start + MAX_MESSAGES).map(({ receipt }, index) => {
        return { Id: String(index), ReceiptHandle: receipt, VisibilityTimeout: 0 };
      });
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    }
  },
});
