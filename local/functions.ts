import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BULK_BUCKET } from './bulk/places.ts';
import type { LocalConfig } from './config.ts';
import { CREW_PHOTO_BUCKET } from './crew-photos/places.ts';
import type { FunctionSettings } from './lambda/pool.ts';
import { noticeTopicArn, secretNames } from './names.ts';
import { ROADS_BUCKET } from './roads/objects.ts';

export const functionNames = {
  ingestUplinks: 'ingest-uplinks',
  ingestStationFiles: 'ingest-station-files',
  planCollections: 'plan-collections',
  evaluateEnvironment: 'evaluate-environment',
  watchSensors: 'watch-sensors',
  updateOutlooks: 'update-outlooks',
  operationsApi: 'operations-api',
  openDataApi: 'open-data-api',
  featuresApi: 'features-api',
  sensorthingsApi: 'sensorthings-api',
  reportsApi: 'reports-api',
  registryApi: 'registry-api',
  ingestWebhook: 'ingest-webhook',
  notify: 'notify',
  issueBulkFiles: 'issue-bulk-files',
  ngsiLdApi: 'ngsi-ld-api',
  pushContext: 'push-context',
  summarizeDays: 'summarize-days',
  tellPlans: 'tell-plans',
} as const;

/** The functions with the settings the CDK gives them, as far as they mean something on one machine. */
export const functionSettings = (
  /** Where their bundles lie. */
  folder: string,
  environment: Readonly<Record<string, string>>,
  queueUrls: {
    readonly refused: string;
    readonly refusedStationFiles: string;
    readonly plans: string;
    readonly uplinks: string;
    readonly episodes: string;
    readonly refusedEntities: string;
  },
  {
    solveSeconds,
    solveIslands,
    officer,
    httpPort,
    sensorthingsWrite,
    contextOrigins,
    webhookOrigins,
    rateLimit,
    travel,
  }: Pick<
    LocalConfig,
    | 'solveSeconds'
    | 'solveIslands'
    | 'officer'
    | 'httpPort'
    | 'sensorthingsWrite'
    | 'contextOrigins'
    | 'webhookOrigins'
    | 'rateLimit'
    | 'travel'
  >,
  /** What functions need to ask for secrets. */
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, FunctionSettings>> => {
  // Read by the functions that are for everyone.
  const limited = rateLimit === undefined ? {} : { RATE_LIMIT_PER_MINUTE: String(rateLimit) };
  const common = { environment, maxConcurrency: 1, timeoutSeconds: 60, keepWarm: false, heapMb: 192 };
  // Hourly, one behind the other at the first start: kept warm, they would stand side by side in memory.
  const once = { ...common, timeoutSeconds: 300, idleSeconds: 0 };
  const settings = {
    [functionNames.ingestUplinks]: {
      ...common,
      environment: { ...environment, REFUSED_QUEUE_URL: queueUrls.refused, EPISODE_QUEUE_URL: queueUrls.episodes },
      keepWarm: true,
    },
    [functionNames.ingestStationFiles]: {
      ...common,
      environment: {
        ...environment,
        REFUSED_QUEUE_URL: queueUrls.refusedStationFiles,
        EPISODE_QUEUE_URL: queueUrls.episodes,
      },
    },
    [functionNames.planCollections]: {
      ...once,
      environment: {
        ...environment,
        SOLVE_SECONDS: String(solveSeconds),
        SOLVE_ISLANDS: String(solveIslands),
        ROADS_BUCKET,
        ...travel,
      },
      heapMb: 512,
    },
    [functionNames.evaluateEnvironment]: {
      ...once,
      environment: { ...environment, EPISODE_QUEUE_URL: queueUrls.episodes },
    },
    [functionNames.notify]: {
      ...common,
      environment: {
        ...environment,
        EPISODE_QUEUE_URL: queueUrls.episodes,
        NOTICE_TOPIC_ARN: noticeTopicArn,
        ...(httpPort !== 0 && { CONSOLE_URL: `http://localhost:${httpPort}` }),
      },
    },
    [functionNames.watchSensors]: once,
    [functionNames.summarizeDays]: once,
    [functionNames.tellPlans]: {
      ...common,
      environment: {
        ...environment,
        ...secrets,
        WEBHOOK_ORIGINS: webhookOrigins,
        WEBHOOK_SECRET_PREFIX: secretNames.planWebhookPrefix,
      },
      idleSeconds: 0,
    },
    [functionNames.updateOutlooks]: once,
    [functionNames.issueBulkFiles]: {
      ...once,
      environment: { ...environment, BULK_BUCKET },
      timeoutSeconds: 900,
    },
    [functionNames.operationsApi]: {
      ...common,
      environment: {
        ...environment,
        PLAN_QUEUE_URL: queueUrls.plans,
        EPISODE_QUEUE_URL: queueUrls.episodes,
        OFFICER_WITHOUT_TOKEN: officer,
        CREW_PHOTO_BUCKET,
      },
      timeoutSeconds: 29,
      maxConcurrency: 2,
      keepWarm: true,
    },
    // A year of a city's stations as PDF; nobody waits for its first start while no report is asked for.
    [functionNames.reportsApi]: { ...common, timeoutSeconds: 29, heapMb: 512 },
    [functionNames.registryApi]: {
      ...common,
      environment: { ...environment, OFFICER_WITHOUT_TOKEN: officer },
      timeoutSeconds: 29,
    },
    [functionNames.openDataApi]: { ...common, timeoutSeconds: 29, maxConcurrency: 2 },
    [functionNames.featuresApi]: { ...common, timeoutSeconds: 29, maxConcurrency: 2 },
    [functionNames.sensorthingsApi]: {
      ...common,
      environment: { ...environment, SENSORTHINGS_WRITE: sensorthingsWrite ? 'everyone' : 'off' },
      timeoutSeconds: 29,
      maxConcurrency: 2,
      // A whole city is an answer of ten megabytes: in a small young generation it would be copied again and again.
      heapMb: 384,
      youngMb: 48,
    },
    [functionNames.ingestWebhook]: {
      ...common,
      environment: {
        ...environment,
        ...secrets,
        WEBHOOK_SECRET_PREFIX: secretNames.webhookPrefix,
        UPLINK_QUEUE_URL: queueUrls.uplinks,
      },
      timeoutSeconds: 29,
      maxConcurrency: 2,
    },
    [functionNames.ngsiLdApi]: { ...common, timeoutSeconds: 29, maxConcurrency: 2 },
    [functionNames.pushContext]: {
      ...common,
      environment: {
        ...environment,
        ...secrets,
        CONTEXT_SECRET_PREFIX: secretNames.contextPrefix,
        CONTEXT_BROKER_ORIGINS: contextOrigins,
        CONTEXT_DEAD_LETTER_QUEUE_URL: queueUrls.refusedEntities,
      },
      timeoutSeconds: 120,
      // Once a minute: a new start each time costs less than an isolate that waits.
      idleSeconds: 0,
    },
  };
  return Object.fromEntries(
    Object.entries(settings).map(([name, rest]) => [
      name,
      {
        ...rest,
        environment: { ...limited, ...rest.environment },
        handlerUrl: pathToFileURL(join(folder, `${name}.mjs`)).href,
      },
    ]),
  );
};
