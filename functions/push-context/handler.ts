import { randomUUID } from 'node:crypto';
import { contextSecretId } from '../../events/context-push.ts';
import { pushContextEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { queued } from '../../shared/lambda/queued.ts';
import { httpBrokerDoor } from '../../shared/storage/context-broker/http-door.ts';
import { openStores } from '../../shared/storage/open.ts';
import { readOrigins } from '../../shared/storage/outgoing/origins.ts';
import { secretsExtension } from '../../shared/storage/secrets.ts';
import { openRefusedEntities } from '../../shared/storage/sqs/refused-entities.ts';
import { pushOnce } from './work.ts';

const environment = readEnvironment(pushContextEnvironmentSchema);
const { pushLedger, ...stores } = openStores(environment);

export const handler = queued(
  pushOnce({
    ...stores,
    ledger: pushLedger,
    door: httpBrokerDoor({
      cityId: environment.CITY_ID,
      origins: readOrigins(environment.CONTEXT_BROKER_ORIGINS),
      secrets: secretsExtension({
        port: environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
        sessionToken: process.env.AWS_SESSION_TOKEN ?? '',
      }),
      secretId: (origin) => contextSecretId(environment.CONTEXT_SECRET_PREFIX, origin),
    }),
    refusals: openRefusedEntities(environment.CONTEXT_DEAD_LETTER_QUEUE_URL),
    cityId: environment.CITY_ID,
    clock: Date.now,
    random: Math.random,
    newRunId: randomUUID,
  }),
);
