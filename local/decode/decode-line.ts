import * as z from 'zod';
import type { Measurement } from '../../shared/telemetry/codecs/measurement.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { type Decoding, decodeByName, decodeEnvelope, isEnvelope } from './decode-envelope.ts';

/** A frame as a line names it: whose it is, the LoRaWAN port, and its bytes in hexadecimal. */
const frameLineSchema = z.object({
  codec: z.string(),
  fPort: z.int().min(0).max(255),
  hex: z.string().regex(/^(?:[0-9a-f]{2})*$/i, 'pairs of hexadecimal digits'),
});

/** One value of the answer, in its quantity's canonical unit; `missing` says why there is none. */
type DecodedReading = {
  readonly quantity: string;
  readonly value: number | null;
  readonly unit: string;
  readonly missing?: string;
  /** ISO 8601, where the device itself says when. */
  readonly measuredAt?: string;
  /** Where the device says how many logging intervals before the frame. */
  readonly intervalsAgo?: number;
};

export type DecodedLine =
  | {
      readonly readings: readonly DecodedReading[];
      /** Of an envelope: the codec, or all that read its frame alike. */
      readonly codec?: string;
      /** Of an envelope: when the network heard it, ISO 8601. */
      readonly heardAt?: string;
    }
  | { readonly error: string };

/** The ends of what a Date can hold lie far outside what 32 bits of seconds can say. */
const isoInstant = (at: number): string => new Date(at).toISOString();

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

const show = ({ quantity, value, missing, measuredAt, intervalsAgo }: Measurement): DecodedReading => ({
  quantity,
  value,
  unit: quantities[quantity].unit,
  ...(missing !== undefined && { missing }),
  ...(measuredAt !== undefined && { measuredAt: isoInstant(measuredAt) }),
  ...(intervalsAgo !== undefined && { intervalsAgo }),
});

const showEnvelope = async (json: unknown, decoding: Decoding): Promise<DecodedLine> => {
  const decoded = await decodeEnvelope(json, decoding);
  if (!decoded.ok) return { error: decoded.reason };
  const { measurements, codecs = [], heardAt } = decoded.value;
  return {
    readings: measurements.map(show),
    ...(codecs.length > 0 && { codec: codecs.join(' or ') }),
    ...(heardAt !== undefined && { heardAt: isoInstant(heardAt) }),
  };
};

/** What `npm run decode` answers to one line, a frame or a whole envelope. Never throws: what is wrong with the line is its answer. */
export const decodeLine = async (
  line: string,
  { now = Date.now(), ...options }: Partial<Decoding> = {},
): Promise<DecodedLine> => {
  const json = parse(line);
  if (isEnvelope(json)) return showEnvelope(json, { now, ...options });
  const parsed = frameLineSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { error: `${['$', ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'not a frame'}` };
  }
  const { codec, fPort, hex } = parsed.data;
  const frame = { bytes: Buffer.from(hex, 'hex'), fPort, receivedAt: now };
  const decoded = await decodeByName(codec, frame, options.scripts);
  return decoded.ok ? { readings: decoded.value.map(show) } : { error: decoded.reason };
};
