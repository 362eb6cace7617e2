import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { ingestUplinksEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { logger, metrics } from '../../shared/lambda/observability.ts';
import { queued } from '../../shared/lambda/queued.ts';
import { openSandboxThread } from '../../shared/sandbox/sandbox-thread.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openEpisodeQueue } from '../../shared/storage/sqs/episode-queue.ts';
import { openRefusedQueue } from '../../shared/storage/sqs/refused-queue.ts';
import { createIngest, type IngestOutcome } from '../../shared/telemetry/ingest.ts';

const environment = readEnvironment(ingestUplinksEnvironmentSchema);

const ingest = createIngest({
  ...openStores(environment),
  refused: openRefusedQueue(environment.REFUSED_QUEUE_URL),
  sandbox: openSandboxThread(),
  suspect: openEpisodeQueue(environment.EPISODE_QUEUE_URL).suspect,
  clock: Date.now,
  report: ({ error, messageIds }) => logger.error('Messages go back to the queue', { error, messageIds }),
});

/** One line and one set of counts a batch; a line a message would cost more than storing it. */
const tell = ({ retry, ...outcome }: IngestOutcome): void => {
  const refusedMessages = Object.values(outcome.refused).reduce((sum, count) => sum + count, 0);
  logger.info('Uplinks ingested', { ...outcome, retried: retry.length });
  metrics.addMetric('MessagesReceived', MetricUnit.Count, outcome.received);
  metrics.addMetric('MessagesRefused', MetricUnit.Count, refusedMessages);
  metrics.addMetric('MessagesRetried', MetricUnit.Count, retry.length);
  metrics.addMetric('ReadingsStored', MetricUnit.Count, outcome.readings.stored);
  metrics.addMetric('ReadingsCorrected', MetricUnit.Count, outcome.readings.corrected);
};

export const handler = queued(async (records) => {
  const outcome = await ingest(records);
  tell(outcome);
  return outcome.retry;
});
