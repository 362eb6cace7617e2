import { outgoingWebhookSecretId } from '../../events/outgoing-webhooks.ts';
import type { Registry } from '../../shared/city/registry.ts';
import type { PushLedger } from '../../shared/open-data/context-push/ports.ts';
import { ledgerId } from '../../shared/routing/webhooks/tell-plans.ts';
import { type Webhook, webhooksSchema } from '../../shared/routing/webhooks/webhook.ts';
import { registeredCity } from '../registered-city.ts';
import { standingWords } from '../standing-words.ts';
import type { WebhooksCommand } from './options.ts';

type Change = Exclude<WebhooksCommand, { readonly command: 'help' }>;
type Ports = {
  readonly registry: Pick<Registry, 'get' | 'put'>;
  readonly pushLedger: Pick<PushLedger, 'standing'>;
  /** The secret of a host; on AWS nobody here may read it. */
  readonly secretOf?: (host: string) => string;
};

const save = async (ports: Ports, cityId: string, webhooks: readonly Webhook[]): Promise<void> => {
  const city = await registeredCity(ports.registry, cityId);
  await ports.registry.put('city', { ...city, webhooks: webhooksSchema.parse(webhooks) });
};

const known = (webhooks: readonly Webhook[], id: string): Webhook => {
  const found = webhooks.find((webhook) => webhook.id === id);
  if (found === undefined) throw new Error(`There is no receiver ${id}`);
  return found;
};

/**
 * Does what a line of `npm run webhooks` says; answers what to print.
 * @throws Error when it names what is not there.
 */
export const changeWebhooks = async (ports: Ports, cityId: string, change: Change): Promise<readonly string[]> => {
  const { webhooks = [] } = await registeredCity(ports.registry, cityId);
  switch (change.command) {
    case 'add': {
      const { webhook } = change;
      await save(ports, cityId, [...webhooks.filter(({ id }) => id !== webhook.id), webhook]);
      const { origin } = new URL(webhook.url);
      return [`${webhook.id} is told of plans within a minute, if the deployment lets the city call ${origin}.`];
    }
    case 'remove': {
      known(webhooks, change.id);
      await save(
        ports,
        cityId,
        webhooks.filter(({ id }) => id !== change.id),
      );
      return [`${change.id} is told no more.`];
    }
    case 'secret': {
      const { url } = known(webhooks, change.id);
      if (ports.secretOf === undefined) throw new Error('On AWS the secret is in Secrets Manager');
      return [ports.secretOf(outgoingWebhookSecretId('', new URL(url).origin))];
    }
    case 'list':
      if (webhooks.length === 0) return ['Nobody is told of plans.'];
      return Promise.all(
        webhooks.map(async (webhook) =>
          [
            webhook.id,
            webhook.url,
            webhook.events.join('+'),
            standingWords(await ports.pushLedger.standing(ledgerId(webhook))),
          ].join('  '),
        ),
      );
  }
};
