import * as z from 'zod';

/** Why a message was refused. Each is final for these bytes: sending them again unchanged would be refused again. */
export const refusalCodes = [
  'not-a-rule-message',
  'identity-mismatch',
  'payload-too-large',
  'not-json',
  'invalid-payload',
  'unknown-quantity',
  'unknown-unit',
  'unknown-sensor',
  'unknown-device',
  'undecodable-frame',
  'clock-ahead',
  'too-old',
  'rejected-by-store',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/**
 * A message in the dead-letter queue: the queue body exactly as it was received (which holds the raw bytes in base64), so that
 * `npm run redrive` can send it again once the cause is mended, and the reason in words for the person who reads it.
 */
export const refusedMessageSchema = z.object({
  refusedAt: z.int().positive(),
  code: z.enum(refusalCodes),
  reason: z.string(),
  /** The uplink queue's message body, unchanged. */
  body: z.string(),
});

export type RefusedMessage = z.infer<typeof refusedMessageSchema>;
