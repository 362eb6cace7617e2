import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HeldMessage } from '../redrive/dead-letter.ts';
import type { DeadLetterQueue } from '../redrive/redrive.ts';

const POLL_MS = 300;
/** A queue that has not moved for so long will not: the reader of the summary should see where things stand. */
const STALLED_MS = 120_000;

const waitingIn = async (client: SQSClient, queueUrl: string): Promise<number> => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
};

/**
 * Waits until a queue is empty, seen twice because its counts are approximate. `onWaiting` hears how many messages are left.
 * @returns false when it stopped moving first.
 */
export const drained = async (
  client: SQSClient,
  queueUrl: string,
  onWaiting: (messages: number) => void = () => undefined,
): Promise<boolean> => {
  let least = Number.POSITIVE_INFINITY;
  let movedAt = performance.now();
  let emptySeen = 0;
  while (performance.now() - movedAt < STALLED_MS) {
    const waiting = await waitingIn(client, queueUrl);
    onWaiting(waiting);
    emptySeen = waiting === 0 ? emptySeen + 1 : 0;
    if (emptySeen === 2) return true;
    if (waiting < least) {
      least = waiting;
      movedAt = performance.now();
    }
    await sleep(POLL_MS);
  }
  return false;
};

/**
 * All messages in a dead-letter queue, without taking any out: each is hidden while the reading lasts and shown again afterwards.
 */
export async function* peek({
  receive,
  release,
}: Pick<DeadLetterQueue, 'receive' | 'release'>): AsyncGenerator<HeldMessage> {
  const held = new Map<string, HeldMessage>();
  try {
    for (;;) {
      const messages = await receive();
      // One that is met again was hidden for too short a time: the reading has come full circle.
      const unseen = messages.filter(({ messageId }) => !held.has(messageId));
      for (const message of messages) held.set(message.messageId, { ...message, body: '' });
      if (unseen.length === 0) return;
      yield* unseen;
    }
  } finally {
    await release([...held.values()]);
  }
}
