import { randomUUID } from 'node:crypto';
import { outgoingWebhookSecretId } from '../../events/outgoing-webhooks.ts';
import { readEnvironment, tellPlansEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { planStandings } from '../../shared/routing/webhooks/plan-standings.ts';
import { openStores } from '../../shared/storage/open.ts';
import { readOrigins } from '../../shared/storage/outgoing/origins.ts';
import { httpWebhookDoor } from '../../shared/storage/outgoing/webhook-door.ts';
import { secretsExtension } from '../../shared/storage/secrets.ts';
import { tellAll } from './work.ts';

const environment = readEnvironment(tellPlansEnvironmentSchema);
const stores = openStores(environment);

export const handler = scheduled(() =>
  tellAll({
    registry: stores.registry,
    cityId: environment.CITY_ID,
    ledger: stores.pushLedger,
    door: httpWebhookDoor({
      origins: readOrigins(environment.WEBHOOK_ORIGINS),
      secrets: secretsExtension({
        port: environment.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
        sessionToken: process.env.AWS_SESSION_TOKEN ?? '',
      }),
      secretId: (origin) => outgoingWebhookSecretId(environment.WEBHOOK_SECRET_PREFIX, origin),
      clock: Date.now,
    }),
    plans: () => planStandings(stores.plans, Date.now()),
    clock: Date.now,
    random: Math.random,
    newRunId: randomUUID,
  }),
);
