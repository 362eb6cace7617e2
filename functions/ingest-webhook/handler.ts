import { ingestWebhookEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { secretsExtension } from '../../shared/storage/secrets.ts';
import { openUplinkQueue } from '../../shared/storage/sqs/uplink-queue.ts';
import { ingestWebhook } from './app.ts';

const environment = readEnvironment(ingestWebhookEnvironmentSchema);

export const handler = ingestWebhook({
  queue: openUplinkQueue(environment.UPLINK_QUEUE_URL),
  secrets: secretsExtension({
    port: environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
    sessionToken: process.env.AWS_SESSION_TOKEN ?? '',
  }),
  secretPrefix: environment.WEBHOOK_SECRET_PREFIX,
  clock: Date.now,
});
