import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FunctionError, type FunctionSettings } from '../../../../local/lambda/pool.ts';
import { type LambdaRuntime, startLambdaRuntime } from '../../../../local/lambda/runtime.ts';

let directory: string;
let runtime: LambdaRuntime;

const settings = (overrides: Partial<FunctionSettings> = {}): FunctionSettings => ({
  handlerUrl: new URL('./fixtures/sample-handler.ts', import.meta.url).href,
  environment: { SETTING: 'from the deployment' },
  timeoutSeconds: 10,
  maxConcurrency: 2,
  keepWarm: true,
  heapMb: 64,
  ...overrides,
});

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'phosach-runtime-'));
});

afterEach(async () => {
  await runtime.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('the local Lambda runtime', () => {
  it('runs a handler with its own environment and nothing of ours, and answers JSON', async () => {
    runtime = startLambdaRuntime({ sample: settings() }, directory);
    const result = await runtime.invoke('sample', { do: 'answer' });
    expect(result).toMatchObject({ setting: 'from the deployment', home: null });
    expect(result).not.toHaveProperty('nothing');
  });

  it('gives each isolate one invocation at a time and starts another under load, up to its limit', async () => {
    runtime = startLambdaRuntime({ sample: settings({ maxConcurrency: 2 }) }, directory);
    const startedAt = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => runtime.invoke('sample', { do: 'sleep', ms: 300 })),
    );
    const threads = new Set(answers.map((answer) => (answer as { threadId: number }).threadId));
    expect(threads.size).toBe(2);
    expect(performance.now() - startedAt).toBeGreaterThan(590);
  });

  it('ends the isolate of a function that runs once in a while, and starts another for the next', async () => {
    runtime = startLambdaRuntime(
      { sample: settings({ keepWarm: false, idleSeconds: 0, maxConcurrency: 1 }) },
      directory,
    );
    const ask = async () => ((await runtime.invoke('sample', { do: 'answer' })) as { threadId: number }).threadId;
    const first = await ask();
    expect(await ask()).not.toBe(first);
    // One that waits already need not wait for a start.
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(other).toBe(one);
  });

  it('tells the caller what the handler threw and serves the next invocation', async () => {
    runtime = startLambdaRuntime({ sample: settings() }, directory);
    await expect(runtime.invoke('sample', { do: 'fail' })).rejects.toThrow('sample: TypeError: as asked');
    await expect(runtime.invoke('sample', { do: 'answer' })).resolves.toBeDefined();
  });

  it('ends an invocation that outlives its time-out, even in an endless loop', async () => {
    runtime = startLambdaRuntime({ sample: settings({ timeoutSeconds: 1 }) }, directory);
    await expect(runtime.invoke('sample', { do: 'spin' })).rejects.toThrow('Task timed out after 1 seconds');
    await expect(runtime.invoke('sample', { do: 'answer' })).resolves.toBeDefined();
  });

  it('reports an isolate that died under its invocation', async () => {
    runtime = startLambdaRuntime({ sample: settings() }, directory);
    await expect(runtime.invoke('sample', { do: 'exit' })).rejects.toThrow(FunctionError);
    await expect(runtime.invoke('sample', { do: 'answer' })).resolves.toBeDefined();
  });

  it('answers an error when a handler cannot even be loaded, every time', async () => {
    const broken = settings({ handlerUrl: new URL('./fixtures/missing.ts', import.meta.url).href });
    runtime = startLambdaRuntime({ broken }, directory);
    await expect(runtime.invoke('broken', {})).rejects.toThrow(/Runtime exited/);
    await expect(runtime.invoke('broken', {})).rejects.toThrow(/Runtime exited/);
    await expect(runtime.invoke('nowhere', {})).rejects.toThrow('No function is called nowhere');
  });
});
