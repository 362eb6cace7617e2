import { isMainThread, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { runCalls } from '../telemetry/scripted-codecs/run-calls.ts';
import type { Sandbox, ScriptAnswer, ScriptCall } from '../telemetry/scripted-codecs/sandbox.ts';

export type SandboxThreadOptions = {
  /** What the thread starts from: this file, or the bundle that it has become a part of. */
  readonly entry?: URL;
  /** How long one call may take until the thread is ended: well beyond the interpreter's own limits. */
  readonly patienceMs?: number;
  /** How long the thread may take to start, on a small and busy machine. */
  readonly startMs?: number;
};

type ThreadData = { readonly sandboxThread: SharedArrayBuffer };

/** In the shared progress: no call has begun. */
const STARTING = -1;
const LOOK_EVERY_MS = 100;
const NO_ANSWER = 'it gives no answer';

/**
 * Scripts in a thread of their own. The interpreter's limits stop nearly every script; what they do not reach, a single operation
 * that takes minutes, ends with the thread. It is started with the first call, kept, and replaced after such an end.
 */
export const openSandboxThread = ({
  entry = new URL(import.meta.url),
  patienceMs = 2_000,
  startMs = 20_000,
}: SandboxThreadOptions = {}): Sandbox => {
  let thread: Thread | undefined;
  let previous: Promise<unknown> = Promise.resolve();

  const runAll = async (calls: readonly ScriptCall[]): Promise<readonly ScriptAnswer[]> => {
    const answers = new Map<ScriptCall, ScriptAnswer>();
    for (let open = calls; open.length > 0; open = open.filter((call) => !answers.has(call))) {
      if (thread === undefined || thread.hasEnded()) thread = startThread(entry);
      const outcome = await thread.run(open, patienceMs, startMs);
      if ('reason' in outcome) thread = undefined;
      for (const [call, answer] of answersOf(open, outcome)) answers.set(call, answer);
    }
    return calls.map((call) => answers.get(call) ?? { ok: false, fault: 'broken', reason: NO_ANSWER });
  };

  return {
    run: (calls) => {
      const turn = previous.then(() => runAll(calls));
      previous = turn.catch(() => {});
      return turn;
    },
  };
};

type Outcome =
  | { readonly answers: readonly ScriptAnswer[] }
  /** The thread is gone, during this call; before the first when negative. */
  | { readonly endedAt: number; readonly reason: string };

type Thread = {
  readonly hasEnded: () => boolean;
  readonly run: (calls: readonly ScriptCall[], patienceMs: number, startMs: number) => Promise<Outcome>;
};

/** The answers that came; or those of the script that ended the thread: run again, it would end the next. The others may be. */
const answersOf = (
  calls: readonly ScriptCall[],
  outcome: Outcome,
): readonly (readonly [ScriptCall, ScriptAnswer])[] => {
  if ('answers' in outcome) {
    return calls.map((call, index) => [
      call,
      outcome.answers[index] ?? { ok: false, fault: 'broken', reason: NO_ANSWER },
    ]);
  }
  const { endedAt, reason } = outcome;
  const culprit = calls[endedAt];
  if (culprit === undefined) throw new Error(`The sandbox's thread does not start: ${reason}`);
  return calls
    .filter(({ version }) => version === culprit.version)
    .map((call) => [call, { ok: false, fault: 'limit', reason }]);
};

const startThread = (entry: URL): Thread => {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const data: ThreadData = { sandboxThread: progress.buffer };
  const worker = new Worker(entry, {
    workerData: data,
    // Nothing of this process's environment is of use there.
    env: {},
    // The interpreter keeps scripts and their values in memory of its own.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
    name: 'sandbox',
  });
  worker.unref();
  let hasEnded = false;
  let settle: (outcome: Outcome) => void = () => {};
  const ended = (reason: string): void => settle({ endedAt: Atomics.load(progress, 0), reason });
  worker.on('message', (answers: readonly ScriptAnswer[]) => settle({ answers }));
  worker.on('error', (error) =>
    ended(`its thread broke: ${error instanceof Error ? error.message.slice(0, 200) : ''}`),
  );
  worker.on('exit', (code) => {
    hasEnded = true;
    ended(`its thread ended with code ${code}`);
  });

  const run: Thread['run'] = (calls, patienceMs, startMs) =>
    new Promise((resolve) => {
      Atomics.store(progress, 0, STARTING);
      let seen = STARTING;
      let since = performance.now();
      const watch = setInterval(() => {
        const at = Atomics.load(progress, 0);
        if (at !== seen) since = performance.now();
        seen = at;
        const patience = at === STARTING ? startMs : patienceMs;
        if (performance.now() - since > patience) ended(`it was still busy after ${patience} ms, and its thread ended`);
      }, LOOK_EVERY_MS);
      settle = (outcome) => {
        settle = () => {};
        clearInterval(watch);
        worker.unref();
        if ('reason' in outcome) void worker.terminate();
        resolve(outcome);
      };
      worker.ref();
      worker.postMessage(calls);
    });
  return { run, hasEnded: () => hasEnded };
};

const isThreadData = (data: unknown): data is ThreadData =>
  typeof data === 'object' && data !== null && 'sandboxThread' in data;

/** In the thread: answers calls for as long as it lives. Whatever else a bundle holds behind this file is never evaluated there. */
const serve = async (port: MessagePort, progress: Int32Array): Promise<never> => {
  const { openMachine } = await import('../telemetry/scripted-codecs/quickjs-machine.ts');
  const machine = openMachine();
  port.on('message', async (calls: readonly ScriptCall[]) => {
    port.postMessage(await runCalls(machine, calls, (index) => Atomics.store(progress, 0, index)));
  });
  return new Promise(() => {});
};

if (!isMainThread && parentPort !== null && isThreadData(workerData)) {
  await serve(parentPort, new Int32Array(workerData.sandboxThread));
}
