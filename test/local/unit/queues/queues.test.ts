import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openQueues, type QueueDefinition, type Queues, UnknownQueueError } from '../../../../local/queues/queues.ts';

const freshFile = (): string => join(mkdtempSync(join(tmpdir(), 'phosach-queues-')), 'queues.db');

const uplinks: QueueDefinition = {
  name: 'uplinks',
  visibilitySeconds: 30,
  retentionSeconds: 3_600,
  deadLetter: 'dead',
  maxReceiveCount: 2,
};
const dead: QueueDefinition = { name: 'dead', visibilitySeconds: 30, retentionSeconds: 86_400 };

const open = (file = freshFile(), start = 1_000_000) => {
  let now = start;
  const queues = openQueues({ file, queues: [uplinks, dead], clock: () => now });
  onTestFinished(() => queues.close().catch(() => undefined));
  return {
    queues,
    file,
    pass: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
};
const bodies = async (queues: Queues, queue = 'uplinks'): Promise<readonly string[]> =>
  (await queues.receive(queue)).map(({ body }) => body);

describe('a queue', () => {
  it('delivers what was sent, once, until the visibility time-out, then again', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'a');
    expect(await bodies(queues)).toEqual(['a']);
    pass(29.999);
    expect(await bodies(queues)).toEqual([]);
    pass(0.001);
    const [again] = await queues.receive('uplinks');
    expect(again).toMatchObject({ body: 'a', receiveCount: 2, sentAt: 1_000_000, firstReceivedAt: 1_000_000 });
  });

  it('forgets what was deleted, and nothing else', async () => {
    const { queues, pass } = open();
    await Promise.all(['a', 'b', 'c'].map((body) => queues.send('uplinks', body)));
    const received = await queues.receive('uplinks');
    await queues.delete(
      'uplinks',
      received.filter(({ body }) => body !== 'b').map(({ receiptHandle }) => receiptHandle),
    );
    pass(30);
    expect(await bodies(queues)).toEqual(['b']);
  });

  it('ignores a receipt handle from an earlier delivery', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'a');
    const [first] = await queues.receive('uplinks');
    pass(30);
    await queues.receive('uplinks');
    await queues.delete('uplinks', [first?.receiptHandle ?? '', 'nonsense', '1-', '']);
    expect(queues.counts('uplinks')).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });

  it('hides a message longer, or shows it at once, when asked to', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'a');
    const [message] = await queues.receive('uplinks');
    const handle = message?.receiptHandle ?? '';
    expect(await queues.changeVisibility('uplinks', handle, 120)).toBe(true);
    pass(60);
    expect(await bodies(queues)).toEqual([]);
    expect(await queues.changeVisibility('uplinks', handle, 0)).toBe(true);
    expect(await bodies(queues)).toEqual(['a']);
    expect(await queues.changeVisibility('uplinks', handle, 0)).toBe(false);
  });

  it('moves a message to the dead-letter queue instead of delivering it too often', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'poison');
    for (let delivery = 1; delivery <= 2; delivery += 1) {
      expect(await bodies(queues)).toEqual(['poison']);
      pass(30);
    }
    await queues.send('uplinks', 'good');
    expect((await queues.receive('uplinks', { maxMessages: 1 })).map(({ body }) => body)).toEqual(['good']);
    expect(await queues.receive('dead')).toMatchObject([{ body: 'poison', receiveCount: 1, sentAt: 1_000_000 }]);
  });

  it('takes dead letters back when they are redriven, as if they were new', async () => {
    const { queues, pass } = open();
    await Promise.all([queues.send('dead', 'a'), queues.send('dead', 'b')]);
    pass(7_200);
    expect(await queues.redrive('dead', 'uplinks', 1)).toBe(1);
    expect(await queues.redrive('dead', 'uplinks')).toBe(1);
    expect(await queues.receive('uplinks')).toMatchObject([
      { body: 'a', receiveCount: 1 },
      { body: 'b', receiveCount: 1 },
    ]);
  });

  it('delivers nothing beyond its retention', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'old');
    pass(3_600);
    await queues.send('uplinks', 'new');
    expect(await bodies(queues)).toEqual(['new']);
  });

  it('holds a delayed message back', async () => {
    const { queues, pass } = open();
    await queues.send('uplinks', 'later', { delaySeconds: 5 });
    expect(await bodies(queues)).toEqual([]);
    expect(queues.counts('uplinks')).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    pass(5);
    expect(await bodies(queues)).toEqual(['later']);
  });

  it('is there again when the file is opened again, and does not wait for receivers that died with the process', async () => {
    const first = open();
    await first.queues.send('uplinks', 'a');
    await first.queues.send('uplinks', 'b');
    await first.queues.send('uplinks', 'delayed', { delaySeconds: 60 });
    const [held] = await first.queues.receive('uplinks', { maxMessages: 1 });
    await first.queues.close();
    const { queues } = open(first.file, 1_000_000);
    const received = await queues.receive('uplinks');
    expect(received.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    await queues.delete('uplinks', [held?.receiptHandle ?? '']);
    expect(queues.counts('uplinks')).toEqual({ visible: 0, inFlight: 2, delayed: 1 });
  });

  it('is emptied by a purge, and only that one', async () => {
    const { queues } = open();
    await Promise.all([queues.send('uplinks', 'a'), queues.send('uplinks', 'b'), queues.send('dead', 'c')]);
    expect(await queues.purge('uplinks')).toBe(2);
    expect(queues.counts('dead').visible).toBe(1);
  });

  it('does not exist under another name', async () => {
    const { queues } = open();
    await expect(queues.send('uplink', 'x')).rejects.toThrow(UnknownQueueError);
    await expect(queues.receive('uplink')).rejects.toThrow(UnknownQueueError);
  });

  it('says so when it can store nothing', async () => {
    const { queues } = open();
    await queues.close();
    await expect(queues.send('uplinks', 'x')).rejects.toThrow();
  });

  it('must have its dead-letter queue beside it', () => {
    expect(() => openQueues({ file: freshFile(), queues: [uplinks] })).toThrow('dead-letter queue dead');
  });
});

