import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { SMALL_YOUNG_GENERATION } from '../lean-process.ts';
import type { LogFile } from './log-file.ts';

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

export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

type Invocation = {
  readonly requestId: string;
  readonly event: string;
  readonly settle: (outcome: { readonly result: unknown } | { readonly error: string }) => void;
};

/** A worker thread with the function in it. */
type Isolate = {
  readonly worker: Worker;
  invocation?: Invocation;
  timer?: NodeJS.Timeout;
  ready: boolean;
  ended: boolean;
};

/** The isolates of one function, and what waits for one of them. */
type Pool = {
  readonly name: string;
  readonly settings: FunctionSettings;
  readonly log: LogFile;
  readonly isolates: Set<Isolate>;
  readonly waiting: Invocation[];
};

const USUAL_IDLE_SECONDS = 10;
const STOP_GRACE_MS = 5_000;

const replySchema = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ ok: z.literal(true), result: z.string() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);

const finish = (isolate: Isolate, outcome: Parameters<Invocation['settle']>[0]): void => {
  clearTimeout(isolate.timer);
  const { invocation } = isolate;
  delete isolate.invocation;
  invocation?.settle(outcome);
};

const end = (pool: Pool, isolate: Isolate, reason: string): void => {
  if (isolate.ended) return;
  isolate.ended = true;
  pool.isolates.delete(isolate);
  finish(isolate, { error: reason });
  void isolate.worker.terminate();
  dispatch(pool);
};

const rest = (pool: Pool, isolate: Isolate): void => {
  const { keepWarm, idleSeconds = USUAL_IDLE_SECONDS } = pool.settings;
  const isSpare = !keepWarm || pool.isolates.size > 1;
  if (!isSpare) return;
  if (idleSeconds === 0 && pool.waiting.length === 0) end(pool, isolate, 'idle');
  else isolate.timer = setTimeout(() => end(pool, isolate, 'idle'), idleSeconds * 1_000).unref();
};

const run = (pool: Pool, isolate: Isolate, invocation: Invocation): void => {
  const { timeoutSeconds } = pool.settings;
  clearTimeout(isolate.timer);
  isolate.invocation = invocation;
  isolate.timer = setTimeout(
    () => end(pool, isolate, `Task timed out after ${timeoutSeconds} seconds`),
    timeoutSeconds * 1_000,
  );
  isolate.worker.postMessage({ requestId: invocation.requestId, event: invocation.event });
};

/** An isolate that cannot even load its handler answers the invocation that is waiting, instead of being started for ever. */
const failLoading = (pool: Pool, isolate: Isolate, reason: string): void => {
  if (!isolate.ended && !isolate.ready) pool.waiting.shift()?.settle({ error: reason });
  end(pool, isolate, reason);
};

const startWorker = (name: string, settings: FunctionSettings): Worker =>
  new Worker(new URL('./isolate.ts', import.meta.url), {
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

const spawn = (pool: Pool): void => {
  const worker = startWorker(pool.name, pool.settings);
  const isolate: Isolate = { worker, ready: false, ended: false };
  pool.isolates.add(isolate);
  pool.log.follow(worker.stdout);
  pool.log.follow(worker.stderr);
  worker.on('message', (message: unknown) => {
    const reply = replySchema.parse(message);
    if ('ready' in reply) isolate.ready = true;
    else finish(isolate, reply.ok ? { result: JSON.parse(reply.result) } : { error: reply.error });
    rest(pool, isolate);
    dispatch(pool);
  });
  worker.on('error', (error) => failLoading(pool, isolate, `Runtime exited: ${error.message}`));
  worker.on('exit', (code) => failLoading(pool, isolate, `Runtime exited with code ${code}`));
};

/** Gives waiting invocations to free isolates, and starts one more where those that are starting do not suffice. */
const dispatch = (pool: Pool): void => {
  const { isolates, waiting, settings } = pool;
  while (waiting.length > 0) {
    const free = [...isolates].find((isolate) => isolate.ready && isolate.invocation === undefined);
    if (free === undefined) break;
    const next = waiting.shift();
    if (next !== undefined) run(pool, free, next);
  }
  const starting = [...isolates].filter((isolate) => !isolate.ready).length;
  if (waiting.length > starting && isolates.size < settings.maxConcurrency) spawn(pool);
};

const stop = async (pool: Pool): Promise<void> => {
  const { isolates, waiting, log } = pool;
  for (const invocation of waiting.splice(0)) invocation.settle({ error: 'The runtime stops' });
  const deadline = Date.now() + STOP_GRACE_MS;
  while ([...isolates].some((isolate) => isolate.invocation) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const isolate of [...isolates]) end(pool, isolate, 'The runtime stops');
  log.close();
};

/** One function, run in isolates of its own. */
export const openPool = (name: string, settings: FunctionSettings, log: LogFile) => {
  const pool: Pool = { name, settings, log, isolates: new Set(), waiting: [] };
  return {
    invoke: (event: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        pool.waiting.push({
          requestId: randomUUID(),
          event: JSON.stringify(event),
          settle: (outcome) =>
            'error' in outcome ? reject(new FunctionError(`${name}: ${outcome.error}`)) : resolve(outcome.result),
        });
        dispatch(pool);
      }),
    stop: (): Promise<void> => stop(pool),
  };
};
