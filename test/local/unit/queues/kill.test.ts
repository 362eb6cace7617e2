import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openQueues } from '../../../../local/queues/queues.ts';

const worker = new URL('./killed-worker.ts', import.meta.url).pathname;

/** Runs the worker on the file and kills it without warning; answers what it was told before. */
const runAndKill = async (file: string, afterMs: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [worker, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await once(child, 'close');
  // The last line may be half written: the worker died while saying it.
  return output.split('\n').slice(0, -1);
};

const about = (lines: readonly string[], what: string): string[] =>
  lines.filter((line) => line.startsWith(what)).map((line) => line.slice(2));

describe('kill -9 at any moment', () => {
  it('loses no acknowledged message and revives no deleted one', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'phosach-kill-')), 'queues.db');
    const lines: string[] = [];
    for (const afterMs of [30, 117, 211]) lines.push(...(await runAndKill(file, afterMs)));

    const queues = openQueues({
      file,
      queues: [{ name: 'work', visibilitySeconds: 600, retentionSeconds: 86_400 }],
      clock: () => Date.now() + 3_600_000,
    });
    const left = new Set<string>();
    for (;;) {
      const messages = await queues.receive('work', { maxMessages: 1_000 });
      for (const { body } of messages) left.add(body);
      if (messages.length === 0) break;
    }
    await queues.close();

    const sent = about(lines, 'S ');
    const maybeDeleted = new Set(about(lines, 'R '));
    const deleted = about(lines, 'D ');
    expect(sent.length).toBeGreaterThan(100);
    expect(deleted.length).toBeGreaterThan(10);
    expect(sent.filter((body) => !left.has(body) && !maybeDeleted.has(body))).toEqual([]);
    expect(deleted.filter((body) => left.has(body))).toEqual([]);
  });
});
