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

type Given = {
  /** Where the functions' bundles lie. */
  readonly folder: string;
  /** What all of them are told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queueUrls: {
    readonly refused: string;
    readonly refusedStationFiles: string;
    readonly plans: string;
    readonly uplinks: string;
    readonly episodes: string;
    readonly refusedEntities: string;
  };
  readonly config: Pick<
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
  >;
  /** What functions need to ask for secrets. */
  readonly secrets: Readonly<Record<string, string>>;
};

/** What a function needs that is not as usual; of the environment what it alone is told. */
type Needs = Partial<Omit<FunctionSettings, 'handlerUrl'>>;

const usual = { maxConcurrency: 1, timeoutSeconds: 60, keepWarm: false, heapMb: 192 } as const;
/** Hourly, one behind the other at the first start: kept warm, they would stand side by side in memory. */
const once = { timeoutSeconds: 300, idleSeconds: 0 } as const;
/** Behind the gateway, which waits so long. */
const answering = { timeoutSeconds: 29 } as const;

const intake = ({ queueUrls, secrets }: Given): Readonly<Record<string, Needs>> => ({
  [functionNames.ingestUplinks]: {
    environment: { REFUSED_QUEUE_URL: queueUrls.refused, EPISODE_QUEUE_URL: queueUrls.episodes },
    keepWarm: true,
  },
  [functionNames.ingestStationFiles]: {
    environment: { REFUSED_QUEUE_URL: queueUrls.refusedStationFiles, EPISODE_QUEUE_URL: queueUrls.episodes },
  },
  [functionNames.ingestWebhook]: {
    ...answering,
    environment: {
      ...secrets,
      WEBHOOK_SECRET_PREFIX: secretNames.webhookPrefix,
      UPLINK_QUEUE_URL: queueUrls.uplinks,
    },
    maxConcurrency: 2,
  },
});

const collection = ({ config, secrets }: Given): Readonly<Record<string, Needs>> => ({
  [functionNames.updateOutlooks]: once,
  [functionNames.planCollections]: {
    ...once,
    environment: {
      SOLVE_SECONDS: String(config.solveSeconds),
      SOLVE_ISLANDS: String(config.solveIslands),
      ROADS_BUCKET,
      ...config.travel,
    },
    heapMb: 512,
  },
  [functionNames.tellPlans]: {
    environment: {
      ...secrets,
      WEBHOOK_ORIGINS: config.webhookOrigins,
      WEBHOOK_SECRET_PREFIX: secretNames.planWebhookPrefix,
    },
    idleSeconds: 0,
  },
  [functionNames.summarizeDays]: once,
});

const watch = ({ queueUrls, config }: Given): Readonly<Record<string, Needs>> => ({
  [functionNames.evaluateEnvironment]: { ...once, environment: { EPISODE_QUEUE_URL: queueUrls.episodes } },
  [functionNames.notify]: {
    environment: {
      EPISODE_QUEUE_URL: queueUrls.episodes,
      NOTICE_TOPIC_ARN: noticeTopicArn,
      ...(config.httpPort !== 0 && { CONSOLE_URL: `http://localhost:${config.httpPort}` }),
    },
  },
  [functionNames.watchSensors]: once,
});

const desk = ({ queueUrls, config }: Given): Readonly<Record<string, Needs>> => ({
  [functionNames.operationsApi]: {
    ...answering,
    environment: {
      PLAN_QUEUE_URL: queueUrls.plans,
      EPISODE_QUEUE_URL: queueUrls.episodes,
      OFFICER_WITHOUT_TOKEN: config.officer,
      CREW_PHOTO_BUCKET,
    },
    maxConcurrency: 2,
    keepWarm: true,
  },
  // A year of a city's stations as PDF; nobody waits for its first start while no report is asked for.
  [functionNames.reportsApi]: { ...answering, heapMb: 512 },
  [functionNames.registryApi]: { ...answering, environment: { OFFICER_WITHOUT_TOKEN: config.officer } },
});

const openData = ({ queueUrls, config, secrets }: Given): Readonly<Record<string, Needs>> => ({
  [functionNames.openDataApi]: { ...answering, maxConcurrency: 2 },
  [functionNames.featuresApi]: { ...answering, maxConcurrency: 2 },
  [functionNames.sensorthingsApi]: {
    ...answering,
    environment: { SENSORTHINGS_WRITE: config.sensorthingsWrite ? 'everyone' : 'off' },
    maxConcurrency: 2,
    // A whole city is an answer of ten megabytes: in a small young generation it would be copied again and again.
    heapMb: 384,
    youngMb: 48,
  },
  [functionNames.ngsiLdApi]: { ...answering, maxConcurrency: 2 },
  [functionNames.issueBulkFiles]: { ...once, environment: { BULK_BUCKET }, timeoutSeconds: 900 },
  [functionNames.pushContext]: {
    environment: {
      ...secrets,
      CONTEXT_SECRET_PREFIX: secretNames.contextPrefix,
      CONTEXT_BROKER_ORIGINS: config.contextOrigins,
      CONTEXT_DEAD_LETTER_QUEUE_URL: queueUrls.refusedEntities,
    },
    timeoutSeconds: 120,
    // Once a minute: a new start each time costs less than an isolate that waits.
    idleSeconds: 0,
  },
});

/** The functions with the settings the CDK gives them, as far as they mean something on one machine. */
export const functionSettings = (given: Given): Readonly<Record<string, FunctionSettings>> => {
  const { folder, environment, config } = given;
  // Read by the functions that are for everyone.
  const limited = config.rateLimit === undefined ? {} : { RATE_LIMIT_PER_MINUTE: String(config.rateLimit) };
  const needs = [intake, collection, watch, desk, openData].map((needsOf) => needsOf(given));
  return Object.fromEntries(
    needs.flatMap(Object.entries<Needs>).map(([name, own]) => [
      name,
      {
        ...usual,
        ...own,
        environment: { ...limited, ...environment, ...own.environment },
        handlerUrl: pathToFileURL(join(folder, `${name}.mjs`)).href,
      },
    ]),
  );
};
