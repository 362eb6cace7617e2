import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { planWebhookSecret } from '../secrets/plan-webhook-secrets.ts';
import { changeWebhooks } from '../webhooks/change-webhooks.ts';
import { readWebhooksCommand, type WebhooksCommand, webhooksUsage } from '../webhooks/options.ts';

/** `npm run webhooks`: receivers that are told of plans. See `webhooksUsage`. */
const run = async (command: WebhooksCommand): Promise<void> => {
  if (command.command === 'help') return console.log(webhooksUsage);
  const home = phosachHome();
  if (!command.cloud) Object.assign(process.env, cityEnvironment(readRunning(home)));
  const environment = readEnvironment(storesEnvironmentSchema);
  const { registry, pushLedger } = openStores(environment);
  const ports = {
    registry,
    pushLedger,
    ...(!command.cloud && { secretOf: (host: string) => planWebhookSecret(home, host) }),
  };
  for (const line of await changeWebhooks(ports, environment.CITY_ID, command)) console.log(line);
};

const readCommand = (): WebhooksCommand => {
  try {
    return readWebhooksCommand(process.argv.slice(2));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nnpm run webhooks -- help tells more.`);
  }
};

try {
  await run(readCommand());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
