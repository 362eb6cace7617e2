import { createHash } from 'node:crypto';
import * as z from 'zod';
import { queueArn } from './event-source.ts';
import type { QueueDefinition, Queues, ReceivedMessage } from './queues.ts';
import {
  batchEntryIdsNotDistinct,
  batchRequestTooLong,
  emptyBatchRequest,
  invalidMessageContents,
  invalidParameter,
  queueDoesNotExist,
  receiptHandleIsInvalid,
  SqsError,
  tooManyEntries,
  unsupportedOperation,
} from './sqs-errors.ts';

export type ActionContext = {
  readonly queues: Queues;
  readonly urlOf: (queue: string) => string;
  /** Fires when the caller has gone. */
  readonly signal: AbortSignal;
};

type Action = (input: unknown, context: ActionContext) => Promise<unknown>;

/** SQS's limit for a message, and for all of a batch together. */
const MAX_BYTES = 1_048_576;
const MAX_BATCH = 10;

const seconds = (max: number) => z.int().min(0).max(max);
const queueUrl = z.object({ QueueUrl: z.string() });
const sending = z.object({
  MessageBody: z.string().min(1),
  DelaySeconds: seconds(900).optional(),
  MessageAttributes: z.record(z.string(), z.unknown()).optional(),
  MessageGroupId: z.string().optional(),
});
const entryId = z.object({ Id: z.string().min(1).max(80) });
const handle = z.object({ ReceiptHandle: z.string() });
const hiding = handle.extend({ VisibilityTimeout: seconds(43_200) });
const batchOf = <S extends z.ZodRawShape>(entry: z.ZodObject<S>) =>
  queueUrl.extend({ Entries: z.array(entry.extend(entryId.shape)) });
const attributeNames = z.array(z.string()).optional();

/** Ties a schema to what is done with the parsed input, so that each action below sees its own type. */
const action =
  <S extends z.ZodType>(schema: S, run: (input: z.infer<S>, context: ActionContext) => Promise<unknown>): Action =>
  async (input, context) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw invalidParameter(z.prettifyError(parsed.error));
    return run(parsed.data, context);
  };

const definitionOf = ({ queues, urlOf }: ActionContext, url: string): QueueDefinition => {
  const definition = queues.definitions.find(({ name }) => urlOf(name) === url);
  if (definition === undefined) throw queueDoesNotExist();
  return definition;
};

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

// What XML 1.0 can carry, which SQS still holds its messages to.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const send = async (context: ActionContext, queue: string, message: z.infer<typeof sending>) => {
  const { MessageBody: body, DelaySeconds: delaySeconds = 0, MessageAttributes: attributes, MessageGroupId } = message;
  if (Object.keys(attributes ?? {}).length > 0) throw unsupportedOperation('A message attribute');
  if (MessageGroupId !== undefined) throw unsupportedOperation('A message group');
  if (Buffer.byteLength(body) > MAX_BYTES) throw invalidParameter(`Message must be shorter than ${MAX_BYTES} bytes.`);
  if (forbidden.test(body)) throw invalidMessageContents();
  const messageId = await context.queues.send(queue, body, { delaySeconds });
  return { MessageId: messageId, MD5OfMessageBody: md5(body) };
};

const changeVisibility = async ({ queues }: ActionContext, queue: string, input: z.infer<typeof hiding>) => {
  const changed = await queues.changeVisibility(queue, input.ReceiptHandle, input.VisibilityTimeout);
  if (!changed) throw receiptHandleIsInvalid(input.ReceiptHandle);
  return {};
};

const checkBatch = (entries: readonly { readonly Id: string }[]): void => {
  if (entries.length === 0) throw emptyBatchRequest();
  if (entries.length > MAX_BATCH) throw tooManyEntries(entries.length);
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw batchEntryIdsNotDistinct();
};

/** Each entry succeeds or fails by itself. */
const eachEntry = async <E extends { readonly Id: string }>(
  entries: readonly E[],
  run: (entry: E) => Promise<object>,
) => {
  checkBatch(entries);
  const settled = await Promise.allSettled(entries.map(run));
  const Successful = settled.flatMap((outcome, i) =>
    outcome.status === 'fulfilled' ? [{ Id: entries[i]?.Id, ...outcome.value }] : [],
  );
  const Failed = settled.flatMap((outcome, i) =>
    outcome.status === 'rejected' ? [{ Id: entries[i]?.Id, ...failure(outcome.reason) }] : [],
  );
  return { Successful, Failed };
};

const failure = (reason: unknown) =>
  reason instanceof SqsError
    ? { SenderFault: true, Code: reason.name, Message: reason.message }
    : { SenderFault: false, Code: 'InternalFailure', Message: String(reason) };

