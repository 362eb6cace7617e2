import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { ensureFunctionsBuilt } from '../tools/build-functions.ts';
import type { LocalConfig } from './config.ts';
import { functionSettings } from './functions.ts';
import { cityEnvironment, type RunningCity } from './home.ts';
import { type LambdaRuntime, startLambdaRuntime } from './lambda/runtime.ts';
import { SMALL_YOUNG_GENERATION } from './lean-process.ts';
import { queueNames, tableNames, timestreamNames } from './names.ts';
import { openQueues, type Queues } from './queues/queues.ts';
import { startSqsEndpoint } from './queues/sqs-endpoint.ts';
import { startCitySecrets } from './secrets/city-secrets.ts';
import { startService } from './services/start-service.ts';
import type { Shutdown } from './shutdown.ts';
import { type Mailbox, openMailbox } from './sns/mailbox.ts';
import { startSnsEndpoint } from './sns/sns-endpoint.ts';
import { startObjectEndpoint } from './station-files/object-endpoint.ts';

/** What stands in for AWS behind the doors: data services, queues, and the runtime that runs our functions. */
export type Cloud = {
  readonly queues: Queues;
  readonly runtime: LambdaRuntime;
  /** Where notices arrive. */
  readonly mailbox: Mailbox;
  /** The city's own time zone. */
  readonly timeZone: string;
  /** What commands beside the city need to know, but for the doors' addresses. */
  readonly addresses: Omit<RunningCity, 'http' | 'mqtt' | 'sftp'>;
};

/** @throws Error when an endpoint does not come up. `onDeath` hears when a data service dies later. */
export const startCloud = async (
  config: LocalConfig,
  shutdown: Shutdown,
  onDeath: (reason: Error) => void,
  log: (line: string) => void,
): Promise<Cloud> => {
  const start = async (name: 'dynamodb' | 'timestream') => {
    const directory = join(config.home, name);
    mkdirSync(directory, { recursive: true });
    const service = await startService(name, { directory, host: '127.0.0.1' }, onDeath);
    shutdown.add(service.close);
    return service.url;
  };
  const [dynamodb, timestream] = await Promise.all([start('dynamodb'), start('timestream')]);
  const queues = openCityQueues(config.home);
  shutdown.add(queues.close);
  const sqs = await startSqsEndpoint({ queues, host: '127.0.0.1' });
  shutdown.add(sqs.close);
  const s3 = await startObjectEndpoint({ home: config.home, host: '127.0.0.1' });
  shutdown.add(s3.close);
  const mailbox = openMailbox(config.home);
  const sns = await startSnsEndpoint({ mailbox, webhook: config.noticeWebhook, log });
  shutdown.add(sns.close);

  const addresses: Cloud['addresses'] = {
    pid: process.pid,
    startedAt: Date.now(),
    endpoints: { dynamodb, timestream, sqs: sqs.url, s3: s3.url, sns: sns.url },
    queues: {
      uplinks: sqs.queueUrl(queueNames.uplinks),
      deadLetter: sqs.queueUrl(queueNames.uplinksDeadLetter),
      plans: sqs.queueUrl(queueNames.plans),
      stationFiles: sqs.queueUrl(queueNames.stationFiles),
      stationFilesDeadLetter: sqs.queueUrl(queueNames.stationFilesDeadLetter),
      episodes: sqs.queueUrl(queueNames.episodes),
    },
    cityId: config.cityId,
    tableName: tableNames.city,
    readingStore: config.readingStore,
    timestreamDatabase: timestreamNames.database,
    timestreamTable: timestreamNames.table,
    readingsTableName: tableNames.readings,
  };
  const environment = cityEnvironment(addresses);
  const [timeZone, bundles] = await Promise.all([prepare(config, environment), ensureFunctionsBuilt()]);
  const runtime = startLambdaRuntime(
    functionSettings({
      folder: bundles,
      environment,
      queueUrls: {
        refused: addresses.queues.deadLetter,
        refusedStationFiles: addresses.queues.stationFilesDeadLetter,
        plans: addresses.queues.plans,
        uplinks: addresses.queues.uplinks,
        episodes: addresses.queues.episodes,
        refusedEntities: sqs.queueUrl(queueNames.contextPushesDeadLetter),
      },
      config,
      secrets: await startCitySecrets(config.home, shutdown),
    }),
    join(config.home, 'logs'),
  );
  shutdown.add(runtime.stop);
  return { queues, runtime, mailbox, timeZone, addresses };
};

/** The queues of the CDK app, with its settings. */
const openCityQueues = (home: string): Queues => {
  const days = 86_400;
  const deadLetters = { visibilitySeconds: 30, retentionSeconds: 14 * days };
  return openQueues({
    file: join(home, 'queues.sqlite'),
    queues: [
      { name: queueNames.uplinksDeadLetter, ...deadLetters },
      { name: queueNames.plansDeadLetter, ...deadLetters },
      { name: queueNames.stationFilesDeadLetter, ...deadLetters },
      { name: queueNames.episodesDeadLetter, ...deadLetters },
      { name: queueNames.contextPushesDeadLetter, ...deadLetters },
      {
        name: queueNames.contextPushes,
        visibilitySeconds: 720,
        retentionSeconds: 4 * days,
        deadLetter: queueNames.contextPushesDeadLetter,
        maxReceiveCount: 5,
      },
      {
        name: queueNames.episodes,
        visibilitySeconds: 360,
        retentionSeconds: 4 * days,
        deadLetter: queueNames.episodesDeadLetter,
        maxReceiveCount: 5,
      },
      {
        name: queueNames.stationFiles,
        visibilitySeconds: 360,
        retentionSeconds: 4 * days,
        deadLetter: queueNames.stationFilesDeadLetter,
        maxReceiveCount: 5,
      },
      {
        name: queueNames.uplinks,
        visibilitySeconds: 360,
        retentionSeconds: 4 * days,
        deadLetter: queueNames.uplinksDeadLetter,
        maxReceiveCount: 5,
      },
      {
        name: queueNames.plans,
        visibilitySeconds: 1_800,
        retentionSeconds: 4 * days,
        deadLetter: queueNames.plansDeadLetter,
        maxReceiveCount: 3,
      },
    ],
  });
};

/** Makes the tables and enters the city; answers its time zone. */
const prepare = async (config: LocalConfig, environment: Readonly<Record<string, string>>): Promise<string> => {
  const { cityId, timeZone, readingStore } = config;
  const worker = new Worker(new URL('./services/prepare.ts', import.meta.url), {
    workerData: { cityId, timeZone, readingStore },
    env: environment,
    resourceLimits: SMALL_YOUNG_GENERATION,
  });
  const [message] = await once(worker, 'message');
  await worker.terminate();
  return z.object({ timeZone: z.string() }).parse(message).timeZone;
};
