import * as z from 'zod';
import type { Measurement } from '../../shared/telemetry/codecs/measurement.ts';
import { type CodecName, codecNames, decodeFrame, isCodecName } from '../../shared/telemetry/codecs/registry.ts';
import { readCityJson } from '../../shared/telemetry/envelopes/city-json.ts';
import { field, type LorawanFrame } from '../../shared/telemetry/envelopes/lorawan-frame.ts';
import { envelopeOf, envelopeReaders } from '../../shared/telemetry/envelopes/networks.ts';
import { isSenml, readSenml } from '../../shared/telemetry/envelopes/senml.ts';
import { accept, quote, type Result, refuse } from '../../shared/telemetry/refusal.ts';
import { isScriptReference, type ScriptReference } from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import type { ScriptDecoder } from './script-decoder.ts';

/** What an envelope says, and by which codec. */
export type DecodedEnvelope = {
  readonly measurements: readonly Measurement[];
  /** When the network heard it, UTC epoch milliseconds. */
  readonly heardAt?: number;
  /** The codec that was asked for, or all that read this frame alike. */
  readonly codecs?: readonly (CodecName | ScriptReference)[];
};

/** The codecs that take the frame, by what they make of it. */
const readings = (
  frame: Buffer,
  fPort: number,
): Map<string, { codecs: CodecName[]; measurements: readonly Measurement[] }> => {
  const found = new Map<string, { codecs: CodecName[]; measurements: readonly Measurement[] }>();
  for (const codec of codecNames) {
    const decoded = decodeFrame(codec, frame, fPort);
    if (!decoded.ok || decoded.value.length === 0) continue;
    const key = JSON.stringify(decoded.value);
    const alike = found.get(key);
    if (alike === undefined) found.set(key, { codecs: [codec], measurements: decoded.value });
    else alike.codecs.push(codec);
  }
  return found;
};

/** A frame by the codec that was asked for, built in or (`script:NAME`) brought along. */
export const decodeByName = async (
  codec: string,
  { bytes, fPort, receivedAt }: { readonly bytes: Buffer; readonly fPort: number; readonly receivedAt: number },
  scripts: ScriptDecoder | undefined,
): Promise<Result<readonly Measurement[]>> => {
  if (isCodecName(codec)) return decodeFrame(codec, bytes, fPort);
  if (isScriptReference(codec) && scripts !== undefined) return scripts(codec, { bytes, fPort, receivedAt });
  return refuse(
    'invalid-payload',
    `$.codec: ${quote(codec)} is neither script:NAME nor one of ${codecNames.join(', ')}`,
  );
};

const decodeBytes = async (
  { bytes, fPort, heardAt }: LorawanFrame,
  { codec, now, scripts }: { readonly codec: string | undefined } & Decoding,
): Promise<Result<DecodedEnvelope>> => {
  if (bytes.length === 0) return accept({ measurements: [] });
  if (fPort === undefined)
    return refuse('undecodable-frame', 'byte 0: the network does not say on which port the frame came');
  const frame = Buffer.from(bytes);
  if (codec !== undefined) {
    const decoded = await decodeByName(codec, { bytes: frame, fPort, receivedAt: heardAt ?? now }, scripts);
    return decoded.ok
      ? accept({ measurements: decoded.value, codecs: [codec as CodecName | ScriptReference] })
      : decoded;
  }
  // An envelope does not say what the device is. In a city the registry does; here the frame must speak for itself.
  const found = [...readings(frame, fPort).values()];
  const [only] = found;
  if (only === undefined) return refuse('undecodable-frame', `byte 0: no codec reads this frame on port ${fPort}`);
  if (found.length === 1) return accept({ measurements: only.measurements, codecs: only.codecs });
  const names = found.map(({ codecs }) => codecs.join(' or ')).join('; ');
  return refuse('undecodable-frame', `$.codec: name the device's codec; this frame reads differently as ${names}`);
};

const codecNameSchema = z.string().optional();

/** The envelope and the codec that a line names: `{ codec, envelope: {...} }`, or the codec among the envelope's own fields. */
const unwrap = (line: unknown): { readonly envelope: unknown; readonly codec: string | undefined } => {
  const codec = codecNameSchema.catch(undefined).parse(field(line, 'codec'));
  return { envelope: field(line, 'envelope') ?? line, codec };
};

/** Whether a line looks like an envelope of any kind, rather than a bare frame. */
export const isEnvelope = (line: unknown): boolean => {
  const { envelope } = unwrap(line);
  return (
    envelopeOf(envelope) !== undefined ||
    field(line, 'envelope') !== undefined ||
    Array.isArray(envelope) ||
    field(envelope, 'values') !== undefined
  );
};

export type Decoding = {
  /** UTC epoch milliseconds. */
  readonly now: number;
  /** Of envelopes that name none. */
  readonly usualCodec?: string | undefined;
  /** Runs `script:NAME`; without it there is none. */
  readonly scripts?: ScriptDecoder | undefined;
};

/** What a whole envelope says: of a network, of a device that speaks plain city JSON, or a SenML pack. */
export const decodeEnvelope = async (line: unknown, decoding: Decoding): Promise<Result<DecodedEnvelope>> => {
  const { now, usualCodec } = decoding;
  const { envelope, codec = usualCodec } = unwrap(line);
  const network = envelopeOf(envelope);
  if (network === undefined) {
    const observations = isSenml(envelope) ? readSenml(envelope, now) : readCityJson(envelope);
    if (!observations.ok) return observations;
    return accept({ measurements: observations.value as readonly Measurement[] });
  }
  const frame = envelopeReaders[network](envelope);
  if (!frame.ok) return frame;
  const decoded = await decodeBytes(frame.value, { ...decoding, codec });
  if (!decoded.ok || frame.value.heardAt === undefined) return decoded;
  return accept({ ...decoded.value, heardAt: frame.value.heardAt });
};
