import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { EpisodeNotice } from '../../../events/episode-notice.ts';
import type { EpisodeEvent } from '../../environment/episodes/episode.ts';
import type { Suspicion } from '../../environment/episodes/follow-alarms.ts';
import { chunk } from '../parallel.ts';

const MESSAGES_PER_BATCH = 10;
/** A message of suspicions stays far below SQS's limit. */
const SUSPICIONS_PER_MESSAGE = 200;

/** What waits for `notify`. */
export type EpisodeQueue = {
  /** Resolves when all are durable. */
  readonly publish: (events: readonly EpisodeEvent[]) => Promise<void>;
  readonly suspect: (suspicions: readonly Suspicion[]) => Promise<void>;
};

/** @throws Error when a message was not taken: the caller sends all again, which does no harm. */
export const sqsEpisodeQueue = ({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): EpisodeQueue => {
  const send = async (notices: readonly EpisodeNotice[]): Promise<void> => {
    for (const batch of chunk(notices, MESSAGES_PER_BATCH)) {
      const Entries = batch.map((notice, index) => ({ Id: String(index), MessageBody: JSON.stringify(notice) }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0)
        throw new Error(`${Failed.length} of ${batch.length} notices were not taken: ${Failed[0]?.Message}`);
    }
  };
  return {
    publish: (events) => send(events.map(({ episodeId, eventId }) => ({ kind: 'event', episodeId, eventId }))),
    suspect: (suspicions) =>
      send(
        chunk(suspicions, SUSPICIONS_PER_MESSAGE).map((some) => ({
          kind: 'suspicion',
          suspicions: some.map(({ sensorId, quantity, measuredAt }) => ({ sensorId, quantity, measuredAt })),
        })),
      ),
  };
};

/** The queue of this deployment. */
export const openEpisodeQueue = (queueUrl: string): EpisodeQueue =>
  sqsEpisodeQueue({ client: new SQSClient({}), queueUrl });
