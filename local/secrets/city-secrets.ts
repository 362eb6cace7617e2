import { webhookSecretId, webhookSenders } from '../../events/webhook-senders.ts';
import { secretNames } from '../names.ts';
import type { Shutdown } from '../shutdown.ts';
import { readContextSecret } from './context-secrets.ts';
import { planWebhookSecret } from './plan-webhook-secrets.ts';
import { startSecretsEndpoint } from './secrets-endpoint.ts';
import { openWebhookSecrets } from './webhook-secrets.ts';

const { webhookPrefix, contextPrefix, planWebhookPrefix } = secretNames;

const find = (home: string, secretId: string): string | undefined => {
  if (secretId.startsWith(contextPrefix)) return readContextSecret(home, secretId.slice(contextPrefix.length));
  if (secretId.startsWith(planWebhookPrefix)) {
    return planWebhookSecret(home, secretId.slice(planWebhookPrefix.length));
  }
  const sender = webhookSenders.find((name) => webhookSecretId(webhookPrefix, name) === secretId);
  return sender && openWebhookSecrets(home)[sender];
};

/** Stands in for Secrets Manager; answers the environment in which functions find it. */
export const startCitySecrets = async (home: string, shutdown: Shutdown): Promise<Readonly<Record<string, string>>> => {
  openWebhookSecrets(home);
  const endpoint = await startSecretsEndpoint((secretId) => find(home, secretId));
  shutdown.add(endpoint.close);
  return {
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(endpoint.port),
    AWS_SESSION_TOKEN: endpoint.sessionToken,
  };
};
