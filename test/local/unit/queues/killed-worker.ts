/**
 * Sends, receives and deletes as fast as it can until it is killed, and reports each step as the queue has answered it:
 * `S body` sent, `R body` about to be deleted, `D body` deleted.
 */
import { writeSync } from 'node:fs';
import { openQueues } from '../../../../local/queues/queues.ts';

const file = process.argv[2];
if (file === undefined) throw new Error('usage: killed-worker.ts FILE');
const queues = openQueues({ file, queues: [{ name: 'work', visibilitySeconds: 600, retentionSeconds: 86_400 }] });
const report = (lines: readonly string[]): void => {
  if (lines.length > 0) writeSync(1, `${lines.join('\n')}\n`);
};

const sendForEver = async (sender: number): Promise<never> => {
  for (let n = 0; ; n += 1) {
    const body = `${process.pid}-${sender}-${n}`;
    await queues.send('work', body);
    report([`S ${body}`]);
  }
};

const consumeForEver = async (): Promise<never> => {
  for (;;) {
    const messages = await queues.receive('work', { maxMessages: 20, waitMs: 100 });
    const half = messages.filter((_, i) => i % 2 === 0);
    report(half.map(({ body }) => `R ${body}`));
    await queues.delete(
      'work',
      half.map(({ receiptHandle }) => receiptHandle),
    );
    report(half.map(({ body }) => `D ${body}`));
    await new Promise((resolve) => setImmediate(resolve));
  }
};

await Promise.all([...Array.from({ length: 8 }, (_, sender) => sendForEver(sender)), consumeForEver()]);
