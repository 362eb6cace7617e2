import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { planRequestSchema } from '../../../../events/plan-request.ts';
import { sqsPlanQueue } from '../../../../shared/storage/sqs/plan-queue.ts';

describe('The plan queue on SQS', () => {
  const sqs = mockClient(SQSClient);
  afterEach(() => sqs.reset());
  const queueUrl = 'http://localhost:9324/000000000000/plans';
  const queue = sqsPlanQueue({ client: new SQSClient({ region: 'ap-southeast-2' }), queueUrl });
  const request = { planId: 'plan-2026-11-22-0a1b2c3d', serviceDate: '2026-11-22', trigger: 'dispatcher' as const };

  it('sends one message whose body is the request as the planner reads it', async () => {
    sqs.on(SendMessageCommand).resolves({ MessageId: '1' });
    await queue.send(request);
    const [call] = sqs.commandCalls(SendMessageCommand);
    expect(call?.args[0].input.QueueUrl).toBe(queueUrl);
    expect(planRequestSchema.parse(JSON.parse(String(call?.args[0].input.MessageBody)))).toEqual(request);
  });

  it('says so when SQS does not take it', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('AccessDenied'));
    await expect(queue.send(request)).rejects.toThrow('AccessDenied');
  });
});
