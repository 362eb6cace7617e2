import { parseJson } from '../../events/parse-json.ts';
import { type RefusalCode, type RefusedMessage, refusedMessageSchema } from '../../events/refused-message.ts';
import { type UplinkMessage, uplinkMessageSchema } from '../../events/uplink-message.ts';
import { envelopeReaders } from '../../shared/telemetry/envelopes/networks.ts';

/** A message that the dead-letter queue lent out: hidden from others until it is removed or released. */
export type HeldMessage = {
  readonly messageId: string;
  readonly receipt: string;
  readonly body: string;
  /** UTC epoch milliseconds. */
  readonly sentAt: number;
};

/** `gave-up`: not refused, but moved here by SQS itself after its last delivery failed. */
export type DeadLetterCode = RefusalCode | 'gave-up';

export type DeadLetter = {
  readonly held: HeldMessage;
  readonly at: number;
  readonly code: DeadLetterCode;
  readonly reason: string;
  /** The uplink queue's body, unchanged: what is sent back. */
  readonly original: string;
  /** Of a station file: its name in the bucket, and the lines of it that were refused. */
  readonly file?: string;
  readonly lines?: RefusedMessage['lines'];
  /** Absent when the original is not a message of a topic rule. */
  readonly uplink?: UplinkMessage;
};

/** Understands both shapes of a dead letter: a refusal of the ingest function, and a bare body that SQS moved. */
export const readDeadLetter = (held: HeldMessage): DeadLetter => {
  const refused = refusedMessageSchema.safeParse(parseJson(held.body));
  const letter: Omit<DeadLetter, 'uplink'> = refused.success
    ? {
        held,
        at: refused.data.refusedAt,
        code: refused.data.code,
        reason: refused.data.reason,
        original: refused.data.body,
        ...(refused.data.file !== undefined && { file: refused.data.file }),
        ...(refused.data.lines !== undefined && { lines: refused.data.lines }),
      }
    : {
        held,
        at: held.sentAt,
        code: 'gave-up',
        reason: 'every delivery failed; the function logs say why',
        original: held.body,
      };
  const uplink = uplinkMessageSchema.safeParse(parseJson(letter.original));
  return uplink.success ? { ...letter, uplink: uplink.data } : letter;
};

/** The bytes that the device sent; of what is not a rule's message, the whole body. */
export const rawPayload = ({ uplink, original }: DeadLetter): Buffer =>
  uplink === undefined ? Buffer.from(original) : Buffer.from(uplink.payloadBase64, 'base64');

/** Whether it came from a sensor, named by its id or, on LoRaWAN, by its DevEui. */
export const isFrom = (letter: DeadLetter, sensor: string): boolean => {
  if (letter.file !== undefined) return letter.file.toUpperCase().split('/').includes(sensor.toUpperCase());
  if (letter.uplink === undefined) return false;
  if (letter.uplink.envelope === 'city-json') return letter.uplink.sensorId === sensor;
  const frame = envelopeReaders[letter.uplink.envelope](parseJson(rawPayload(letter).toString()));
  return frame.ok && frame.value.devEui === sensor.toLowerCase();
};

const PREVIEW_CHARACTERS = 400;
const PREVIEW_BYTES = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Nothing that could move a terminal's cursor; line breaks are common in JSON and harmless. */
const PRINTABLE = /^[\P{C}\n\r\t]*$/u;

const printableText = (bytes: Buffer): string | undefined => {
  try {
    const text = utf8.decode(bytes);
    return PRINTABLE.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

const preview = (bytes: Buffer): string => {
  const text = printableText(bytes);
  if (text !== undefined) return text.length > PREVIEW_CHARACTERS ? `${text.slice(0, PREVIEW_CHARACTERS)}…` : text;
  const hex = bytes.subarray(0, PREVIEW_BYTES).toString('hex');
  return `0x${hex}${bytes.length > PREVIEW_BYTES ? '…' : ''}`;
};

/** The refused lines of a station file, each with its number, reason and text. */
const showLines = (lines: NonNullable<DeadLetter['lines']>): string =>
  lines.map(({ line, reason, raw }) => `\n    line ${line}: ${reason}\n      ${preview(Buffer.from(raw))}`).join('');

/** A dead letter as a person reads it: time, code, topic, reason, and the payload as text where it is text, else in hexadecimal. */
export const showDeadLetter = (letter: DeadLetter): string => {
  const bytes = rawPayload(letter);
  const heading = [
    new Date(letter.at).toISOString(),
    letter.code,
    letter.uplink?.topic || letter.file || '-',
    letter.held.messageId,
  ];
  if (letter.file !== undefined) {
    return `${heading.join('  ')}\n  reason: ${letter.reason}${showLines(letter.lines ?? [])}`;
  }
  const payload = preview(bytes).replaceAll(/\r?\n/g, '\n    ');
  return `${heading.join('  ')}\n  reason: ${letter.reason}\n  payload, ${bytes.length} bytes: ${payload}`;
};
