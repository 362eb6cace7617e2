import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Objective } from '../instances/objective.ts';

const answerSchema = z.object({
  instance: z.string(),
  kind: z.string(),
  cost: z.number(),
  distance: z.number(),
  vehicles: z.number(),
  trips: z.number(),
  unserved: z.number(),
  seconds: z.number(),
  iterations: z.number(),
  feasible: z.boolean(),
  /** Of the whole process: reading, solving, checking. */
  peakRssMb: z.number(),
});

export type Answer = z.infer<typeof answerSchema>;

export type Task = {
  readonly file: string;
  readonly seconds: number;
  readonly seed: number;
  readonly objective: Objective;
};

/** What came of a task; `faults` are the checker's, or why there is no answer. */
export type Outcome = { readonly task: Task; readonly answer?: Answer; readonly faults: readonly string[] };

/** As `npm run solve` starts it: the solver allocates little, so that the young generation need not grow to its default of 16 MB. */
const NODE_FLAGS = ['--max-semi-space-size=4'];
const program = join(import.meta.dirname, '..', 'solve.mjs');
const run = promisify(execFile);

const wordsOf = (error: unknown): string => {
  if (error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr !== '')
    return error.stderr.trim();
  return error instanceof Error ? error.message : String(error);
};

/** Solves one instance in a process of its own: fresh heap, one thread, its own peak of memory. Never rejects. */
export const runInstance = async (task: Task): Promise<Outcome> => {
  const { file, seconds, seed, objective } = task;
  const flags = objective === 'as-published' ? [] : [`--${objective}`];
  const given = [
    ...NODE_FLAGS,
    program,
    file,
    '--seconds',
    String(seconds),
    '--seed',
    String(seed),
    '--check',
    ...flags,
  ];
  try {
    const { stdout, stderr } = await run(process.execPath, given, { maxBuffer: 64 * 1_024 * 1_024 });
    return {
      task,
      answer: answerSchema.parse(JSON.parse(stdout)),
      faults: stderr.split('\n').filter((line) => line !== ''),
    };
  } catch (error) {
    return { task, faults: [wordsOf(error)] };
  }
};
