import { UPLINK_TOPIC_PREFIX } from '../../events/topic-rules.ts';
import { type LorawanEnvelope, type UplinkMessage, uplinkMessageSchema } from '../../events/uplink-message.ts';
import { entityIdSchema } from '../city/entities.ts';
import { readCityJson } from './envelopes/city-json.ts';
import { type LorawanFrame, otherDevice } from './envelopes/lorawan-frame.ts';
import { envelopeReaders } from './envelopes/networks.ts';
import { isSenml, readSenml } from './envelopes/senml.ts';
import type { Observation } from './observation.ts';
import { accept, quote, type Refusal, type Result, refuse } from './refusal.ts';

/** IoT Core's limit for one message's payload. */
const MAX_PAYLOAD_BYTES = 128 * 1_024;

/** A queue message with its envelope taken off: who sent it, and what can be read without knowing the device. */
export type OpenedUplink = { readonly receivedAt: number } & (
  | { readonly envelope: 'city-json'; readonly sensorId: string; readonly observations: readonly Observation[] }
  | { readonly envelope: LorawanEnvelope; readonly frame: LorawanFrame }
);

const utf8 = new TextDecoder('utf-8', { fatal: true });

const parseJson = (text: string): { readonly json: unknown } | { readonly fault: string } => {
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

const parsePayload = (bytes: Uint8Array): Result<unknown> => {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return refuse('not-json', `${bytes.length} bytes that are not UTF-8 text`);
  }
  const parsed = parseJson(text);
  // The parser's own message quotes the input at length; the raw bytes are in the body for whoever wants them.
  return 'json' in parsed ? accept(parsed.json) : refuse('not-json', `starts with ${quote(text)}`);
};

const readMessage = (body: string): Result<UplinkMessage> => {
  const parsed = parseJson(body);
  if ('fault' in parsed) return refuse('not-a-rule-message', `the queue body is not JSON: ${quote(body)}`);
  const message = uplinkMessageSchema.safeParse(parsed.json);
  if (message.success) return accept(message.data);
  const faults = message.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return refuse('not-a-rule-message', faults.join('; '));
};

/** The broker vouches for the client id, the topic policy ties it to the topic, and the rule took the sensor id from the topic. */
const findMismatch = ({ topic, sensorId, clientId, door }: UplinkMessage): Refusal | undefined => {
  const claims = `topic ${quote(topic)}, sensor ${quote(sensorId ?? '')}, client ${quote(clientId ?? '')}`;
  const ownTopic = sensorId === clientId && topic === `${UPLINK_TOPIC_PREFIX}/${sensorId}`;
  // The webhook has asked for the gateway's secret: it stands for the sensor instead of a certificate.
  const agree = sensorId !== undefined && (ownTopic || door === 'webhook');
  if (!agree) return refuse('identity-mismatch', `${claims} do not name one device`);
  // Not even asked for: no store takes just any text as a key.
  return entityIdSchema.safeParse(sensorId).success
    ? undefined
    : refuse('unknown-sensor', `${quote(sensorId)} cannot be the id of a sensor`);
};

/** Takes a network's envelope off, and holds it to the device that its topic names. */
const openFrame = ({ envelope, devEui }: UplinkMessage, payload: unknown): Result<LorawanFrame> => {
  if (envelope === 'city-json') return refuse('invalid-payload', '$: not an envelope of a network');
  const frame = envelopeReaders[envelope](payload);
  if (!frame.ok || devEui === undefined) return frame;
  const named = devEui.toLowerCase().replaceAll(/[-:]/g, '');
  return named === frame.value.devEui ? frame : otherDevice(frame.value.devEui, devEui);
};

/** Checks and opens one body of the uplink queue. Pure; the bytes may be anything at all. */
export const openUplink = (body: string): Result<OpenedUplink> => {
  const message = readMessage(body);
  if (!message.ok) return message;
  const { envelope, payloadBase64, receivedAt, sensorId = '' } = message.value;
  const mismatch = envelope === 'city-json' ? findMismatch(message.value) : undefined;
  if (mismatch !== undefined) return mismatch;

  const bytes = Buffer.from(payloadBase64, 'base64');
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    return refuse('payload-too-large', `${bytes.length} bytes, at most ${MAX_PAYLOAD_BYTES} are taken`);
  }
  const payload = parsePayload(bytes);
  if (!payload.ok) return payload;
  if (envelope !== 'city-json') {
    const frame = openFrame(message.value, payload.value);
    return frame.ok ? accept({ envelope, receivedAt, frame: frame.value }) : frame;
  }
  const observations = isSenml(payload.value) ? readSenml(payload.value, receivedAt) : readCityJson(payload.value);
  return observations.ok ? accept({ envelope, receivedAt, sensorId, observations: observations.value }) : observations;
};
