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
  // Of a station file as a whole.
  'not-a-file-event',
  'unknown-station',
  'no-such-file',
  'empty-file',
  // Of lines of a station file.
  'cut-off',
  'malformed-line',
  'unknown-symbol',
  'invalid-instant',
  'unknown-status',
  'repeated',
  'contradicted',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** A line of a station file that became no reading. */
const refusedLineSchema = z.object({
  /** Counted from 1. */
  line: z.int().positive(),
  byteOffset: z.int().nonnegative(),
  /** As it stands, cut where it is far too long for a line. */
  raw: z.string(),
  reason: z.string(),
});

/**
 * A message in the dead-letter queue: the queue body exactly as it was received (which holds the raw bytes in base64), so that
 * `npm run redrive` can send it again once the cause is mended, and the reason in words for the person who reads it.
 */
export const refusedMessageSchema = z.object({
  refusedAt: z.int().positive(),
  code: z.enum(refusalCodes),
  reason: z.string(),
  /** The uplink queue's message body, unchanged; of a station file the event that names it, so that it is read again. */
  body: z.string(),
  /** The station file, by its name in the bucket. */
  file: z.string().optional(),
  /** The lines of it that were refused for this code; absent where the whole file was. */
  lines: z.array(refusedLineSchema).optional(),
});

export type RefusedMessage = z.infer<typeof refusedMessageSchema>;
