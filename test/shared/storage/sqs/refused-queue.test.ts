import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RefusedMessage } from '../../../../events/refused-message.ts';
import { sqsRefusedQueue } from '../../../../shared/storage/sqs/refused-queue.ts';

const QUEUE = 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/dead-letters';

const letter = (body: string, reason = 'starts with "x"'): RefusedMessage => ({
  refusedAt: 1_795_309_200_000,
  code: 'not-json',
  reason,
  body,
});

describe('the dead-letter queue', () => {
  const sqs = mockClient(SQSClient);
  const queue = sqsRefusedQueue(new SQSClient({ region: 'ap-southeast-1' }), QUEUE);
  const calls = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input);

  beforeEach(() => {
    sqs.reset();
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => ({ Successful: Entries, Failed: [] }));
  });

  it('gets ten messages a call, each as its JSON', async () => {
    const letters = Array.from({ length: 23 }, (_, i) => letter(`body ${i}`));
    expect(await queue.send(letters)).toEqual([]);
    expect(calls().map(({ QueueUrl, Entries }) => [QueueUrl, Entries?.length])).toEqual([
      [QUEUE, 10],
      [QUEUE, 10],
      [QUEUE, 3],
    ]);
    const sent = calls().flatMap(({ Entries = [] }) => Entries.map(({ MessageBody = '' }) => JSON.parse(MessageBody)));
    expect(sent).toEqual(letters);
  });

  it('gets at most 1 MiB a call', async () => {
    const letters = Array.from({ length: 9 }, () => letter('R'.repeat(170_000)));
    expect(await queue.send(letters)).toEqual([]);
    const sizes = calls().map(({ Entries = [] }) =>
      Entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0),
    );
    expect(sizes).toHaveLength(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_048_576);
  });

  it('is not asked to take a message that is larger than it can hold', async () => {
    expect(await queue.send([letter('a'), letter('R'.repeat(1_048_576))])).toMatchObject([{ index: 1 }]);
    expect(calls()).toHaveLength(1);
  });

  it('says which messages it did not take, and why', async () => {
    const fault = { Id: '1', Code: 'InternalError', SenderFault: false };
    sqs
      .on(SendMessageBatchCommand)
      .resolves({ Successful: [{ Id: '0', MessageId: 'm', MD5OfMessageBody: '' }], Failed: [fault] });
    const [notTaken, ...others] = await queue.send([letter('a'), letter('b')]);
    expect(others).toEqual([]);
    expect(notTaken?.index).toBe(1);
    expect(String(notTaken?.error)).toContain('InternalError');
  });

  it('gives back the messages of a call that failed, not those of the others', async () => {
    sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
      if (Entries.length === 10) throw new Error('throttled');
      return { Successful: Entries };
    });
    const notTaken = await queue.send(Array.from({ length: 12 }, (_, i) => letter(`body ${i}`)));
    expect(notTaken.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(notTaken[0]?.error).toMatchObject({ message: 'throttled' });
  });

  it('gets only characters that SQS accepts', async () => {
    const strange = letter('b', '$.values: "\uffff\ufffe\u0001\ud800"');
    await queue.send([strange]);
    const body = calls()[0]?.Entries?.[0]?.MessageBody ?? '';
    // SQS: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF
    expect(body).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd]*$/);
    expect(JSON.parse(body)).toEqual(strange);
  });
});
