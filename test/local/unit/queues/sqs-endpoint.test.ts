import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openQueues } from '../../../../local/queues/queues.ts';
import { startSqsEndpoint } from '../../../../local/queues/sqs-endpoint.ts';

const start = async () => {
  const queues = openQueues({
    file: join(mkdtempSync(join(tmpdir(), 'phosach-sqs-')), 'queues.db'),
    queues: [
      { name: 'uplinks', visibilitySeconds: 30, retentionSeconds: 345_600, deadLetter: 'dead', maxReceiveCount: 5 },
      { name: 'dead', visibilitySeconds: 30, retentionSeconds: 1_209_600 },
    ],
  });
  const endpoint = await startSqsEndpoint({ queues });
  const sqs = new SQSClient({
    endpoint: endpoint.url,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    sqs.destroy();
    await endpoint.close();
    await queues.close();
  });
  return { sqs, queues, endpoint, QueueUrl: endpoint.queueUrl('uplinks') };
};

describe("the SDK's SQS client", () => {
  it('sends, receives and deletes a message; its own MD5 checks agree', async () => {
    const { sqs, queues, QueueUrl } = await start();
    const body = 'Phố Sạch: "đầy" 🗑';
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      }),
    );
    expect(Messages).toMatchObject([
      {
        MessageId: sent.MessageId,
        Body: body,
        Attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
      },
    ]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }));
    expect(queues.counts('uplinks')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('sends and deletes batches of ten', async () => {
    const { sqs, queues, QueueUrl } = await start();
    const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: `e${n}`, MessageBody: `m${n}` }));
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(Entries.map(({ Id }) => Id));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages.map(({ Body }) => Body).sort()).toEqual(Entries.map(({ MessageBody }) => MessageBody).sort());
    await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: Messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle })),
      }),
    );
    expect(queues.counts('uplinks').inFlight).toBe(0);
  });

  it('waits for a message that is not there yet', async () => {
    const { sqs, QueueUrl } = await start();
    const receiving = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
    expect((await receiving).Messages?.map(({ Body }) => Body)).toEqual(['late']);
  });

  it('makes a message visible again at once', async () => {
    const { sqs, QueueUrl } = await start();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    const first = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    const ReceiptHandle = first.Messages?.[0]?.ReceiptHandle;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
    await expect(
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  });

  it('finds the queues, their attributes, and empties one', async () => {
    const { sqs, endpoint, QueueUrl } = await start();
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'uplinks' }))).QueueUrl).toBe(QueueUrl);
    const listed = await sqs.send(new ListQueuesCommand({}));
    expect(listed.QueueUrls).toEqual([QueueUrl, endpoint.queueUrl('dead')]);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b', DelaySeconds: 60 }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
    });
    expect(JSON.parse(Attributes?.RedrivePolicy ?? '')).toEqual({
      deadLetterTargetArn: 'arn:aws:sqs:local:000000000000:dead',
      maxReceiveCount: 5,
    });
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    const after = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(after.Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  });

  it('carries a message of 1 MiB and refuses one byte more', async () => {
    const { sqs, QueueUrl } = await start();
    const largest = 'x'.repeat(1_048_576);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: largest }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body).toBe(largest);
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${largest}x` }))).rejects.toThrow(
      'Message must be shorter than 1048576 bytes',
    );
  });
});

describe('an SQS request is refused by the name that the SDK knows', () => {
  const entries = (ids: readonly string[], MessageBody = 'x') => ids.map((Id) => ({ Id, MessageBody }));

  it.each([
    ['QueueDoesNotExist', (url: string) => new SendMessageCommand({ QueueUrl: `${url}-not`, MessageBody: 'x' })],
    ['QueueDoesNotExist', () => new GetQueueUrlCommand({ QueueName: 'nobody' })],
    ['EmptyBatchRequest', (QueueUrl: string) => new SendMessageBatchCommand({ QueueUrl, Entries: [] })],
    [
      'TooManyEntriesInBatchRequest',
      (QueueUrl: string) => new SendMessageBatchCommand({ QueueUrl, Entries: entries([...'abcdefghijk']) }),
    ],
    [
      'BatchEntryIdsNotDistinct',
      (QueueUrl: string) => new SendMessageBatchCommand({ QueueUrl, Entries: entries(['a', 'a']) }),
    ],
    [
      'BatchRequestTooLong',
      (QueueUrl: string) =>
        new SendMessageBatchCommand({ QueueUrl, Entries: entries(['a', 'b'], 'x'.repeat(600_000)) }),
    ],
    ['InvalidMessageContents', (QueueUrl: string) => new SendMessageCommand({ QueueUrl, MessageBody: 'a\u0000b' })],
    [
      'UnsupportedOperation',
      (QueueUrl: string) =>
        new SendMessageCommand({
          QueueUrl,
          MessageBody: 'x',
          MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
        }),
    ],
    ['InvalidParameterValue', (QueueUrl: string) => new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 })],
    ['InvalidParameterValue', (QueueUrl: string) => new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 })],
  ])('%s', async (name, command) => {
    const { sqs, QueueUrl } = await start();
    await expect(sqs.send(command(QueueUrl) as SendMessageCommand)).rejects.toMatchObject({ name });
  });

  it.each([
    ['AmazonSQS.CreateQueue', '{}', 'UnknownOperationException'],
    ['AmazonSQS.SendMessage', '{', 'SerializationException'],
    ['', '', 'UnknownOperationException'],
  ])('whatever it is: %j %j', async (target, body, name) => {
    const { endpoint } = await start();
    const response = await fetch(endpoint.url, { method: 'POST', headers: { 'x-amz-target': target }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: `com.amazonaws.sqs#${name}` });
  });
});
