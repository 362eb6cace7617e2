import * as z from 'zod';
import { codecNames, decodeFrame, isCodecName } from '../../shared/telemetry/codecs/registry.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { quote } from '../../shared/telemetry/refusal.ts';

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

export type DecodedLine = { readonly readings: readonly DecodedReading[] } | { readonly error: string };

/** The ends of what a Date can hold lie far outside what 32 bits of seconds can say. */
const isoInstant = (at: number): string => new Date(at).toISOString();

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** What `npm run decode` answers to one line. Never throws: what is wrong with the line is its answer. */
export const decodeLine = (line: string): DecodedLine => {
  const parsed = frameLineSchema.safeParse(parse(line));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { error: `${['$', ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'not a frame'}` };
  }
  const { codec, fPort, hex } = parsed.data;
  if (!isCodecName(codec)) return { error: `$.codec: ${quote(codec)} is none of ${codecNames.join(', ')}` };
  const decoded = decodeFrame(codec, Buffer.from(hex, 'hex'), fPort);
  if (!decoded.ok) return { error: decoded.reason };
  return {
    readings: decoded.value.map(({ quantity, value, missing, measuredAt, intervalsAgo }) => ({
      quantity,
      value,
      unit: quantities[quantity].unit,
      ...(missing !== undefined && { missing }),
      ...(measuredAt !== undefined && { measuredAt: isoInstant(measuredAt) }),
      ...(intervalsAgo !== undefined && { intervalsAgo }),
    })),
  };
};
