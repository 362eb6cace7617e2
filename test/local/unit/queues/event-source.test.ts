import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type EventSourceOptions, startEventSource } from '../../../../local/queues/event-source.ts';
import { openQueues } from '../../../../local/queues/queues.ts';
import { gate, waitUntil } from '../mqtt/support.ts';

const VISIBILITY_SECONDS = 1;

const start = (options: Partial<EventSourceOptions> & Pick<EventSourceOptions, 'invoke'>) => {
  const queues = openQueues({
    file: join(mkdtempSync(join(tmpdir(), 'phosach-source-')), 'queues.db'),
    queues: [
      {
        name: 'work',
        visibilitySeconds: VISIBILITY_SECONDS,
        retentionSeconds: 600,
        deadLetter: 'dead',
        maxReceiveCount: 3,
      },
      { name: 'dead', visibilitySeconds: 30, retentionSeconds: 600 },
    ],
  });
  const source = startEventSource({
    queues,
    queue: 'work',
    batchSize: 100,
    batchWindowMs: 20,
    concurrency: 1,
    ...options,
  });
  onTestFinished(async () => {
    await source.stop();
    await queues.close();
  });
  return { queues, source };
};
const bodies = (event: SQSEvent): string[] => event.Records.map(({ body }) => body);
const isEmpty = (queues: ReturnType<typeof start>['queues']): boolean =>
  Object.values(queues.counts('work')).every((count) => count === 0);

describe('an event source', () => {
  it('keeps an invocation under Lambda’s 6 MB, however many large messages are waiting', async () => {
    const sizes: number[] = [];
    const seen = new Set<string>();
    const { queues, source } = start({
      invoke: async (event) => {
        sizes.push(Buffer.byteLength(JSON.stringify(event)));
        for (const { messageId } of event.Records) seen.add(messageId);
      },
    });
    const large = 'x'.repeat(175_000);
    await Promise.all(Array.from({ length: 80 }, () => queues.send('work', large)));
    await waitUntil(() => isEmpty(queues));
    await source.stop();
    expect(seen.size).toBe(80);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(Math.max(...sizes)).toBeGreaterThan(5 * 1024 * 1024);
  });

  it('hands messages over in batches, as Lambda does, and deletes them afterwards', async () => {
    const events: SQSEvent[] = [];
    const { queues } = start({
      batchSize: 3,
      invoke: async (event) => {
        events.push(event);
      },
    });
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((body) => queues.send('work', body)));
    await waitUntil(() => events.length >= 2 && isEmpty(queues));
    expect(events.map((event) => event.Records.length)).toEqual([3, 2]);
    expect(events.flatMap(bodies).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(events[0]?.Records[0]).toMatchObject({
      eventSource: 'aws:sqs',
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      // md5('a'), RFC 1321 appendix A.5
      md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) },
    });
  });

  it('waits a window for a batch to fill', async () => {
    const sizes: number[] = [];
    const { queues } = start({
      batchWindowMs: 300,
      invoke: async ({ Records }) => {
        sizes.push(Records.length);
      },
    });
    for (const body of ['a', 'b', 'c']) {
      await queues.send('work', body);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await waitUntil(() => isEmpty(queues));
    expect(sizes).toEqual([3]);
  });

  it('brings back exactly the messages that the function reported', async () => {
    const deliveries: string[][] = [];
    const { queues } = start({
      invoke: async (event) => {
        deliveries.push(bodies(event).sort());
        const failed = deliveries.length === 1 ? event.Records.filter(({ body }) => body === 'b') : [];
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      },
    });
    await Promise.all(['a', 'b', 'c'].map((body) => queues.send('work', body)));
    await waitUntil(() => deliveries.length === 2 && isEmpty(queues));
    expect(deliveries).toEqual([['a', 'b', 'c'], ['b']]);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('no'))],
    ['reports an id that is not in the batch', async () => ({ batchItemFailures: [{ itemIdentifier: 'stranger' }] })],
    ['answers something else', async () => ({ batchItemFailures: 'all' })],
    ['reports an empty id', async () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ])('brings the whole batch back when the function %s, and buries it in the end', async (_how, answer) => {
    let deliveries = 0;
    const { queues } = start({
      invoke: (event) => {
        deliveries += event.Records.length;
        return answer();
      },
    });
    await Promise.all(['a', 'b'].map((body) => queues.send('work', body)));
    await waitUntil(() => queues.counts('dead').visible === 2);
    expect(deliveries).toBe(6);
  });

  it('runs no more invocations at a time than it may', async () => {
    let running = 0;
    let most = 0;
    const { queues } = start({
      batchSize: 1,
      concurrency: 2,
      invoke: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 10));
        running -= 1;
      },
    });
    await Promise.all(Array.from({ length: 12 }, (_, n) => queues.send('work', String(n))));
    await waitUntil(() => isEmpty(queues));
    expect(most).toBe(2);
  });

  it('stops only after the running invocation has ended and its messages are gone', async () => {
    const work = gate();
    let invoked = false;
    const { queues, source } = start({
      concurrency: 2,
      invoke: () => {
        invoked = true;
        return work.opened;
      },
    });
    await queues.send('work', 'a');
    await waitUntil(() => invoked);
    let stopped = false;
    const stopping = source.stop().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(stopped).toBe(false);
    work.open();
    await stopping;
    expect(isEmpty(queues)).toBe(true);
  });
});
