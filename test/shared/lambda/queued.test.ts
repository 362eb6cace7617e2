import type { SQSEvent } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { logger, metrics } from '../../../shared/lambda/observability.ts';
import { queued } from '../../../shared/lambda/queued.ts';
import { lambdaContext } from '../../support/api-gateway.ts';

const batch = (...messageIds: readonly string[]): SQSEvent => ({
  Records: messageIds.map((messageId) => ({
    messageId,
    receiptHandle: `receipt-${messageId}`,
    body: '{}',
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-southeast-2:000000000000:uplinks',
    awsRegion: 'ap-southeast-2',
  })),
});

describe('A queue handler', () => {
  const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
  afterEach(() => logged.mockClear());

  it('acknowledges every message when none is to come again', async () => {
    const handler = queued(async () => []);
    expect(await handler(batch('a', 'b'), lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  it('names the messages that are to come again', async () => {
    const handler = queued(async (records) => records.map((record) => record.messageId).filter((id) => id === 'b'));
    expect(await handler(batch('a', 'b'), lambdaContext())).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  });

  it('lets the whole batch come again when the work throws, and logs why', async () => {
    const error = new Error('table is gone');
    await expect(queued(async () => Promise.reject(error))(batch('a'), lambdaContext())).rejects.toThrow(error);
    expect(logged).toHaveBeenCalledExactlyOnceWith(expect.any(String), { error, messages: 1 });
  });

  it('publishes its metrics even when the work throws', async () => {
    const publish = vi.spyOn(metrics, 'publishStoredMetrics').mockReturnValue(metrics);
    const handler = queued(async () => {
      metrics.addMetric('readingsStored', 'Count', 3);
      throw new Error('later');
    });
    await expect(handler(batch('a'), lambdaContext())).rejects.toThrow('later');
    expect(publish).toHaveBeenCalledOnce();
    publish.mockRestore();
    metrics.clearMetrics();
  });

  it('publishes nothing when there is nothing to publish', async () => {
    const publish = vi.spyOn(metrics, 'publishStoredMetrics');
    await queued(async () => [])(batch('a'), lambdaContext());
    expect(publish).not.toHaveBeenCalled();
    publish.mockRestore();
  });
});
