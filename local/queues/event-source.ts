import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import type { Queues, ReceivedMessage } from './queues.ts';

export type EventSourceOptions = {
  readonly queues: Queues;
  readonly queue: string;
  /** Messages an invocation gets at most. */
  readonly batchSize: number;
  /** How long to wait for a batch to fill. */
  readonly batchWindowMs: number;
  /** Invocations at the same time. */
  readonly concurrency: number;
  /** Answers an `SQSBatchResponse`, or nothing when every message is done. */
  readonly invoke: (event: SQSEvent) => Promise<unknown>;
  readonly log?: (event: string, detail: Readonly<Record<string, unknown>>) => void;
};

export type EventSource = {
  /** Takes no more messages; resolves when the running invocations have ended and what they did is deleted. */
  readonly stop: () => Promise<void>;
};

/** What a function answers, `null` and all; anything else fails the whole batch. */
const responseSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() })
  .nullish();

/** Lambda's limit for the payload of one invocation, and what a record carries beside its body. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const RECORD_OVERHEAD_BYTES = 700;
const POLL_MS = 20_000;
const MAX_PAUSE_MS = 10_000;

/**
 * What Lambda's event source mapping does for an SQS queue, with `ReportBatchItemFailures`: messages that the function reports
 * stay in the queue and come again after their visibility time-out, all others are deleted; when it throws, all stay.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const startEventSource = (options: EventSourceOptions): EventSource => {
  const { queues, queue, concurrency, log } = options;
  const abort = new AbortController();
  const running = new Set<Promise<void>>();
  let failuresInARow = 0;

  const deliver = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    try {
      const response = await options.invoke(toEvent(queue, messages));
      const failed = failedIds(messages, responseSchema.parse(response));
      if (failed.size > 0) log?.('messages-failed', { queue, failed: failed.size, of: messages.length });
      const done = messages.filter(({ messageId }) => !failed.has(messageId));
      await queues.delete(
        queue,
        done.map(({ receiptHandle }) => receiptHandle),
      );
      failuresInARow = 0;
    } catch (error) {
      failuresInARow += 1;
      log?.('batch-failed', { queue, of: messages.length, error: String(error) });
    }
  };

  const deliverInPieces = async (messages: readonly ReceivedMessage[]): Promise<void> => {
    for (const piece of withinPayloadLimit(messages)) await deliver(piece);
  };

  const pump = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      try {
        if (failuresInARow > 0) await pause(failuresInARow, abort.signal);
        if (running.size >= concurrency) {
          await Promise.race(running);
          continue;
        }
        const messages = await gather(options, abort.signal);
        if (messages.length === 0) continue;
        const invocation = deliverInPieces(messages).finally(() => running.delete(invocation));
        running.add(invocation);
      } catch (error) {
        failuresInARow += 1;
        log?.('poll-failed', { queue, error: String(error) });
      }
    }
  };

  const pumping = pump();
  return {
    stop: async () => {
      abort.abort();
      await pumping;
      await Promise.all(running);
    },
  };
};

/** Consecutive pieces that each fit into one invocation; a single message always does. */
const withinPayloadLimit = (messages: readonly ReceivedMessage[]): readonly (readonly ReceivedMessage[])[] => {
  const pieces: ReceivedMessage[][] = [];
  let room = 0;
  for (const message of messages) {
    const bytes = Buffer.byteLength(message.body) + RECORD_OVERHEAD_BYTES;
    if (bytes > room || pieces.length === 0) {
      pieces.push([]);
      room = MAX_PAYLOAD_BYTES;
    }
    pieces.at(-1)?.push(message);
    room -= bytes;
  }
  return pieces;
};

/** A batch that is not full waits one window for more, and is then taken as it is. */
const gather = async (
  { queues, queue, batchSize, batchWindowMs }: EventSourceOptions,
  signal: AbortSignal,
): Promise<readonly ReceivedMessage[]> => {
  const first = await queues.receive(queue, { maxMessages: batchSize, waitMs: POLL_MS, signal });
  if (first.length === 0 || first.length === batchSize || batchWindowMs === 0) return first;
  await sleep(batchWindowMs, undefined, { signal }).catch(() => undefined);
  return [...first, ...(await queues.receive(queue, { maxMessages: batchSize - first.length }))];
};

/** A function that fails at every turn must not burn each message's few deliveries within seconds. */
const pause = (failures: number, signal: AbortSignal): Promise<void> =>
  sleep(Math.min(MAX_PAUSE_MS, 100 * 2 ** failures), undefined, { signal }).catch(() => undefined);

/**
 * Ids that the function wants again. As in Lambda, an answer that names an unknown or empty id fails the whole batch.
 */
const failedIds = (
  messages: readonly ReceivedMessage[],
  response: z.infer<typeof responseSchema>,
): ReadonlySet<string> => {
  const failed = new Set(response?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ messageId }) => messageId));
  return failed.isSubsetOf(known) ? failed : known;
};

const REGION = 'local';

const toEvent = (queue: string, messages: readonly ReceivedMessage[]): SQSEvent => ({
  Records: messages.map((message) => toRecord(queue, message)),
});

const toRecord = (queue: string, message: ReceivedMessage): SQSRecord => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'local',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(message.body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn(queue),
  awsRegion: REGION,
});

/** There is one account and one region on one machine. */
export const queueArn = (queue: string): string => `arn:aws:sqs:${REGION}:000000000000:${queue}`;
