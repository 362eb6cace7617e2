import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { SMALL_YOUNG_GENERATION } from '../lean-process.ts';
import { type LogFile, openLogFile } from './log-file.ts';

export type FunctionSettings = {
  /** File of the handler, absolute or a URL. */
  readonly handlerUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Isolates at most; further invocations wait for a free one. */
  readonly maxConcurrency: number;
  /** Keep one isolate warm for ever; others end after `idleSeconds` and give their memory back. */
  readonly keepWarm: boolean;
  /** 10 when absent; 0 for what runs once in a while: its isolate ends with the invocation unless another one waits. */
  readonly idleSeconds?: number;
  /** V8 heap limit of one isolate. */
  readonly heapMb: number;
  /** Of its young generation; a small one when absent. */
  readonly youngMb?: number;
};

export type LambdaRuntime = {
  /**
   * Runs the function once and answers what it returned.
   * @throws FunctionError when the handler threw, timed out or its isolate died.
   */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** Waits for running invocations, at most five seconds, then ends all isolates. */
  readonly stop: () => Promise<void>;
};

export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

type Invocation = {
  readonly requestId: string;
  readonly event: string;
  readonly settle: (outcome: { readonly result: unknown } | { readonly error: string }) => void;
};

type Isolate = {
  readonly worker: Worker;
  invocation?: Invocation;
  timer?: NodeJS.Timeout;
  ready: boolean;
  ended: boolean;
};

const USUAL_IDLE_SECONDS = 10;
const STOP_GRACE_MS = 5_000;

const replySchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ ok: z.literal(true), result: z.string() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

/** Runs functions as Lambda would: one invocation an isolate at a time, new isolates under load, time-outs enforced. */
export const startLambdaRuntime = (
  functions: Readonly<Record<string, FunctionSettings>>,
  logDirectory: string,
): LambdaRuntime => {
  const pools = new Map(
    Object.entries(functions).map(([name, settings]) => [
      name,
      openPool(name, settings, openLogFile(join(logDirectory, `${name}.log`))),
    ]),
  );
  return {
    invoke: (name, event) => {
      const pool = pools.get(name);
      return pool === undefined
        ? Promise.reject(new FunctionError(`No function is called ${name}`))
        : pool.invoke(event);
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};

const openPool = (name: string, settings: FunctionSettings, log: LogFile) => {
  const isolates = new Set<Isolate>();
  const waiting: Invocation[] = [];

  const finish = (isolate: Isolate, outcome: Parameters<Invocation['settle']>[0]): void => {
    clearTimeout(isolate.timer);
    const { invocation } = isolate;
    delete isolate.invocation;
    invocation?.settle(outcome);
  };

  const end = (isolate: Isolate, reason: string): void => {
    if (isolate.ended) return;
    isolate.ended = true;
    isolates.delete(isolate);
    finish(isolate, { error: reason });
    void isolate.worker.terminate();
    dispatch();
  };

  const rest = (isolate: Isolate): void => {
    const isSpare = !settings.keepWarm || isolates.size > 1;
    if (!isSpare) return;
    const { idleSeconds = USUAL_IDLE_SECONDS } = settings;
    if (idleSeconds === 0 && waiting.length === 0) end(isolate, 'idle');
    else isolate.timer = setTimeout(() => end(isolate, 'idle'), idleSeconds * 1_000).unref();
  };

  const run = (isolate: Isolate, invocation: Invocation): void => {
    clearTimeout(isolate.timer);
    isolate.invocation = invocation;
    isolate.timer = setTimeout(
      () => end(isolate, `Task timed out after ${settings.timeoutSeconds} seconds`),
      settings.timeoutSeconds * 1_000,
    );
    isolate.worker.postMessage({ requestId: invocation.requestId, event: invocation.event });
  };

  const spawn = (): void => {
    const worker = new Worker(new URL('./isolate.ts', import.meta.url), {
      workerData: { functionName: name, handlerUrl: settings.handlerUrl, timeoutMs: settings.timeoutSeconds * 1_000 },
      env: { ...settings.environment, AWS_LAMBDA_FUNCTION_NAME: name, POWERTOOLS_SERVICE_NAME: name },
      resourceLimits: {
        ...SMALL_YOUNG_GENERATION,
        maxOldGenerationSizeMb: settings.heapMb,
        ...(settings.youngMb !== undefined && { maxYoungGenerationSizeMb: settings.youngMb }),
      },
      stdout: true,
      stderr: true,
    });
    const isolate: Isolate = { worker, ready: false, ended: false };
    isolates.add(isolate);
    log.follow(worker.stdout);
    log.follow(worker.stderr);
    worker.on('message', (message: unknown) => {
      const reply = replySchema.parse(message);
      if ('ready' in reply) isolate.ready = true;
      else finish(isolate, reply.ok ? { result: JSON.parse(reply.result) } : { error: reply.error });
      rest(isolate);
      dispatch();
    });
    // An isolate that cannot even load its handler answers the invocation that is waiting, instead of being started for ever.
    worker.on('error', (error) => failLoading(isolate, `Runtime exited: ${error.message}`));
    worker.on('exit', (code) => failLoading(isolate, `Runtime exited with code ${code}`));
  };

  const failLoading = (isolate: Isolate, reason: string): void => {
    if (!isolate.ended && !isolate.ready) waiting.shift()?.settle({ error: reason });
    end(isolate, reason);
  };

  const dispatch = (): void => {
    while (waiting.length > 0) {
      const free = [...isolates].find((isolate) => isolate.ready && isolate.invocation === undefined);
      if (free === undefined) break;
      const next = waiting.shift();
      if (next !== undefined) run(free, next);
    }
    const starting = [...isolates].filter((isolate) => !isolate.ready).length;
    if (waiting.length > starting && isolates.size < settings.maxConcurrency) spawn();
  };

  return {
    invoke: (event: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        waiting.push({
          requestId: randomUUID(),
          event: JSON.stringify(event),
          settle: (outcome) =>
            'error' in outcome ? reject(new FunctionError(`${name}: ${outcome.error}`)) : resolve(outcome.result),
        });
        dispatch();
      }),
    stop: async (): Promise<void> => {
      for (const invocation of waiting.splice(0)) invocation.settle({ error: 'The runtime stops' });
      const deadline = Date.now() + STOP_GRACE_MS;
      while ([...isolates].some((isolate) => isolate.invocation) && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      for (const isolate of [...isolates]) end(isolate, 'The runtime stops');
      log.close();
    },
  };
};
