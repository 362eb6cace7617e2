import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { CollectionProblem } from '../routing/problem.ts';
import type { Solution } from '../routing/solution.ts';
import type { SolveOptions } from '../routing/solver/solve.ts';
import { solvePrized } from '../routing/solver/solve-prized.ts';

/** One island's work: the whole problem, solved on its own. */
export type IslandTask = {
  readonly problem: CollectionProblem;
  readonly options: Omit<SolveOptions, 'now' | 'deadlineMs'>;
  /** When to stop, on the clock of `islandClock`; absent = when the iterations are done. */
  readonly endsAt?: number;
};

export type Island = {
  /** Rejects when the island dies without an answer. */
  readonly answer: Promise<Solution>;
  readonly stop: () => void;
};

export type LaunchIsland = (task: IslandTask) => Island;

/** Milliseconds on a clock that all threads of this process share. */
export const islandClock = (): number => performance.timeOrigin + performance.now();

/** Solves a task in this thread. */
export const solveTask = ({ problem, options, endsAt }: IslandTask): Solution =>
  solvePrized(problem, {
    ...options,
    now: () => performance.now(),
    ...(endsAt !== undefined && { deadlineMs: Math.max(0, endsAt - islandClock()) }),
  });

/** The solver allocates little while it searches. */
const YOUNG_GENERATION_MB = 4;

/**
 * Solves a task in a thread of its own. The thread starts from `entry`, which is this file: where everything has been bundled
 * into one, that is the bundle, which stops being evaluated where this file stands in it (`runIfIsland`).
 */
export const launchThread =
  (entry: URL): LaunchIsland =>
  (task) => {
    const worker = new Worker(entry, {
      workerData: { islandTask: task },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    const answer = new Promise<Solution>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`An island ended with code ${code} and no answer`)));
    });
    return { answer, stop: () => void worker.terminate() };
  };

export const launchIsland: LaunchIsland = (task) => launchThread(new URL(import.meta.url))(task);

const isIslandData = (data: unknown): data is { readonly islandTask: IslandTask } =>
  typeof data === 'object' && data !== null && 'islandTask' in data;

/** In a thread that was launched for a task: does it and ends, before whatever else a bundle holds behind this file is evaluated. */
const runIfIsland = (): void => {
  if (isMainThread || !isIslandData(workerData)) return;
  parentPort?.postMessage(solveTask(workerData.islandTask));
  process.exit();
};

runIfIsland();
