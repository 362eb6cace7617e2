import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { StationFileReport } from '../../events/station-file-event.ts';
import { ingestStationFilesEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { logger, metrics } from '../../shared/lambda/observability.ts';
import { answering } from '../../shared/lambda/queued.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openStationFileSource } from '../../shared/storage/s3/station-file-source.ts';
import { openEpisodeQueue } from '../../shared/storage/sqs/episode-queue.ts';
import { openRefusedQueue } from '../../shared/storage/sqs/refused-queue.ts';
import type { StationFileOutcome } from '../../shared/telemetry/station-files/ingest-station-file.ts';
import { createStationFilesIngest } from '../../shared/telemetry/station-files/ingest-station-files.ts';
import { reasonsText } from '../../shared/telemetry/station-files/reasons-text.ts';

const environment = readEnvironment(ingestStationFilesEnvironmentSchema);

const ingest = createStationFilesIngest({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  files: openStationFileSource(),
  refused: openRefusedQueue(environment.REFUSED_QUEUE_URL),
  suspect: openEpisodeQueue(environment.EPISODE_QUEUE_URL).suspect,
  clock: Date.now,
  report: ({ error, messageIds }) => logger.error('Station files go back to the queue', { error, messageIds }),
});

/** One line a file: what came in, what was kept, what was refused. */
const tell = ({ refusals: _, ...outcome }: StationFileOutcome): void => {
  logger.info('Station file taken', outcome);
  metrics.addMetric('StationFilesReceived', MetricUnit.Count, 1);
  metrics.addMetric('StationFilesRefused', MetricUnit.Count, outcome.refusal === undefined ? 0 : 1);
  metrics.addMetric('StationFileLines', MetricUnit.Count, outcome.lines);
  metrics.addMetric('StationFileLinesRefused', MetricUnit.Count, outcome.refusedLines);
};

/** What a city on one machine needs to put the file where it belongs. */
const report = (outcome: StationFileOutcome): StationFileReport => {
  const { key, lines, refusedLines, refusal } = outcome;
  const reasons = reasonsText(outcome);
  const kept = refusal === undefined && lines > refusedLines;
  return { key, kept, ...(reasons !== undefined && { reasons }) };
};

/** Beside the failures that SQS asks for it answers what became of each file. */
export const handler = answering(async (records) => {
  const { retry, files } = await ingest(records);
  for (const file of files) tell(file);
  return { batchItemFailures: retry.map((itemIdentifier) => ({ itemIdentifier })), files: files.map(report) };
});
