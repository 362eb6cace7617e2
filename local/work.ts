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
  planTellingSchedule,
  sensorWatchSchedule,
} from '../events/schedules.ts';
import { stationFileReportSchema } from '../events/station-file-event.ts';
import type { Cloud } from './cloud.ts';
import type { LocalConfig } from './config.ts';
import { functionNames } from './functions.ts';
import { queueNames } from './names.ts';
import { type EventSourceOptions, startEventSource } from './queues/event-source.ts';
import { type ScheduledTask, startScheduler } from './scheduler.ts';
import type { Shutdown } from './shutdown.ts';
import { putAside } from './station-files/put-aside.ts';
import { sweep, sweepSchedule } from './sweep/sweep.ts';

type Log = (line: string) => void;
type WorkConfig = Pick<LocalConfig, 'home' | 'contextOrigins' | 'webhookOrigins'>;

const detailed =
  (log: Log) =>
  (event: string, detail: Readonly<Record<string, unknown>>): void =>
    log(`${event} ${JSON.stringify(detail)}`);

const batchResponseSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** Connects the queues and the clock with the functions, as event source mappings and EventBridge schedules do on AWS. */
export const startWork = (cloud: Cloud, config: WorkConfig, shutdown: Shutdown, log: Log): void => {
  for (const source of eventSources(cloud, config.home)) {
    const { stop } = startEventSource({
      queues: cloud.queues,
      batchWindowMs: 0,
      concurrency: 1,
      log: detailed(log),
      ...source,
    });
    shutdown.add(stop);
  }
  const tasks = scheduledTasks(cloud, config, log);
  const scheduler = startScheduler(tasks, join(config.home, 'schedules.json'), log);
  shutdown.add(scheduler.stop);
};

type Source = Pick<EventSourceOptions, 'queue' | 'batchSize' | 'invoke'> & Partial<EventSourceOptions>;

/** What is started later is stopped first: plans and uplinks before what they lead to. */
const eventSources = (cloud: Cloud, home: string): readonly Source[] => {
  const batch = (name: string) => async (event: unknown) =>
    batchResponseSchema.parse(await cloud.runtime.invoke(name, event));
  return [
    { queue: queueNames.contextPushes, batchSize: 10, invoke: batch(functionNames.pushContext) },
    { queue: queueNames.episodes, batchSize: 10, invoke: batch(functionNames.notify) },
    { queue: queueNames.stationFiles, batchSize: 10, invoke: takeStationFiles(cloud, home) },
    { queue: queueNames.uplinks, batchSize: 100, batchWindowMs: 20, invoke: batch(functionNames.ingestUplinks) },
    { queue: queueNames.plans, batchSize: 1, invoke: batch(functionNames.planCollections) },
  ];
};

const scheduledTasks = (
  cloud: Cloud,
  { home, contextOrigins, webhookOrigins }: WorkConfig,
  log: Log,
): readonly ScheduledTask[] => {
  const tasks: readonly Omit<ScheduledTask, 'timeZone'>[] = [
    { schedule: nightlyPlanSchedule, run: () => requestPlan(cloud) },
    { schedule: hourlyEvaluationSchedule, run: invokeAt(cloud, functionNames.evaluateEnvironment) },
    { schedule: episodeClockSchedule, run: () => followClock(cloud) },
    { schedule: sensorWatchSchedule, run: invokeAt(cloud, functionNames.watchSensors) },
    { schedule: daySummarySchedule, run: invokeAt(cloud, functionNames.summarizeDays) },
    { schedule: outlookSchedule, run: invokeAt(cloud, functionNames.updateOutlooks) },
    { schedule: bulkFilesSchedule, run: invokeAt(cloud, functionNames.issueBulkFiles) },
    ...(contextOrigins === '' ? [] : [{ schedule: contextPushSchedule, run: () => askForPush(cloud) }]),
    ...(webhookOrigins === '' ? [] : [{ schedule: planTellingSchedule, run: () => tellPlans(cloud) }]),
    { schedule: sweepSchedule, run: () => sweep(cloud, home, log) },
  ];
  return tasks.map((task) => ({ ...task, timeZone: cloud.timeZone }));
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

/** With the instant that it was due at. */
const invokeAt =
  (cloud: Cloud, name: string) =>
  async (dueAt: number): Promise<void> => {
    await cloud.runtime.invoke(name, { time: new Date(dueAt).toISOString() });
  };

const tellPlans = async (cloud: Cloud): Promise<void> => {
  await cloud.runtime.invoke(functionNames.tellPlans, {});
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
  const history = { from: new Date(now - HISTORY_MS).toISOString(), to: new Date(now).toISOString() };
  await cloud.runtime.invoke(functionNames.evaluateEnvironment, history);
  await invokeAt(cloud, functionNames.watchSensors)(now);
  await invokeAt(cloud, functionNames.updateOutlooks)(now);
  await requestPlan(cloud);
};
