import { openStores } from '../../shared/storage/open.ts';
import { chosenCity } from '../chosen-city.ts';
import { phosachHome } from '../home.ts';
import { runCommand } from '../run-command.ts';
import { planWebhookSecret } from '../secrets/plan-webhook-secrets.ts';
import { changeWebhooks } from '../webhooks/change-webhooks.ts';
import { readWebhooksCommand, type WebhooksCommand, webhooksUsage } from '../webhooks/options.ts';

/** `npm run webhooks`: receivers that are told of plans. See `webhooksUsage`. */
const run = async (command: WebhooksCommand): Promise<void> => {
  if (command.command === 'help') return console.log(webhooksUsage);
  const environment = chosenCity(command.cloud);
  const { registry, pushLedger } = openStores(environment);
  const ports = {
    registry,
    pushLedger,
    ...(!command.cloud && { secretOf: (host: string) => planWebhookSecret(phosachHome(), host) }),
  };
  for (const line of await changeWebhooks(ports, environment.CITY_ID, command)) console.log(line);
};

await runCommand('webhooks', readWebhooksCommand, run);
