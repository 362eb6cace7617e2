import * as z from 'zod';
import { accept, quote, type Refusal, type Result, refuse } from '../refusal.ts';

/** How well the gateway that heard a frame best heard it. */
export type Signal = {
  /** dBm. */
  readonly rssi?: number;
  /** dB. */
  readonly snr?: number;
};

/** A device's frame with the network's envelope taken off. */
export type LorawanFrame = {
  /** 16 hexadecimal digits, lower case. */
  readonly devEui: string;
  /** The application payload; empty when the device only answered the network, or the network tells of something else. */
  readonly bytes: Uint8Array;
  /** The LoRaWAN port, 0 to 255; absent when the network does not say. */
  readonly fPort?: number;
  /** The device's frame counter, which starts anew when it joins; absent when the network does not say. */
  readonly fCnt?: number;
  /** When the network heard it, UTC epoch milliseconds; absent when the network does not say. */
  readonly heardAt?: number;
  readonly signal?: Signal;
};

/** Takes a network's envelope off one of its messages: pure, and never throwing, whatever the JSON. */
export type EnvelopeReader = (payload: unknown) => Result<LorawanFrame>;

/** Networks write some numbers as strings (`"DataRate": "0"`). */
const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}(?:\.\d{1,9})?$/, 'a number')
    .transform(Number),
]);

const whole = (most: number) =>
  numeric.refine((value) => Number.isInteger(value) && value >= 0 && value <= most, `a whole number from 0 to ${most}`);

/** LoRaWAN 1.0.4, 4.3.2: one byte. */
export const fPortSchema = whole(255);

/** Counted in 32 bits, of which the air carries 16. */
export const fCntSchema = whole(0xffff_ffff);

/** 16 hexadecimal digits, in groups or not. */
export const euiSchema = z
  .string()
  .max(40)
  .transform((text) => text.replaceAll(/[-:]/g, '').toLowerCase())
  .refine((text) => /^[0-9a-f]{16}$/.test(text), '16 hexadecimal digits');

export const hexSchema = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{2})*$/, 'pairs of hexadecimal digits')
  .transform((hex) => Buffer.from(hex, 'hex'));

export const base64Schema = z.base64().transform((text) => Buffer.from(text, 'base64'));

/** 2000-01-01 and 10000-01-01: a network's clock that was never set says 1970 or the year 1. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 253_402_300_800_000;

const plausible = (at: number): boolean => Number.isInteger(at) && at >= EARLIEST_MS && at < LATEST_MS;

/** ISO 8601 with `Z` or an offset; fractions beyond the millisecond are cut off. */
export const isoInstantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .refine(plausible, 'an instant from the year 2000 on');

export const epochMsSchema = numeric.refine(plausible, 'epoch milliseconds from the year 2000 on');

/** What a gateway measured; what is no number says nothing. */
const lenientNumber = numeric.optional().catch(undefined);
export const gatewaySchema = z.object({ rssi: lenientNumber, snr: lenientNumber });

/** Of several gateways the one that heard best; `undefined` when none says. */
export const bestSignal = (
  gateways: readonly { readonly rssi?: number | undefined; readonly snr?: number | undefined }[],
): Signal | undefined => {
  const loudness = ({ rssi, snr }: { rssi?: number | undefined; snr?: number | undefined }): number =>
    rssi ?? (snr === undefined ? Number.NEGATIVE_INFINITY : snr - 1_000);
  const best = gateways.reduce<(typeof gateways)[number] | undefined>(
    (found, gateway) => (found === undefined || loudness(gateway) > loudness(found) ? gateway : found),
    undefined,
  );
  if (best === undefined || (best.rssi === undefined && best.snr === undefined)) return undefined;
  return { ...(best.rssi !== undefined && { rssi: best.rssi }), ...(best.snr !== undefined && { snr: best.snr }) };
};

/** `$.a.b[0]`, the way a person finds the place. */
const jsonPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${String(step)}`), '$');

/** The first thing wrong with an envelope, by its JSON path. */
export const refuseShape = (error: z.ZodError): Refusal => {
  const issue = error.issues[0];
  return refuse('invalid-payload', `${jsonPath(issue?.path ?? [])}: ${issue?.message ?? 'not an uplink'}`);
};

/** The parts as the reader of one network found them. */
type FoundFrame = {
  readonly devEui: string;
  readonly bytes: Uint8Array | undefined;
  readonly fPort: number | undefined;
  readonly fCnt: number | undefined;
  readonly heardAt: number | undefined;
  readonly signal?: Signal | undefined;
};

/** A LoRaWAN frame carries at most 242 bytes (regional parameters); more cannot have come by radio. */
const MAX_FRAME_BYTES = 255;

/**
 * A frame of its parts. Port 0 carries MAC commands, and a frame without port carries no payload (LoRaWAN 1.0.4, 4.3.2): those may
 * be empty, an application's frame may not.
 */
export const frameOf = ({ devEui, bytes = Buffer.alloc(0), ...found }: FoundFrame): Result<LorawanFrame> => {
  const { fPort, fCnt, heardAt, signal } = found;
  if (bytes.length === 0 && fPort !== undefined && fPort > 0) {
    return refuse('undecodable-frame', `byte 0: an empty frame on port ${fPort}`);
  }
  if (bytes.length > MAX_FRAME_BYTES) {
    return refuse('undecodable-frame', `byte ${MAX_FRAME_BYTES}: ${bytes.length} bytes are no LoRaWAN frame`);
  }
  return accept({
    devEui,
    bytes: fPort === 0 ? Buffer.alloc(0) : bytes,
    ...(fPort !== undefined && { fPort }),
    ...(fCnt !== undefined && { fCnt }),
    ...(heardAt !== undefined && { heardAt }),
    ...(signal !== undefined && { signal }),
  });
};

/** A message of a network that carries no frame (joined, downlink sent, status): nothing to read, and nothing wrong. */
export const noFrame = (devEui: string): Result<LorawanFrame> => accept({ devEui, bytes: Buffer.alloc(0) });

/** The words for an envelope whose device is not the one that its topic names. */
export const otherDevice = (inEnvelope: string, inTopic: string): Refusal =>
  refuse('identity-mismatch', `the topic names the device ${quote(inTopic)}, the envelope ${inEnvelope}`);

/** A field of a JSON object; `undefined` of anything else. */
export const field = (payload: unknown, name: string): unknown =>
  typeof payload === 'object' && payload !== null && !Array.isArray(payload) && Object.hasOwn(payload, name)
    ? (payload as Readonly<Record<string, unknown>>)[name]
    : undefined;
