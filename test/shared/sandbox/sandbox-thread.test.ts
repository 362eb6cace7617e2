import { describe, expect, it } from 'vitest';
import { openSandboxThread } from '../../../shared/sandbox/sandbox-thread.ts';
import type { ScriptCall } from '../../../shared/telemetry/scripted-codecs/sandbox.ts';

const call = (script: string, byte = 1): ScriptCall => ({
  script,
  version: script,
  bytes: Uint8Array.of(byte),
  fPort: 1,
  receivedAt: 0,
});

const good = 'function decodeUplink(input) { return { data: { byte: input.bytes[0] } } }';
/** One call of a built-in function that runs for hours and never looks at the time. */
const busy = 'function decodeUplink() { return { data: Array(2 ** 32 - 1).indexOf(1) } }';
const loop = 'function decodeUplink() { for (;;); }';

describe('scripts in a thread of their own', () => {
  const sandbox = openSandboxThread({ patienceMs: 1_000 });

  it('answer each call, in order, however many come at once', async () => {
    const batches = await Promise.all(
      [0, 100].map((from) => sandbox.run(Array.from({ length: 100 }, (_, index) => call(good, from + index)))),
    );
    const bytes = batches.flat().map((answer) => answer.ok && answer.data);
    expect(bytes).toEqual(Array.from({ length: 200 }, (_, byte) => ({ byte })));
  });

  it('end with the thread when nothing else ends them; the others are answered, then and afterwards', async () => {
    const answers = await sandbox.run([call(good, 1), call(busy), call(good, 2), call(busy), call(good, 3)]);
    expect(answers.map((answer) => (answer.ok ? answer.data : answer.fault))).toEqual([
      { byte: 1 },
      'limit',
      { byte: 2 },
      'limit',
      { byte: 3 },
    ]);
    expect(answers[1]).toMatchObject({ reason: expect.stringMatching(/still busy after 1000 ms/) });
    expect(await sandbox.run([call(good, 4)])).toMatchObject([{ data: { byte: 4 } }]);
  });

  it('are not tried again and again while others wait', async () => {
    const began = performance.now();
    const answers = await sandbox.run([...Array.from({ length: 60 }, () => call(loop)), call(good, 5)]);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(answers.slice(0, 60).every((answer) => !answer.ok && answer.fault === 'limit')).toBe(true);
    expect(answers[59]).toMatchObject({ reason: expect.stringContaining('not run again') });
    expect(answers[60]).toMatchObject({ data: { byte: 5 } });
  });

  it('are an error of ours, not of the script, when the thread does not start', async () => {
    const nowhere = openSandboxThread({ entry: new URL('file:///nowhere/sandbox.ts') });
    await expect(nowhere.run([call(good)])).rejects.toThrow(/does not start/);
  });
});
