import { signedHeaders } from '../../routing/webhooks/sign.ts';
import type { DeliveryOutcome, WebhookDoor } from '../../routing/webhooks/tell-plans.ts';
import type { SecretStore } from '../secrets.ts';
import { boundedText } from './bounded-text.ts';
import { post } from './post.ts';
import { retryAfter, shortly } from './words.ts';

export type WebhookDoorOptions = {
  /** Origins that the deployment lets the city call; no other is ever called. */
  readonly origins: ReadonlySet<string>;
  readonly secrets: SecretStore;
  /** The id of a host's secret. */
  readonly secretId: (origin: string) => string;
  readonly clock: () => number;
  readonly timeoutMs?: number;
};

const MOST_ANSWER_BYTES = 65_536;

const outcomeOf = async (response: Response): Promise<DeliveryOutcome> => {
  const text = await boundedText(response, MOST_ANSWER_BYTES);
  if (response.ok) return { status: 'taken' };
  const reason = shortly(`${response.status} ${text}`);
  return { status: 'unavailable', reason, ...retryAfter(response.headers.get('retry-after')) };
};

/** Receivers over HTTP, as `post` calls them, signed by Standard Webhooks. */
export const httpWebhookDoor = (options: WebhookDoorOptions): WebhookDoor => ({
  deliver: ({ url }, { id, message }) =>
    post(
      options,
      url,
      async () => {
        const body = JSON.stringify(message);
        const secret = await options.secrets.get(options.secretId(new URL(url).origin));
        const signed = signedHeaders(secret, { id, at: options.clock(), body });
        return { url, headers: { 'content-type': 'application/json', ...signed }, body };
      },
      outcomeOf,
    ),
});