const systemAttributes = (message: ReceivedMessage): Readonly<Record<string, string>> => ({
  SenderId: 'local',
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
});

const pick = (all: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));

const toMessage = (message: ReceivedMessage, names: readonly string[]) => {
  const attributes = pick(systemAttributes(message), names);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(Object.keys(attributes).length > 0 && { Attributes: attributes }),
  };
};

const queueAttributes = (queues: Queues, definition: QueueDefinition): Readonly<Record<string, string>> => {
  const { visible, inFlight, delayed } = queues.counts(definition.name);
  const { deadLetter, maxReceiveCount } = definition;
  return {
    QueueArn: queueArn(definition.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(definition.visibilitySeconds),
    MessageRetentionPeriod: String(definition.retentionSeconds),
    MaximumMessageSize: String(MAX_BYTES),
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    ...(deadLetter !== undefined && {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn(deadLetter), maxReceiveCount }),
    }),
  };
};

const receiving = queueUrl.extend({
  MaxNumberOfMessages: z.int().min(1).max(MAX_BATCH).default(1),
  WaitTimeSeconds: seconds(20).default(0),
  VisibilityTimeout: seconds(43_200).optional(),
  AttributeNames: attributeNames,
  MessageSystemAttributeNames: attributeNames,
});

const receive = async (input: z.infer<typeof receiving>, context: ActionContext) => {
  const { name, visibilitySeconds } = definitionOf(context, input.QueueUrl);
  const messages = await context.queues.receive(name, {
    maxMessages: input.MaxNumberOfMessages,
    waitMs: input.WaitTimeSeconds * 1_000,
    visibilitySeconds: input.VisibilityTimeout ?? visibilitySeconds,
    signal: context.signal,
  });
  const names = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  return messages.length > 0 ? { Messages: messages.map((message) => toMessage(message, names)) } : {};
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html */
export const sqsActions: ReadonlyMap<string, Action> = new Map([
  [
    'SendMessage',
    action(queueUrl.extend(sending.shape), (input, context) =>
      send(context, definitionOf(context, input.QueueUrl).name, input),
    ),
  ],
  [
    'SendMessageBatch',
    action(batchOf(sending), async (input, context) => {
      const { name } = definitionOf(context, input.QueueUrl);
      const bytes = input.Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (bytes > MAX_BYTES) throw batchRequestTooLong(MAX_BYTES, bytes);
      return eachEntry(input.Entries, (entry) => send(context, name, entry));
    }),
  ],
  ['ReceiveMessage', action(receiving, receive)],
  [
    'DeleteMessage',
    action(queueUrl.extend(handle.shape), async (input, context) => {
      await context.queues.delete(definitionOf(context, input.QueueUrl).name, [input.ReceiptHandle]);
      return {};
    }),
  ],
  [
    'DeleteMessageBatch',
    action(batchOf(handle), async (input, context) => {
      const { name } = definitionOf(context, input.QueueUrl);
      checkBatch(input.Entries);
      await context.queues.delete(
        name,
        input.Entries.map(({ ReceiptHandle }) => ReceiptHandle),
      );
      return { Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] };
    }),
  ],
  [
    'ChangeMessageVisibility',
    action(queueUrl.extend(hiding.shape), (input, context) =>
      changeVisibility(context, definitionOf(context, input.QueueUrl).name, input),
    ),
  ],
  [
    'ChangeMessageVisibilityBatch',
    action(batchOf(hiding), (input, context) => {
      const { name } = definitionOf(context, input.QueueUrl);
      return eachEntry(input.Entries, (entry) => changeVisibility(context, name, entry));
    }),
  ],
  [
    'GetQueueUrl',
    action(z.object({ QueueName: z.string() }), async ({ QueueName }, { queues, urlOf }) => {
      if (!queues.definitions.some(({ name }) => name === QueueName)) throw queueDoesNotExist();
      return { QueueUrl: urlOf(QueueName) };
    }),
  ],
  [
    'GetQueueAttributes',
    action(queueUrl.extend({ AttributeNames: attributeNames }), async (input, context) => ({
      Attributes: pick(
        queueAttributes(context.queues, definitionOf(context, input.QueueUrl)),
        input.AttributeNames ?? [],
      ),
    })),
  ],
  [
    'ListQueues',
    action(z.object({ QueueNamePrefix: z.string().default('') }), async ({ QueueNamePrefix }, { queues, urlOf }) => ({
      QueueUrls: queues.definitions
        .map(({ name }) => name)
        .filter((name) => name.startsWith(QueueNamePrefix))
        .map(urlOf),
    })),
  ],
  [
    'PurgeQueue',
    action(queueUrl, async (input, context) => {
      await context.queues.purge(definitionOf(context, input.QueueUrl).name);
      return {};
    }),
  ],
]);
