import { lorawanNetworks } from './topic-rules.ts';

/** Who may call the webhook: each LoRaWAN network by its own name, and `sensors`, a gateway that speaks for sensors by their ids. */
export const webhookSenders = [...lorawanNetworks, 'sensors'] as const;
export type WebhookSender = (typeof webhookSenders)[number];

/** The secret's name behind the deployment's prefix. */
export const webhookSecretId = (prefix: string, sender: WebhookSender): string => `${prefix}${sender}`;

/** Letters, digits, `-` and `_`: what stands in a header without quoting. 256 bits in base64url have 43. */
export const WEBHOOK_SECRET_LENGTH = 43;
