import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { episodeNoticeSchema } from '../../../../events/episode-notice.ts';
import { sqsEpisodeQueue } from '../../../../shared/storage/sqs/episode-queue.ts';

describe('The queue of episodes on SQS', () => {
  const sqs = mockClient(SQSClient);
  afterEach(() => sqs.reset());
  const queue = sqsEpisodeQueue({
    client: new SQSClient({ region: 'ap-southeast-2' }),
    queueUrl: 'http://localhost/e',
  });
  const bodies = () =>
    sqs
      .commandCalls(SendMessageBatchCommand)
      .map(({ args }) => args[0].input.Entries ?? [])
      .flatMap((entries) =>
        entries.map(({ MessageBody }) => episodeNoticeSchema.parse(JSON.parse(String(MessageBody)))),
      );

  it('sends suspicions together, as notify reads them, and nothing where there are none', async () => {
    sqs.on(SendMessageBatchCommand).resolves({});
    await queue.suspect([]);
    expect(bodies()).toEqual([]);
    const suspicions = Array.from({ length: 450 }, (_, measuredAt) => ({
      sensorId: 'a',
      quantity: 'pm25',
      measuredAt,
    }));
    await queue.suspect(suspicions);
    expect(bodies().flatMap((notice) => (notice.kind === 'suspicion' ? notice.suspicions : []))).toEqual(suspicions);
    expect(bodies()).toHaveLength(3);
  });

  it('says so when SQS leaves one of a batch', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '0', Code: 'x', SenderFault: false, Message: 'busy' }] });
    await expect(queue.suspect([{ sensorId: 'a', quantity: 'pm25', measuredAt: 1 }])).rejects.toThrow('busy');
  });
});