describe('a waiting receiver', () => {
  const patient = { waitMs: 20_000 };

  it('gets a message the moment it is sent', async () => {
    const { queues } = open();
    const receiving = queues.receive('uplinks', patient);
    await queues.send('uplinks', 'a');
    expect((await receiving).map(({ body }) => body)).toEqual(['a']);
  });

  it('gets a message the moment its visibility time-out ends', async () => {
    const queues = openQueues({ file: freshFile(), queues: [{ ...dead, visibilitySeconds: 0.1 }] });
    onTestFinished(() => queues.close());
    await queues.send('dead', 'a');
    await queues.receive('dead');
    const started = performance.now();
    expect(await queues.receive('dead', patient)).toMatchObject([{ body: 'a', receiveCount: 2 }]);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('gets a message the moment another receiver gives it back', async () => {
    const { queues } = open();
    await queues.send('uplinks', 'a');
    const [held] = await queues.receive('uplinks');
    const receiving = queues.receive('uplinks', patient);
    await queues.changeVisibility('uplinks', held?.receiptHandle ?? '', 0);
    expect(await receiving).toMatchObject([{ body: 'a', receiveCount: 2 }]);
  });

  it('leaves with nothing after its time, on its signal, or when the queues close', async () => {
    const { queues } = open();
    expect(await queues.receive('uplinks', { waitMs: 20 })).toEqual([]);
    const abort = new AbortController();
    const aborted = queues.receive('uplinks', { ...patient, signal: abort.signal });
    abort.abort();
    expect(await aborted).toEqual([]);
    const last = queues.receive('uplinks', patient);
    await queues.close();
    expect(await last).toEqual([]);
  });
});
