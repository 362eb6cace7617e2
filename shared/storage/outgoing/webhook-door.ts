import { signedHeaders } from '../../routing/webhooks/sign.ts';
import type { DeliveryOutcome, WebhookDoor } from '../../routing/webhooks/tell-plans.ts';
import type { SecretStore } from '../secrets.ts';
import { boundedText } from './bounded-text.ts';
import { isAllowed } from './origins.ts';
import { retryAfter, shortly, wordsOf } from './words.ts';

export type WebhookDoorOptions = {
  /** Origins that the deployment lets the city call; no other is ever called. */
  readonly origins: ReadonlySet<string>;
  readonly secrets: SecretStore;
  /** The id of a host's secret. */
  readonly secretId: (origin: string) => string;
  readonly clock: () => number;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 15_000;
const MOST_ANSWER_BYTES = 65_536;

const outcomeOf = async (response: Response): Promise<DeliveryOutcome> => {
  const text = await boundedText(response, MOST_ANSWER_BYTES);
  if (response.ok) return { status: 'taken' };
  const reason = shortly(`${response.status} ${text}`);
  return { status: 'unavailable', reason, ...retryAfter(response.headers.get('retry-after')) };
};

/** Receivers over HTTP, signed by Standard Webhooks. Redirects are not followed, and a request ends after its time. */
export const httpWebhookDoor = (options: WebhookDoorOptions): WebhookDoor => ({
  deliver: async (webhook, { id, message }) => {
    if (!isAllowed(options.origins, webhook.url)) {
      return { status: 'unavailable', reason: 'this deployment does not let the city call that origin' };
    }
    try {
      const body = JSON.stringify(message);
      const secret = await options.secrets.get(options.secretId(new URL(webhook.url).origin));
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'phosach',
          ...signedHeaders(secret, { id, at: options.clock(), body }),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
      });
      return await outcomeOf(response);
    } catch (error) {
      return { status: 'unavailable', reason: wordsOf(error) };
    }
  },
});
