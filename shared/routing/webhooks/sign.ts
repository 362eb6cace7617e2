import { createHmac } from 'node:crypto';

/** The secret's bytes: Standard Webhooks writes them in base64 behind `whsec_`; anything else is taken as it stands. */
const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret);

/**
 * The headers of a message by Standard Webhooks 1.0.0 (symmetric signature, `v1`): HMAC-SHA-256 over id, timestamp and body, so that a
 * receiver knows who sent it and that it is not an old one sent again.
 * @param at UTC epoch milliseconds of this attempt.
 */
export const signedHeaders = (
  secret: string,
  { id, at, body }: { readonly id: string; readonly at: number; readonly body: string },
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};
