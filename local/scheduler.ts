import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Cron } from 'croner';
import * as z from 'zod';
import type { Schedule } from '../events/schedules.ts';

export type ScheduledTask = {
  readonly schedule: Schedule;
  readonly timeZone: string;
  /** Receives the instant it was due, UTC epoch milliseconds. */
  readonly run: (dueAt: number) => Promise<void>;
};

const stateSchema = z.record(z.string(), z.int());

/**
 * Runs tasks by their cron expressions. The last due instant of each is kept in a file, so that a run which fell into a time
 * when the city was down is made up for (once, however many were missed) as soon as it is back.
 */
export const startScheduler = (
  tasks: readonly ScheduledTask[],
  stateFile: string,
  log: (line: string) => void,
  clock: () => number = Date.now,
): { stop: () => void } => {
  const state = readState(stateFile);
  const remember = (name: string, dueAt: number): void => {
    state[name] = dueAt;
    writeFileSync(`${stateFile}.partial`, JSON.stringify(state));
    renameSync(`${stateFile}.partial`, stateFile);
  };
  const runTask = async ({ schedule, run }: ScheduledTask, dueAt: number): Promise<void> => {
    try {
      await run(dueAt);
      remember(schedule.name, dueAt);
    } catch (error) {
      log(`${schedule.name}: ${error instanceof Error ? error.message : String(error)}; it comes again when due`);
    }
  };
  const jobs = tasks.map((task) => {
    const job = new Cron(task.schedule.cron, { timezone: task.timeZone, unref: true, protect: true }, (self) =>
      runTask(task, self.currentRun()?.getTime() ?? clock()),
    );
    const missedAt = lastDue(job, state[task.schedule.name], clock());
    if (missedAt !== undefined) void runTask(task, missedAt);
    return job;
  });
  return {
    stop: () => {
      for (const job of jobs) job.stop();
    },
  };
};

/** The newest instant after `lastRunAt` that has passed; `undefined` when none was missed, or nothing ever ran. */
const lastDue = (job: Cron, lastRunAt: number | undefined, now: number): number | undefined => {
  if (lastRunAt === undefined) return undefined;
  const previous = job.previousRuns(1, new Date(now))[0]?.getTime();
  return previous !== undefined && previous > lastRunAt ? previous : undefined;
};

const readState = (file: string): Record<string, number> => {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
};
