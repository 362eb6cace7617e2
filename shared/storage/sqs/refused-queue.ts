import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { RefusedMessage } from '../../../events/refused-message.ts';
import type { NotTaken, RefusedQueue } from '../../telemetry/refusal.ts';

/** SQS: messages a SendMessageBatch, and bytes of all their bodies together (which is also the limit of one message). */
const MAX_MESSAGES = 10;
const MAX_BYTES = 1_048_576;

type Entry = { readonly index: number; readonly body: string; readonly bytes: number };

/** As JSON that SQS takes whatever the device sent: these two are no XML characters, so it would refuse the whole call. */
const serialize = (message: RefusedMessage): string =>
  JSON.stringify(message).replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

const inBatches = (entries: readonly Entry[]): readonly (readonly Entry[])[] => {
  const batches: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < MAX_MESSAGES && bytes + entry.bytes <= MAX_BYTES) {
      last.push(entry);
      bytes += entry.bytes;
    } else {
      batches.push([entry]);
      bytes = entry.bytes;
    }
  }
  return batches;
};

/**
 * The dead-letter queue as the ingest function writes to it. A message that is too large with its reason around it is not sent:
 * it comes again, and after its last receive SQS itself moves the bare body.
 */
export const sqsRefusedQueue = (client: SQSClient, queueUrl: string): RefusedQueue => {
  const sendBatch = async (batch: readonly Entry[]): Promise<readonly NotTaken[]> => {
    const entries = batch.map(({ index, body }) => ({ Id: String(index), MessageBody: body }));
    try {
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      const faults = new Map(answer.Failed?.map(({ Id, Code, Message }) => [Id, `${Code}: ${Message ?? ''}`]));
      return batch
        .filter(({ index }) => !taken.has(String(index)))
        .map(({ index }) => ({ index, error: new Error(`SQS did not take it: ${faults.get(String(index))}`) }));
    } catch (error) {
      return batch.map(({ index }) => ({ index, error }));
    }
  };

  return {
    send: async (messages) => {
      const entries = messages.map((message, index): Entry => {
        const body = serialize(message);
        return { index, body, bytes: Buffer.byteLength(body) };
      });
      const tooLarge = entries
        .filter(({ bytes }) => bytes > MAX_BYTES)
        .map(({ index, bytes }) => ({ index, error: new Error(`${bytes} bytes are more than a queue message holds`) }));
      const batches = inBatches(entries.filter(({ bytes }) => bytes <= MAX_BYTES));
      return [...tooLarge, ...(await Promise.all(batches.map(sendBatch))).flat()];
    },
  };
};

/** The dead-letter queue of this deployment. */
export const openRefusedQueue = (queueUrl: string): RefusedQueue => sqsRefusedQueue(new SQSClient({}), queueUrl);
