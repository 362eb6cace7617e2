import { join } from 'node:path';
import * as z from 'zod';
import type { ContextPush } from '../events/context-push.ts';
import type { EpisodeNotice } from '../events/episode-notice.ts';
import type { PlanRequest } from '../events/plan-request.ts';
import {
  bulkFilesSchedule,
  contextPushSchedule,
  daySummarySchedule,
  episodeClockSchedule,
  hourlyEvaluationSchedule,
  nightlyPlanSchedule,
  outlookSchedule,
  sensorWatchSchedule,
} from '../events/schedules.ts';
import { stationFileReportSchema } from '../events/station-file-event.ts';
import type { Cloud } from './cloud.ts';
import type { LocalConfig } from './config.ts';
import { functionNames } from './functions.ts';
import { queueNames } from './names.ts';
import { startEventSource } from './queues/event-source.ts';
import { startScheduler } from './scheduler.ts';
import type { Shutdown } from './shutdown.ts';
import { putAside } from './station-files/put-aside.ts';
import { sweep, sweepSchedule } from './sweep/sweep.ts';

type Log = (line: string) => void;

const detailed =
  (log: Log) =>
  (event: string, detail: Readonly<Record<string, unknown>>): void =>
    log(`${event} ${JSON.stringify(detail)}`);

const batchResponseSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** Connects the queues and the clock with the functions, as event source mappings and EventBridge schedules do on AWS. */
export const startWork = (
  cloud: Cloud,
  { home, contextOrigins }: Pick<LocalConfig, 'home' | 'contextOrigins'>,
  shutdown: Shutdown,
  log: Log,
): void => {
  const tellsBrokers = contextOrigins !== '';
  const invokeBatch = (name: string) => async (event: unknown) =>
    batchResponseSchema.parse(await cloud.runtime.invoke(name, event));
  const uplinks = startEventSource({
    queues: cloud.queues,
    queue: queueNames.uplinks,
    batchSize: 100,
    batchWindowMs: 20,
    concurrency: 1,
    invoke: invokeBatch(functionNames.ingestUplinks),
    log: detailed(log),
  });
  const plans = startEventSource({
    queues: cloud.queues,
    queue: queueNames.plans,
    batchSize: 1,
    batchWindowMs: 0,
    concurrency: 1,
    invoke: invokeBatch(functionNames.planCollections),
    log: detailed(log),
  });
  const stationFiles = startEventSource({
    queues: cloud.queues,
    queue: queueNames.stationFiles,
    batchSize: 10,
    batchWindowMs: 0,
    concurrency: 1,
    invoke: takeStationFiles(cloud, home),
    log: detailed(log),
  });
  const episodes = startEventSource({
    queues: cloud.queues,
    queue: queueNames.episodes,
    batchSize: 10,
    batchWindowMs: 0,
    concurrency: 1,
    invoke: invokeBatch(functionNames.notify),
    log: detailed(log),
  });
  const contextPushes = startEventSource({
    queues: cloud.queues,
    queue: queueNames.contextPushes,
    batchSize: 10,
    batchWindowMs: 0,
    concurrency: 1,
    invoke: invokeBatch(functionNames.pushContext),
    log: detailed(log),
  });
  shutdown.add(contextPushes.stop);
  shutdown.add(episodes.stop);
  shutdown.add(stationFiles.stop);
  shutdown.add(uplinks.stop);
  shutdown.add(plans.stop);
  const scheduler = startScheduler(
    [
      { schedule: nightlyPlanSchedule, timeZone: cloud.timeZone, run: () => requestPlan(cloud) },
      {
        schedule: hourlyEvaluationSchedule,
        timeZone: cloud.timeZone,
        run: (dueAt) => evaluate(cloud, { time: new Date(dueAt).toISOString() }),
      },
      { schedule: episodeClockSchedule, timeZone: cloud.timeZone, run: () => followClock(cloud) },
      { schedule: sensorWatchSchedule, timeZone: cloud.timeZone, run: (dueAt) => watchSensors(cloud, dueAt) },
      { schedule: outlookSchedule, timeZone: cloud.timeZone, run: (dueAt) => updateOutlooks(cloud, dueAt) },
      { schedule: daySummarySchedule, timeZone: cloud.timeZone, run: (dueAt) => summarizeDays(cloud, dueAt) },
      { schedule: bulkFilesSchedule, timeZone: cloud.timeZone, run: (dueAt) => issueBulkFiles(cloud, dueAt) },
      ...(tellsBrokers
        ? [{ schedule: contextPushSchedule, timeZone: cloud.timeZone, run: () => askForPush(cloud) }]
        : []),
      { schedule: sweepSchedule, timeZone: cloud.timeZone, run: () => sweep(cloud, home, log) },
    ],
    join(home, 'schedules.json'),
    log,
  );
  shutdown.add(scheduler.stop);
};

