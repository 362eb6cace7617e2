import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { refusedEntitySchema } from '../../../events/context-push.ts';
import type { RefusedEntities, RefusedEntity } from '../../open-data/context-push/ports.ts';
import { chunk } from '../parallel.ts';

const MESSAGES_PER_BATCH = 10;

const serialize = (refused: RefusedEntity): string =>
  JSON.stringify(refusedEntitySchema.parse({ kind: 'refused-entity', ...refused }));

/** The dead-letter queue of `push-context`. @throws Error when a message was not taken: it is refused and sent again. */
const sqsRefusedEntities = ({
  client,
  queueUrl,
}: {
  readonly client: SQSClient;
  readonly queueUrl: string;
}): RefusedEntities => ({
  send: async (refused) => {
    for (const batch of chunk(refused, MESSAGES_PER_BATCH)) {
      const Entries = batch.map((each, index) => ({
        Id: String(index),
        MessageBody: serialize(each),
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      if (Failed.length > 0)
        throw new Error(`${Failed.length} of ${batch.length} refused entities were not taken: ${Failed[0]?.Message}`);
    }
  },
});

/** That of this deployment. */
export const openRefusedEntities = (queueUrl: string): RefusedEntities =>
  sqsRefusedEntities({ client: new SQSClient({}), queueUrl });