/** Puts every file aside before its event is deleted: a city that ends in between does both again. */
const takeStationFiles = (cloud: Cloud, home: string) => async (event: unknown) => {
  const schema = batchResponseSchema.extend({ files: z.array(stationFileReportSchema) });
  const answer = schema.parse(await cloud.runtime.invoke(functionNames.ingestStationFiles, event));
  for (const file of answer.files) putAside(home, file);
  return answer;
};

const requestPlan = async (cloud: Cloud): Promise<void> => {
  const request: PlanRequest = { trigger: 'schedule' };
  await cloud.queues.send(queueNames.plans, JSON.stringify(request));
};

const followClock = async (cloud: Cloud): Promise<void> => {
  const notice: EpisodeNotice = { kind: 'clock' };
  await cloud.queues.send(queueNames.episodes, JSON.stringify(notice));
};

const askForPush = async (cloud: Cloud): Promise<void> => {
  const push: ContextPush = { kind: 'sweep' };
  await cloud.queues.send(queueNames.contextPushes, JSON.stringify(push));
};

const evaluate = async (cloud: Cloud, event: Readonly<Record<string, string>>): Promise<void> => {
  await cloud.runtime.invoke(functionNames.evaluateEnvironment, event);
};

const watchSensors = async (cloud: Cloud, dueAt: number): Promise<void> => {
  await cloud.runtime.invoke(functionNames.watchSensors, { time: new Date(dueAt).toISOString() });
};

const updateOutlooks = async (cloud: Cloud, dueAt: number): Promise<void> => {
  await cloud.runtime.invoke(functionNames.updateOutlooks, { time: new Date(dueAt).toISOString() });
};

const summarizeDays = async (cloud: Cloud, dueAt: number): Promise<void> => {
  await cloud.runtime.invoke(functionNames.summarizeDays, { time: new Date(dueAt).toISOString() });
};

const issueBulkFiles = async (cloud: Cloud, dueAt: number): Promise<void> => {
  await cloud.runtime.invoke(functionNames.issueBulkFiles, { time: new Date(dueAt).toISOString() });
};

const HISTORY_MS = 14 * 86_400_000;
const DRAIN_POLL_MS = 200;

/** Once the first start's history is stored: evaluates all of it and makes a plan, so that no screen is empty. */
export const showFirstResults = async (cloud: Cloud): Promise<void> => {
  const pending = (): number => {
    const { visible, inFlight, delayed } = cloud.queues.counts(queueNames.uplinks);
    return visible + inFlight + delayed;
  };
  // Live messages keep coming; what matters is that the back-fill's queue has been short once.
  while (pending() > 20) await new Promise((resolve) => setTimeout(resolve, DRAIN_POLL_MS));
  const now = Date.now();
  await evaluate(cloud, { from: new Date(now - HISTORY_MS).toISOString(), to: new Date(now).toISOString() });
  await watchSensors(cloud, now);
  await updateOutlooks(cloud, now);
  await requestPlan(cloud);
};
